package dev.umpire.harness.survey;

import dev.umpire.harness.run.Run;
import dev.umpire.harness.workload.Baseball.Participant;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often each participant of the baseball games was told something that is wrong for what he does with it (Terry,
 * "Replicated data consistency explained through baseball", CACM 56(12), 2013), counted in recordings of the workload
 * {@code baseball}.
 *
 * <p>The scorekeeper, the umpire and the statistician are told something wrong when it is older than what was acknowledged before
 * they asked; the sportswriter, who writes of a game that has been over for a while, when it is older than what was acknowledged
 * so long before he asked that the bound on staleness does not excuse it; the radio reporter when such a score never was, or when
 * it is before one that he has told already; the stat watcher when nobody ever wrote it.
 *
 * <p>A write of unknown outcome took effect at some time after it was asked for, or never did: a read is counted as wrong where it
 * is so in all of these cases.
 */
public final class BaseballTable {
    /** Later than all that a recording has. */
    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<Participant, Share> shares = new EnumMap<>(Participant.class);
    private final long boundNanos;

    /**
     * Of nothing yet.
     *
     * @param bound how old what the sportswriter is told may be; 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    public BaseballTable(Duration bound) {
        if (bound.isNegative()) {
            throw new IllegalArgumentException("bound: found " + bound + ", expected 0 or more");
        }
        boundNanos = bound.toNanos();
    }

    /**
     * How many of a participant's reads were wrong for him.
     *
     * @param reads how many were answered
     */
    public record Share(long wrong, long reads) {
        static final Share NONE = new Share(0, 0);

        Share with(boolean oneMoreIsWrong) {
            return new Share(oneMoreIsWrong ? wrong + 1 : wrong, reads + 1);
        }

        /** In percent; 0 where nothing was read. */
        public double percent() {
            return reads == 0 ? 0 : 100.0 * wrong / reads;
        }
    }

    /**
     * Counts one more run.
     *
     * @throws IllegalArgumentException if the sportswriter was told something old and no times were recorded, by which to say how
     *     old
     */
    public void add(Run run) {
        new Season(run.history()).count();
    }

    /** What was counted of a participant. */
    public Share of(Participant participant) {
        return shares.getOrDefault(participant, Share.NONE);
    }

    /** One recording. */
    private final class Season {
        private final History history;
        /** By key, its writes in their order: each key has one writer. */
        private final Map<Integer, List<Written>> writes = new HashMap<>();
        /** By session and pair of keys, the furthest score that the radio reporter has told. */
        private final Map<List<Integer>, long[]> told = new HashMap<>();

        Season(History history) {
            this.history = history;
            for (int o = 0; o < history.size(); o++) {
                if (history.writeCount(o) == 1 && history.outcome(o) != Outcome.FAIL) {
                    writes.computeIfAbsent(history.writeKey(o, 0), absent -> new ArrayList<>())
                            .add(new Written(
                                    number(history.writeValue(o, 0)),
                                    history.invoked(o),
                                    history.outcome(o) == Outcome.OK ? history.completed(o) : NEVER,
                                    history.endedNanos(o)));
                }
            }
        }

        void count() {
            for (int o = 0; o < history.size(); o++) {
                if (history.readCount(o) > 0 && history.outcome(o) == Outcome.OK && !history.isFinal(o)) {
                    Participant participant = participant(o);
                    boolean wrong = isWrong(participant, o);
                    shares.merge(participant, Share.NONE.with(wrong), (before, one) -> before.with(wrong));
                }
            }
        }

        private Participant participant(int o) {
            return Participant.of(Math.toIntExact(number(history.sessionName(history.session(o)))));
        }

        private boolean isWrong(Participant participant, int o) {
            return switch (participant) {
                case SCOREKEEPER, UMPIRE, STATISTICIAN -> isOlder(o, write -> true);
                case SPORTSWRITER -> isOlder(o, write -> isBeyondBound(write, o));
                case RADIO_REPORTER -> neverWas(o) || wentBack(o);
                case STAT_WATCHER -> wasNeverWritten(o);
            };
        }

        private long read(int o, int i) {
            return number(history.readValue(o, i));
        }

        private List<Written> writes(int o, int i) {
            return writes.getOrDefault(history.readKey(o, i), List.of());
        }

        /** Whether it is older than a write that was acknowledged before and that counts. */
        private boolean isOlder(int o, Predicate<Written> counts) {
            for (int i = 0; i < history.readCount(o); i++) {
                for (Written write : writes(o, i)) {
                    if (write.completed() < history.invoked(o)
                            && write.value() > read(o, i)
                            && !mayBeLate(o, i)
                            && counts.test(write)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean isBeyondBound(Written write, int o) {
            if (write.endedNanos() == History.ABSENT || history.invokedNanos(o) == History.ABSENT) {
                throw new IllegalArgumentException(
                        "times: found none in the recording, expected some, to compare with the bound");
            }
            return history.invokedNanos(o) - write.endedNanos() > boundNanos;
        }

        /** Whether what was read may have been written after all that was acknowledged: nobody heard when that was. */
        private boolean mayBeLate(int o, int i) {
            return writes(o, i).stream().anyMatch(write -> write.value() == read(o, i) && write.completed() == NEVER);
        }

        /**
         * Whether one key's value was gone for certain before the other's was there at all: the score is no prefix of the game.
         * Of unknown outcome, the next write may never have taken the value away.
         */
        private boolean neverWas(int o) {
            for (int i = 0; i < history.readCount(o); i++) {
                for (int j = 0; j < history.readCount(o); j++) {
                    if (i != j && isGoneBefore(o, i, j)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean isGoneBefore(int o, int i, int j) {
            long value = read(o, i);
            long shown = read(o, j);
            int next = writes(o, i).stream()
                    .filter(write -> write.value() > value && write.completed() != NEVER)
                    .mapToInt(Written::invoked)
                    .min()
                    .orElse(NEVER);
            int other = writes(o, j).stream()
                    .filter(write -> write.value() == shown)
                    .mapToInt(Written::invoked)
                    .findFirst()
                    .orElse(shown == 0 ? -1 : NEVER);
            // one session writes both keys, one after the other
            return next < other && !mayBeLate(o, i);
        }

        private boolean wentBack(int o) {
            boolean back = false;
            for (int i = 0; i < history.readCount(o); i++) {
                long[] furthest =
                        told.computeIfAbsent(List.of(history.session(o), history.readKey(o, i)), absent -> new long[1]);
                back |= read(o, i) < furthest[0] && !mayBeLate(o, i);
                furthest[0] = Math.max(furthest[0], read(o, i));
            }
            return back;
        }

        private boolean wasNeverWritten(int o) {
            for (int i = 0; i < history.readCount(o); i++) {
                long value = read(o, i);
                if (value != 0 && writes(o, i).stream().noneMatch(write -> write.value() == value)) {
                    return true;
                }
            }
            return false;
        }

        private long number(int value) {
            return number(history.value(value));
        }

        private static long number(Value value) {
            return value instanceof Value.Int number ? number.value() : 0;
        }
    }

    /**
     * A score of which it is not known that it was not written.
     *
     * @param completed where it was acknowledged, else {@link #NEVER}
     * @param endedNanos when that was
     */
    private record Written(long value, int invoked, int completed, long endedNanos) {}
}
