package dev.umpire.checkers.lint;

import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;

/** Mistakes in where operations go: nodes that are not named, sessions that never move. */
final class RecordedPlaces {
    private final History history;
    private final Findings findings;
    private final Words words;

    RecordedPlaces(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
        words = Words.of(history);
    }

    void look() {
        int[] nodeOf = new int[history.sessionCount()];
        int[] operationsOf = new int[history.sessionCount()];
        Arrays.fill(nodeOf, History.NONE);
        boolean moved = false;
        long without = 0;
        int firstWithout = History.NONE;
        for (int operation = 0; operation < history.size(); operation++) {
            int node = history.node(operation);
            int session = history.session(operation);
            if (node == History.NONE) {
                firstWithout = without++ == 0 ? operation : firstWithout;
            } else if (session != History.NONE) {
                moved |= nodeOf[session] != History.NONE && nodeOf[session] != node;
                nodeOf[session] = node;
                operationsOf[session]++;
            }
        }
        if (without > 0) {
            int operation = firstWithout;
            findings.add(
                    Mistake.NO_NODES,
                    without,
                    operation,
                    () -> "'" + words.deed(operation) + "' (event " + history.index(operation) + ") names no node");
        }
        if (history.nodeCount() > 1 && !moved) {
            stayed(nodeOf, operationsOf);
        }
    }

    private void stayed(int[] nodeOf, int[] operationsOf) {
        long sessions = 0;
        int longest = History.NONE;
        for (int session = 0; session < nodeOf.length; session++) {
            if (operationsOf[session] > 1) {
                sessions++;
                longest = longest == History.NONE || operationsOf[session] > operationsOf[longest] ? session : longest;
            }
        }
        if (sessions == 0) {
            return;
        }
        int stays = longest;
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.session(operation) == stays) {
                int first = operation;
                findings.add(
                        Mistake.NO_SESSION_MOVES,
                        sessions,
                        first,
                        () -> words.session(first) + " did "
                                + Words.count(operationsOf[stays], "operation", "operations") + ", all at "
                                + Visible.text(history.nodeName(nodeOf[stays])) + ", and the recording has "
                                + Words.count(history.nodeCount(), "node", "nodes"));
                return;
            }
        }
    }
}
