package dev.umpire.harness.target;

import java.time.Duration;

/**
 * What became of messages that a probe sent on a link.
 *
 * @param sent how many; 1 or more
 * @param arrived how many of them arrived, once or more often
 * @param twice how many of them arrived more than once
 * @param median how long the ordinary one of those that arrived took until the probe knew; zero where none arrived
 */
public record LinkSample(int sent, int arrived, int twice, Duration median) {
    public LinkSample {
        if (sent < 1 || arrived < 0 || arrived > sent || twice < 0 || twice > arrived) {
            throw new IllegalArgumentException("arrived: found " + arrived + " of " + sent + " and " + twice
                    + " of them twice, expected at most as many as were sent");
        }
    }
}
