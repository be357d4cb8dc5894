package dev.umpire.checkers.knossos;

import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.linearizable.ObjectHistories;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one verdict of what Knossos found object by object. */
final class Findings {
    private static final String KIND = "NOT_LINEARIZABLE";
    private static final int NAMED = 3;

    private final History history;
    private final CheckOptions options;
    private final ObjectHistories objects;
    private final String algorithm;
    private final long obliged;

    Findings(History history, CheckOptions options, ObjectHistories objects, String algorithm) {
        this.history = history;
        this.options = options;
        this.objects = objects;
        this.algorithm = algorithm;
        this.obliged = countObliged();
    }

    private long countObliged() {
        long count = 0;
        for (int object = 0; object < objects.count(); object++) {
            for (int operation : objects.operations(object)) {
                count += objects.isObliged(operation) ? 1 : 0;
            }
        }
        return count;
    }

    long obliged() {
        return obliged;
    }

    Verdict undecided(String reason) {
        return verdict(Answer.UNKNOWN, Optional.of(reason), new Anomalies(options.anomalyLimit()));
    }

    /** @param stopped why there is no finding for some objects; empty: there is one for each */
    Verdict verdict(List<Finding> found, Optional<String> stopped) {
        Anomalies anomalies = new Anomalies(options.anomalyLimit());
        Answer answer = stopped.isPresent() ? Answer.UNKNOWN : Answer.VALID;
        for (Finding finding : found) {
            answer = answer.and(finding.answer());
            if (finding.answer() == Answer.INVALID) {
                int violating = finding.witness().get(finding.witness().size() - 1);
                anomalies.add(finding.witness().size(), history.invoked(violating), () -> anomaly(finding));
            }
        }
        return verdict(answer, open(found, stopped), anomalies);
    }

    private Anomaly anomaly(Finding finding) {
        int violating = finding.witness().get(finding.witness().size() - 1);
        int key = history.key(violating);
        String name = key == History.NONE || history.keyName(key).isNil()
                ? ""
                : history.keyName(key).toString();
        return new Anomaly(KIND, name, objects.sentence(finding.witness()), finding.witness(), finding.details());
    }

    /** What is not decided and why; empty: all is. */
    private Optional<String> open(List<Finding> found, Optional<String> stopped) {
        List<String> parts = new ArrayList<>();
        long proved = 0;
        long openCount = (long) objects.count() - found.size();
        for (Finding finding : found) {
            proved += finding.answer() == Answer.VALID ? 1 : 0;
            if (finding.answer() == Answer.UNKNOWN) {
                openCount++;
                if (parts.size() < NAMED) {
                    parts.add(name(finding.object()) + ": " + finding.reason());
                }
            }
        }
        stopped.ifPresent(parts::add);
        if (openCount == 0) {
            return Optional.empty();
        }
        String counts = objects.count() == 1
                ? ""
                : Words.number(proved) + " of " + Words.count(objects.count(), "key", "keys") + " proved, "
                        + Words.number(openCount) + " open: ";
        return Optional.of(counts + String.join("; ", parts));
    }

    private String name(int object) {
        int key = history.key(objects.operations(object)[0]);
        return key == History.NONE || history.keyName(key).isNil()
                ? "the object"
                : "key " + Words.of(history).key(key);
    }

    private Verdict verdict(Answer answer, Optional<String> reason, Anomalies anomalies) {
        return new Verdict(
                        Linearizable.NAME,
                        answer,
                        Optional.empty(),
                        algorithm,
                        obliged,
                        objects.operationCount(),
                        reason,
                        anomalies.count(),
                        anomalies.listed())
                .counting(true);
    }
}
