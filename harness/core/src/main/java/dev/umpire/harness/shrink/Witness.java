package dev.umpire.harness.shrink;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.harness.plan.Script;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a schedule a checker speaks of. */
final class Witness {
    private Witness() {}

    /**
     * Schedules of what the checker speaks of and of what struck until then, the smallest first: the operations alone, those
     * and all changes of their key before them, all that was asked of the key.
     *
     * @param history of the candidate's run
     */
    static List<Candidate> of(Candidate candidate, History history, Anomaly anomaly) {
        Set<Script.Ask> told = new HashSet<>(told(candidate, history, anomaly));
        Set<Value> keys = new HashSet<>();
        candidate.keys().stream()
                .filter(key -> key.toString().equals(anomaly.key()))
                .forEach(keys::add);
        List<Candidate> smaller = new ArrayList<>();
        if (!told.isEmpty()) {
            long lastNanos = told.stream().mapToLong(Script.Ask::atNanos).max().orElse(0);
            List<Script.Strike> strikes = candidate.script().strikes().stream()
                    .filter(strike -> strike.fromNanos() <= lastNanos)
                    .toList();
            smaller.add(candidate.with(
                    candidate.script().asks().stream().filter(told::contains).toList(), strikes));
            smaller.add(candidate.with(
                    candidate.script().asks().stream()
                            .filter(ask -> told.contains(ask)
                                    || (ask.atNanos() <= lastNanos
                                            && !ask.request().onlyReads()
                                            && ask.request()
                                                    .key()
                                                    .filter(keys::contains)
                                                    .isPresent()))
                            .toList(),
                    strikes));
        }
        if (!keys.isEmpty()) {
            smaller.add(candidate.ofKeys(keys));
        }
        return smaller;
    }

    /** What was asked by the operations of the anomaly: of each session as many stand in the history as it asked. */
    private static List<Script.Ask> told(Candidate candidate, History history, Anomaly anomaly) {
        Map<Value, List<Script.Ask>> asks = new HashMap<>();
        candidate
                .script()
                .asks()
                .forEach(ask -> asks.computeIfAbsent(Value.of(ask.session()), session -> new ArrayList<>())
                        .add(ask));
        Map<Value, Integer> passed = new HashMap<>();
        List<Script.Ask> told = new ArrayList<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.isFinal(operation)) {
                continue;
            }
            Value session = history.sessionName(history.session(operation));
            int number = passed.merge(session, 1, Integer::sum) - 1;
            List<Script.Ask> bySession = asks.getOrDefault(session, List.of());
            if (anomaly.operations().contains(operation) && number < bySession.size()) {
                told.add(bySession.get(number));
            }
        }
        return told;
    }
}
