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

    /** What the recording says of that, a sentence without its full stop; empty where it does not say that they were. */
    public static Optional<String> of(History history) {
        return history.nemesisEvents().stream()
                .filter(event -> event.function().equals(NemesisEvent.UNCONVERGED))
                .reduce((earlier, later) -> later)
                .map(event -> Fault.evidence(event.value()).orElse(WITHOUT_EVIDENCE));
    }
}
