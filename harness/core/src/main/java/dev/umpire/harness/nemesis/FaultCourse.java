package dev.umpire.harness.nemesis;

/**
 * What becomes of one fault, by its events one after another, as {@link dev.umpire.checkers.evidence.Fault} reads them of a whole
 * recording: a heal is its end only until a probe says that it is not gone. Not thread-safe.
 */
public final class FaultCourse {
    private boolean confirmed;
    private boolean healed;
    /** That a probe saw after the last heal what it did not expect. */
    private boolean doubted;

    private boolean gone;

    /** Takes what an event does: {@code inject}, {@code confirm}, {@code unconfirmed}, {@code heal} or {@code gone}. */
    public void add(String function) {
        switch (function) {
            case "confirm" -> confirmed = true;
            case "heal" -> {
                healed = true;
                doubted = false;
            }
            case "unconfirmed" -> {
                if (healed) {
                    gone = gone && !confirmed;
                    doubted = !gone;
                } else {
                    // a closer look before the heal, as at the rate of a clock, outweighs the first one
                    confirmed = false;
                }
            }
            case "gone" -> {
                gone = true;
                doubted = false;
            }
            default -> {
                // it tells nothing of an end
            }
        }
    }

    /**
     * Whether nothing says that it has ended: it is not healed, or a probe saw it in force and another one that its heal did not
     * undo it. The doubt alone says nothing, as the probe of an injection may be done only after the heal.
     */
    public boolean isInForce() {
        return !gone && (!healed || (confirmed && doubted));
    }
}
