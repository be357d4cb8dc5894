package dev.umpire.harness.nemesis;

/**
 * What becomes of one fault, by its events one after another: a heal is its end only until a probe says that it is not gone. Not
 * thread-safe.
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
            // before the heal it says that the fault was not seen to come
            case "unconfirmed" -> doubted = healed;
            case "gone" -> gone = true;
            default -> {
                // it tells nothing of an end
            }
        }
    }

    /** Whether a probe saw it in force. */
    public boolean isConfirmed() {
        return confirmed;
    }

    /**
     * Whether nothing says that it has ended: it is not healed, or a probe saw it in force and another one that its heal did not
     * undo it. The doubt alone says nothing, as the probe of an injection may be done only after the heal.
     */
    public boolean isInForce() {
        return !gone && (!healed || (confirmed && doubted));
    }
}
