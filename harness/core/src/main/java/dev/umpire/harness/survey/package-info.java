/**
 * Many seeds of one plan, and what they show together: whether each defect of a target is found, and what each of its
 * configurations keeps under each fault.
 *
 * <p>In: a target, and how many seeds. Out: {@link dev.umpire.harness.survey.DefectFinding} and
 * {@link dev.umpire.harness.survey.Datasheet}. Start with {@link dev.umpire.harness.survey.DefectSurvey}.
 *
 * <p>Decision: seeds run side by side on all cores and are looked at in their order, so that a survey says the same on every
 * machine. Runs of a real store are made one after another; one that cannot be made leaves a gap with its reason, and the rest is
 * made. That no seed broke a guarantee is told as what it is: not observed, never proved.
 */
@NullMarked
package dev.umpire.harness.survey;

import org.jspecify.annotations.NullMarked;
