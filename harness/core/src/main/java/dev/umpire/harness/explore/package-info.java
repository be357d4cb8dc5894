/**
 * Looks for a violation among many runs in virtual time, and looks first where something new was seen.
 *
 * <p>In: a plan whose seed is to vary. Out: {@link dev.umpire.harness.explore.Exploration}. Start with
 * {@link dev.umpire.harness.explore.Explorer}.
 *
 * <p>Decision: what a run saw is told by what nodes log and how requests end, each together with the faults in force on that
 * node then; so a store is steered by what it says of itself, and needs to know nothing of that. Runs are made in rounds side by
 * side and looked at in order: what is tried next depends on no timing.
 *
 * <p>Of a run that saw something new only the faults are varied: shifted, aimed at other nodes, and some put once more where and
 * when something new was seen. What is asked is drawn from another seed. Keeping the requests as well was tried, and found
 * less than new seeds do, perhaps because an answer no longer waits for its question.
 */
@NullMarked
package dev.umpire.harness.explore;

import org.jspecify.annotations.NullMarked;
