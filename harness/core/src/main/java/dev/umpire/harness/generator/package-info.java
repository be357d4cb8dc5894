/**
 * Generators: what sessions ask and when the nemesis strikes, as pure values.
 *
 * <p>In: a {@link dev.umpire.harness.generator.Context}, which is all that a generator may know. Out: a
 * {@link dev.umpire.harness.generator.Step}: an action and the generator that follows it, a time to wait for, or the end.
 * Start with {@link dev.umpire.harness.generator.Generator}; combinators stand in
 * {@link dev.umpire.harness.generator.Generators}.
 *
 * <p>Decision: as in Jepsen, a generator has no state that changes. It can be asked twice, kept, or thrown away, and a
 * test of it needs neither threads nor a store. Random numbers are drawn by (seed, stream, index), the index being part of
 * the value.
 */
@NullMarked
package dev.umpire.harness.generator;

import org.jspecify.annotations.NullMarked;
