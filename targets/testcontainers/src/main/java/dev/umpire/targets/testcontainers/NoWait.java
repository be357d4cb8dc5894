package dev.umpire.targets.testcontainers;

import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Of containers that are not ready before others run: the next is started at once. */
public final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
        // a cluster is awaited as a whole
    }
}
