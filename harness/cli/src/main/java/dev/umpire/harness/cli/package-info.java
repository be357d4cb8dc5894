/**
 * The command {@code umpire}: what a person or a script asks, and the answer as text, JSON and exit code.
 *
 * <p>In: arguments, history files, targets from the class path. Out: verdicts on the standard streams, a folder for every
 * run, an {@link dev.umpire.harness.cli.Exit exit code}. Start with {@link dev.umpire.harness.cli.Umpire}, then
 * {@code RunCommand}.
 *
 * <p>Decision: this is the one room, beside the environments, in which the wall clock, environment variables and the
 * standard streams are touched; they come in as {@link dev.umpire.harness.cli.Surroundings}, so that tests have their own.
 *
 * <p>Decision: standard output carries the answer and nothing else. With {@code --json} that is one object a history;
 * without, the tables. Progress, warnings and errors go to standard error.
 */
@NullMarked
package dev.umpire.harness.cli;

import org.jspecify.annotations.NullMarked;
