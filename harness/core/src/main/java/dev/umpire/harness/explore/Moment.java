package dev.umpire.harness.explore;

import dev.umpire.harness.target.Node;

/**
 * When something was seen, and where: the place at which another fault may strike.
 *
 * @param nanos of the run's clock
 * @param node that logged it or answered
 */
record Moment(long nanos, Node node) {}
