/**
 * Knossos, Jepsen's linearizability checker, asked for a second opinion.
 *
 * <p>In: a history. Out: a {@link dev.umpire.checkers.verdict.Verdict} of the guarantee linearizable, from Knossos. Start with
 * {@link dev.umpire.checkers.knossos.KnossosChecker}; {@link dev.umpire.checkers.knossos.KnossosProvider} is how the command
 * line finds it. The other direction, our guarantees in a Jepsen test, is the Clojure namespace
 * {@code dev.umpire.checkers.jepsen} among the resources.
 *
 * <p>Decision: what is judged is taken apart exactly as our own search takes it apart, object by object, so that the two
 * answer one question and may be compared.
 *
 * <p>Decision: this room may start a process and look at the clock, as Knossos cannot be bounded otherwise: a search that is
 * told to stop goes on while it explains itself, and its threads keep a process alive.
 */
@NullMarked
package dev.umpire.checkers.knossos;

import org.jspecify.annotations.NullMarked;
