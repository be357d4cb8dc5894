package dev.umpire.harness.report.ci;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Promised;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A history that somebody wanted to have judged. */
public sealed interface CheckedHistory {

    /** What it is called: the file as it was named, or the run. */
    String name();

    /** How it stands, all in all. */
    Standing standing();

    /** {@code 3 histories: 2 held, 1 broken}. */
    static String counts(List<CheckedHistory> histories) {
        Map<Standing, Long> counts = histories.stream()
                .collect(Collectors.groupingBy(
                        CheckedHistory::standing, () -> new EnumMap<>(Standing.class), Collectors.counting()));
        return counts.entrySet().stream()
                .map(one -> Numbers.grouped(one.getValue()) + " " + one.getKey().word())
                .collect(Collectors.joining(
                        ", ",
                        Numbers.grouped(histories.size()) + (histories.size() == 1 ? " history: " : " histories: "),
                        ""));
    }

    /** How a history stands, in the order of a build's worries. */
    enum Standing {
        /** What was asked for held. */
        HELD('✓', "held"),
        /** Nothing was required, and what holds and breaks was told. */
        TOLD('·', "told"),
        /** Something that was asked for could not be judged. */
        UNDECIDED('?', "undecided"),
        /** A checker failed, or the file was refused. */
        FAILED('!', "failed"),
        /** Something that was asked for is broken, or integrity is. */
        BROKEN('✗', "broken");

        private final char mark;
        private final String word;

        Standing(char mark, String word) {
            this.mark = mark;
            this.word = word;
        }

        /** A sign before the word, so that nothing is told by colour alone. */
        public char mark() {
            return mark;
        }

        /** As people read it. */
        public String word() {
            return word;
        }
    }

    /**
     * One that was judged.
     *
     * @param missing what evidence a run lacks, one sentence each; empty for what is no run
     * @param promised what is promised of it; empty: nobody knows
     */
    record Decided(String name, History history, Judgement judgement, List<String> missing, Optional<Promised> promised)
            implements CheckedHistory {
        public Decided {
            missing = List.copyOf(missing);
        }

        /** One of which nobody knows what is promised. */
        public Decided(String name, History history, Judgement judgement, List<String> missing) {
            this(name, history, judgement, missing, Optional.empty());
        }

        /** A run, by what it ran and its seed. */
        public static Decided of(Run run) {
            return of(run.plan().target() + " seed " + run.plan().seed(), run);
        }

        /** A run by another name. */
        public static Decided of(String name, Run run) {
            return new Decided(
                    name, run.history(), new Judgement(run.judged(), run.failures()), run.missing(), run.promised());
        }

        @Override
        public Standing standing() {
            Answer answer = judgement.answer();
            if (answer == Answer.INVALID && judgement.isAnyCounted()) {
                return Standing.BROKEN;
            }
            if (!judgement.failures().isEmpty()) {
                return Standing.FAILED;
            }
            if (missing.isEmpty()
                    && !judgement.isAnyCounted()
                    && judgement.judged().stream().anyMatch(Decided::isDecided)) {
                return Standing.TOLD;
            }
            return answer == Answer.VALID && missing.isEmpty() ? Standing.HELD : Standing.UNDECIDED;
        }

        private static boolean isDecided(Judged judged) {
            return judged.verdict().answer() != Answer.UNKNOWN;
        }
    }

    /**
     * One that could not be read.
     *
     * @param reason where, what was found and what was expected
     */
    record Refused(String name, String reason) implements CheckedHistory {
        @Override
        public Standing standing() {
            return Standing.FAILED;
        }
    }
}
