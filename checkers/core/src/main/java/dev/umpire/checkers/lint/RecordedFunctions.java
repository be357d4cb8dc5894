package dev.umpire.checkers.lint;

import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Set;

/** Mistakes in the names of functions. */
final class RecordedFunctions {
    /** All that some checker or built-in model knows, and what the reader of etcd's reports makes of requests that none judges. */
    private static final Set<String> KNOWN = Set.of(
            "read",
            "get",
            "write",
            "put",
            "cas",
            "snapshot",
            "txn",
            "append",
            "add",
            "remove",
            "contains",
            "increment",
            "decrement",
            "enqueue",
            "dequeue",
            "drain",
            "push",
            "pop",
            "acquire",
            "release",
            "generate",
            "claim",
            "transfer",
            "send",
            "poll",
            "assign",
            "subscribe",
            "unsubscribe",
            "seek",
            "compare",
            "one-of-two",
            "lease-revoke");

    private final History history;
    private final Findings findings;
    private final Words words;

    RecordedFunctions(History history, Findings findings) {
        this.history = history;
        this.findings = findings;
        words = Words.of(history);
    }

    void look() {
        boolean[] known = new boolean[history.functionCount()];
        for (int function = 0; function < known.length; function++) {
            known[function] = KNOWN.contains(history.functionName(function));
        }
        for (int operation = 0; operation < history.size(); operation++) {
            if (!known[history.function(operation)]) {
                int stranger = operation;
                findings.add(
                        Mistake.FUNCTION_NOT_KNOWN,
                        stranger,
                        () -> "'" + words.deed(stranger) + "' (event " + history.index(stranger)
                                + ") is of the function "
                                + Visible.text(history.functionName(history.function(stranger))));
            }
        }
    }
}
