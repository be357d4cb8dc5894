/**
 * Knossos in a process of its own, with its own heap, that can be killed.
 *
 * <p>In: a history, in a file. Out: findings, one line each, as they are known. Start with
 * {@link dev.umpire.checkers.knossos.child.ChildAnalyst}, which is in our process;
 * {@link dev.umpire.checkers.knossos.child.ChildMain} is in the other one.
 *
 * <p>Decision: a search of Knossos that is told to stop does not always stop, and its threads keep a process alive. So the
 * process is ended whenever an object took all its time or left a search running, and a new one goes on with the next
 * object. It costs loading Knossos again, some seconds, which do not count against the time limit.
 *
 * <p>Decision: the other process ends itself when its standard input ends, which it does whenever ours dies, however it dies.
 *
 * <p>Decision: lines are EDN, read by our own reader, which evaluates nothing.
 */
@NullMarked
package dev.umpire.checkers.knossos.child;

import org.jspecify.annotations.NullMarked;
