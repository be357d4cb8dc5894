package dev.umpire.harness.nemesis;

import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The levers that make links poor and take 0 to undo it, each with the degrees that {@link Fault.PoorLinks} may have. */
enum LinkLever {
    LOSE(FaultKind.LOSS, "percent", 1, 80, "# % lost", "loss of # % on @"),
    DUPLICATE(FaultKind.DUPLICATION, "percent", 1, 100, "# % twice", "duplication of # % on @"),
    THROTTLE(
            FaultKind.THROTTLE, "bytesPerSecond", 1_024, 262_144, "# bytes a second", "throttle @ to # bytes a second"),
    RESET(FaultKind.RESET, "everyMillis", 10, 500, "every # ms", "reset @ every # ms");

    private final FaultKind kind;
    private final String unit;
    private final long least;
    private final long most;
    private final String degree;
    private final String description;

    /**
     * @param degree for people, with # in the place of how far it is pulled
     * @param description of all of a fault, with @ in the place of its links too
     */
    LinkLever(FaultKind kind, String unit, long least, long most, String degree, String description) {
        this.kind = kind;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.degree = degree;
        this.description = description;
    }

    /**
     * The one that makes a fault of this kind.
     *
     * @throws IllegalArgumentException if there is none
     */
    static LinkLever of(FaultKind kind) {
        return Arrays.stream(values())
                .filter(one -> one.kind == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: found " + kind.optionName()
                        + ", expected one of "
                        + Arrays.stream(values())
                                .map(one -> one.kind.optionName())
                                .toList()));
    }

    /**
     * Pulls it.
     *
     * @param amount 0: undoes it
     */
    CompletionStage<Void> pull(FaultControl control, Set<Link> links, long amount) {
        return switch (this) {
            case LOSE -> control.lose(links, Math.toIntExact(amount));
            case DUPLICATE -> control.duplicate(links, Math.toIntExact(amount));
            case THROTTLE -> control.throttle(links, amount);
            case RESET -> control.reset(links, Duration.ofMillis(amount));
        };
    }

    /** How far it is pulled, for people. */
    String degree(long amount) {
        return degree.replace("#", Long.toString(amount));
    }

    /** All of a fault, for people. */
    String describe(String links, long amount) {
        return description.replace("#", Long.toString(amount)).replace("@", links);
    }

    /** @throws IllegalArgumentException if it cannot be pulled so far, or not for these links */
    void require(Set<Link> links, long amount) {
        if (amount < least || amount > most) {
            throw new IllegalArgumentException(unit + ": found " + amount + ", expected " + least + " to " + most);
        }
        if (this == RESET) {
            requireBothWays(links);
        }
    }

    private static void requireBothWays(Set<Link> links) {
        for (Link link : links) {
            if (!links.contains(link.back())) {
                throw new IllegalArgumentException("links: found " + link + " without " + link.back()
                        + ", expected both, as a connection uses both ways");
            }
        }
    }
}
