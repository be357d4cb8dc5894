package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Feeds events to an online checker, and asks the checker of whole recordings after each of them. */
final class Prefixes {
    private final Guarantee guarantee;
    private final int window;
    private final boolean equal;
    private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

    /** @param equal whether the answers must be the same; if not, the online one may also be UNKNOWN */
    Prefixes(String guarantee, int window, boolean equal) {
        this.guarantee = Guarantee.named(guarantee);
        this.window = window;
        this.equal = equal;
    }

    /** Whether the online checker says the same of every prefix. */
    boolean agree(List<Event> events) {
        OnlineChecker online = OnlineChecker.of(guarantee.name(), CheckOptions.DEFAULT, Value.NIL, window)
                .orElseThrow();
        for (int length = 1; length <= events.size(); length++) {
            online.accept(events.get(length - 1));
            History prefix = History.of(events.subList(0, length));
            Verdict offline = guarantee.check(prefix);
            Verdict verdict = online.verdict();
            answers.merge(verdict.answer(), 1, Integer::sum);
            if (!agree(prefix, offline, online.answer(), verdict)) {
                return false;
            }
        }
        return true;
    }

    private boolean agree(History prefix, Verdict offline, Answer answer, Verdict online) {
        boolean right =
                online.answer() == answer && (answer == offline.answer() || (answer == Answer.UNKNOWN && !equal));
        if (equal) {
            right &= online.obliged() == offline.obliged();
            // of a register the checker of the whole recording looks at its writes too
            right &= online.examined() == offline.examined() || guarantee == Guarantee.LINEARIZABLE;
        }
        if (right && answer == Answer.INVALID) {
            int operations = prefix.size();
            right = online.anomalies().stream()
                    .allMatch(anomaly -> anomaly.operations().stream().allMatch(operation -> operation < operations));
            if (equal) {
                right &= online.anomalies().stream()
                        .noneMatch(anomaly -> anomaly.kind().equals("BROKEN"));
            }
        }
        return right;
    }

    /** Each answer was given at least so often. */
    void gaveEveryAnswer(int times) {
        for (Answer answer : Answer.values()) {
            assertThat(answers.getOrDefault(answer, 0))
                    .as(answer + " in " + answers)
                    .isGreaterThanOrEqualTo(Share.seen(times + 1));
        }
    }
}
