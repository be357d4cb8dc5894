package dev.umpire.targets.simulated.world;

/**
 * How the links between nodes behave for a whole run.
 *
 * @param leastDelayNanos the fastest message
 * @param mostDelayNanos the slowest of the ordinary messages
 * @param slowestDelayNanos the slowest of the rare slow ones, of which there is one in 256
 * @param inOrder whether messages on one link arrive in the order in which they were sent
 * @param lossPercent how many of a hundred messages never arrive
 * @param duplicationPercent how many of a hundred messages arrive twice
 */
public record NetworkConditions(
        long leastDelayNanos,
        long mostDelayNanos,
        long slowestDelayNanos,
        boolean inOrder,
        int lossPercent,
        int duplicationPercent) {

    public NetworkConditions {
        require(leastDelayNanos >= 0, "leastDelayNanos", leastDelayNanos, "0 or more");
        require(mostDelayNanos >= leastDelayNanos, "mostDelayNanos", mostDelayNanos, "leastDelayNanos or more");
        require(slowestDelayNanos >= mostDelayNanos, "slowestDelayNanos", slowestDelayNanos, "mostDelayNanos or more");
        require(lossPercent >= 0 && lossPercent < 100, "loss-percent", lossPercent, "0 to 99");
        require(
                duplicationPercent >= 0 && duplicationPercent <= 100,
                "duplication-percent",
                duplicationPercent,
                "0 to 100");
    }

    private static void require(boolean holds, String name, long found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": found " + found + ", expected " + expected);
        }
    }

    /** The delay that these random bits mean. */
    long delayNanos(long bits) {
        boolean slow = (bits & 0xFF) == 0;
        long least = slow ? mostDelayNanos : leastDelayNanos;
        long most = slow ? slowestDelayNanos : mostDelayNanos;
        return least + (bits >>> 8) % (most - least + 1);
    }
}
