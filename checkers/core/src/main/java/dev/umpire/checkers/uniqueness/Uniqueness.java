package dev.umpire.checkers.uniqueness;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Uniqueness: no value is acknowledged to two callers.
 *
 * <p><b>Definition.</b> No two sessions were acknowledged one value of one key, by {@code generate} or {@code claim}
 * ({@code claim} without a value claims the key itself). A session may claim what it claimed or generated before; to generate
 * the same id twice is wrong whoever asks. What failed or is of unknown outcome acknowledges
 * nothing. As the unique-ids workload of Jepsen (Kingsbury) asks it.
 *
 * <p><b>Algorithm.</b> One look at each operation, O(n).
 *
 * <p><b>Witness.</b> The first caller of the value and a later one ({@code DUPLICATE_VALUE}); one anomaly for each caller but
 * the first.
 */
public final class Uniqueness {

    /** As on the command line. */
    public static final String NAME = "uniqueness";

    private record Given(int key, int value) {}

    private final History history;
    private final Words words;
    private final Anomalies anomalies;
    private final Map<Given, Integer> first = new HashMap<>();
    private final Map<Given, Integer> generated = new HashMap<>();

    private Uniqueness(History history, CheckOptions options) {
        this.history = history;
        words = Words.of(history);
        anomalies = new Anomalies(options.anomalyLimit());
    }

    public static Verdict check(History history, CheckOptions options) {
        return new Uniqueness(history, options).verdict();
    }

    private Verdict verdict() {
        Reasons reasons = new Reasons(words);
        long acknowledged = 0;
        long silent = 0;
        boolean released = false;
        for (int o = 0; o < history.size(); o++) {
            String function = history.functionName(history.function(o));
            released |= function.equals("release") && history.outcome(o) != Outcome.FAIL;
            if (history.outcome(o) != Outcome.OK || !(function.equals("generate") || function.equals("claim"))) {
                continue;
            }
            OptionalInt value = value(o, function);
            if (value.isEmpty()) {
                silent++;
                continue;
            }
            acknowledged++;
            note(o, new Given(history.key(o), value.getAsInt()), function.equals("generate"));
        }
        if (silent > 0) {
            reasons.undecided(Words.count(silent, "acknowledged generate does", "acknowledged generates do")
                    + " not say which value it was");
        }
        if (released && !first.isEmpty()) {
            return Verdict.undecided(
                    NAME, "the history has operations release, after which a value may be given again");
        }
        return reasons.verdict(
                NAME,
                Optional.empty(),
                "acknowledged values compared",
                acknowledged < 2 ? 0 : acknowledged,
                acknowledged,
                anomalies,
                "fewer than two acknowledged generate or claim: nothing could have been violated");
    }

    private OptionalInt value(int operation, String function) {
        if (function.equals("claim")) {
            // nil: the key itself is claimed
            return OptionalInt.of(history.argument(operation));
        }
        return history.result(operation) == History.NIL
                ? OptionalInt.empty()
                : OptionalInt.of(history.result(operation));
    }

    private void note(int operation, Given given, boolean isGenerated) {
        Integer before = first.putIfAbsent(given, operation);
        Integer alike = isGenerated ? generated.putIfAbsent(given, operation) : null;
        if (before != null && history.session(before) != history.session(operation)) {
            tell(given, before, operation);
        } else if (alike != null) {
            tell(given, alike, operation);
        }
    }

    private void tell(Given given, int before, int operation) {
        anomalies.add(2, (long) history.invoked(operation) - history.invoked(before), () -> {
            String what = given.value == History.NIL ? words.key(given.key) : words.value(given.value);
            return new Anomaly(
                    "DUPLICATE_VALUE",
                    given.key == History.NONE ? "" : words.key(given.key),
                    what + " was acknowledged twice: to " + words.who(before) + ", and to " + words.who(operation),
                    List.of(before, operation));
        });
    }
}
