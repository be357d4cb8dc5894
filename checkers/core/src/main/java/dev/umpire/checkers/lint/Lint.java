package dev.umpire.checkers.lint;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for mistakes of the recorder.
 *
 * <p>O(operations) time, and memory for one entry a value written; values of collections that are read are looked into once
 * each.
 */
public final class Lint {
    private Lint() {}

    /** The findings, worst first; at most one for each {@link Mistake}. */
    public static List<Finding> of(History history) {
        Findings findings = new Findings(history);
        new RecordedOutcomes(history, findings).look();
        new RecordedFunctions(history, findings).look();
        new RecordedValues(history, findings).look();
        new RecordedPlaces(history, findings).look();
        List<Finding> found = new ArrayList<>(findings.all());
        found.sort(Comparator.comparing(Finding::mistake));
        return List.copyOf(found);
    }
}
