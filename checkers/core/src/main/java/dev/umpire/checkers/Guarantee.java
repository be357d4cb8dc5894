package dev.umpire.checkers;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Checker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.List;

/** A guarantee that Umpire can judge, by its name on the command line. */
public final class Guarantee {
    private final String name;
    private final String meaning;
    private final Checker checker;

    Guarantee(String name, String meaning, Checker checker) {
        this.name = name;
        this.meaning = meaning;
        this.checker = checker;
    }

    /** All guarantees, weakest first. */
    public static List<Guarantee> all() {
        return List.of();
    }

    /** {@code read-your-writes}, {@code monotonic-reads}, ... */
    public String name() {
        return name;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    public Verdict check(History history) {
        return check(history, CheckOptions.DEFAULT);
    }

    public Verdict check(History history, CheckOptions options) {
        return checker.check(history, options);
    }

    @Override
    public String toString() {
        return name;
    }
}
