package dev.umpire.checkers.benchmarks;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How long the general search takes on each of the histories of {@link CasRegisterHistory}, once each. */
final class SearchFigure {
    static final int SEEDS = 20;
    static final int OPERATIONS = 1_000;
    static final int PROCESSES = 30;
    static final int VALUES = 5;
    static final int UNKNOWN_PERCENT = 5;

    private SearchFigure() {}

    static History history(long seed, boolean changed, int pause) {
        return changed
                ? CasRegisterHistory.withOneReadChanged(seed, OPERATIONS, PROCESSES, VALUES, UNKNOWN_PERCENT, pause)
                : CasRegisterHistory.linearizable(seed, OPERATIONS, PROCESSES, VALUES, UNKNOWN_PERCENT, pause);
    }

    static Verdict check(History history) {
        return Linearizable.check(history, CheckOptions.DEFAULT, "cas-register");
    }

    /** Prints a line a history; {@code pause} as in {@link CasRegisterHistory}: more, and fewer operations are open at once. */
    static void print(int pause, PrintStream out) {
        for (boolean changed : new boolean[] {false, true}) {
            long[] nanos = new long[SEEDS];
            Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
            for (int seed = 0; seed < SEEDS; seed++) {
                History history = history(seed, changed, pause);
                long begin = System.nanoTime();
                Verdict verdict = check(history);
                nanos[seed] = System.nanoTime() - begin;
                answers.merge(verdict.answer(), 1, Integer::sum);
                out.printf(
                        Locale.ROOT,
                        "%-12s seed %2d  %,9.1f ms  %s  %s%n",
                        changed ? "read changed" : "right",
                        seed,
                        nanos[seed] / 1e6,
                        verdict.answer(),
                        verdict.reason().orElse(""));
            }
            Arrays.sort(nanos);
            out.printf(
                    Locale.ROOT,
                    "%s: median %.1f ms, most %.1f ms, %s%n",
                    changed ? "read changed" : "right",
                    nanos[SEEDS / 2] / 1e6,
                    nanos[SEEDS - 1] / 1e6,
                    answers);
        }
    }
}
