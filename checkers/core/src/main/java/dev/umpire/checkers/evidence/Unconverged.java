package dev.umpire.checkers.evidence;

import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import java.util.Optional;

/**
 * Whether the replicas of a recording were still catching up when its final reads began. Then these show no end, and what a
 * guarantee says of the end is undecided, whatever they returned.
 */
public final class Unconverged {
    private static final String WITHOUT_EVIDENCE = "the replicas did not agree before the final reads";

    private Unconverged() {}

    /**
     * Why the replicas of a recording will never agree, a sentence without its full stop: one of them had stopped for good when its
     * final reads began, which therefore show the end. Empty where the recording does not say so.
     */
    public static Optional<String> forEver(History history) {
        return last(history, NemesisEvent.STOPPED);
    }

    /** What the recording says of that, a sentence without its full stop; empty where it does not say that they were. */
    public static Optional<String> of(History history) {
        return last(history, NemesisEvent.UNCONVERGED);
    }

    private static Optional<String> last(History history, String function) {
        return history.nemesisEvents().stream()
                .filter(event -> event.function().equals(function))
                .reduce((earlier, later) -> later)
                .map(event -> Fault.evidence(event.value()).orElse(WITHOUT_EVIDENCE));
    }
}
