/**
 * What tests of real stores share: a cluster asked in steps, whole runs, a harness that is killed, and the house rules.
 *
 * <p>In: a target. Out: assertions. Start with {@link dev.umpire.targets.testing.TestCluster}, {@link
 * dev.umpire.targets.testing.InstalledStore} and {@link dev.umpire.targets.testing.TestRun}.
 *
 * <p>Decision: this is for tests of this project alone and is not published. It may know checkers, because a test of a whole
 * run looks at its verdicts; targets themselves may not.
 */
@NullMarked
package dev.umpire.targets.testing;

import org.jspecify.annotations.NullMarked;
