/**
 * Session guarantees: what one client may rely on while it moves between replicas.
 *
 * <p>In: a history. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.session.ReadYourWrites} and {@link dev.umpire.checkers.session.MonotonicReads}, which hold the
 * definitions; {@code SessionCheck} is the way that both go.
 *
 * <p>Decision: each key is judged alone, in two steps. One pass finds the violations that a practitioner meets, each read
 * by itself and with the shortest witness. What it does not flag goes into the graph of version orders, where a cycle is
 * a violation too and no cycle is the proof that the guarantee holds.
 *
 * <p>Decision: before that, {@code PlainSessions} goes over the whole history once and takes out the keys on which all holds and
 * that is easily seen, as the way key by key is three times as long. It says nothing against a key, so that witnesses have one source.
 * Where what is read of one key binds the reads of others it is all or nothing, and for numbered writes alone
 * ({@code ReadsOfSeveralKeys}).
 *
 * <p>Decision: what one key binds in another ({@code Inclusions}) becomes edges of the other's graph, so that keys are
 * still judged one after another. A session stands for its writers: of its writes that were shown to somebody the last
 * invoked one asks for all that the others ask for.
 *
 * <p>Decision: a flagged read binds nothing further, so that one read which went back does not accuse all later ones.
 */
@NullMarked
package dev.umpire.checkers.session;

import org.jspecify.annotations.NullMarked;
