package dev.umpire.checkers.availability;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.TimeBound;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;

/** What is said of a silence that lasted too long. */
final class SilenceWords {
    /** How many operations a witness shows that were tried in vain; there may be thousands. */
    private static final int SHOWN = 8;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final History history;
    private final Words words;

    SilenceWords(History history, Words words) {
        this.history = history;
        this.words = words;
    }

    /**
     * Adds the anomaly of a silence that is longer than the bound.
     *
     * @param begin the sentence's beginning: after what it was
     * @param excess the sentence's end, behind how long it lasted: by what that is too long
     */
    void add(Anomalies anomalies, String kind, Lane lane, Silence silence, String begin, String excess) {
        List<Integer> tried = lane.triedIn(silence);
        List<Integer> operations = new ArrayList<>(tried.subList(0, Math.min(SHOWN, tried.size())));
        if (silence.ended()) {
            operations.add(silence.acknowledged());
        }
        int last = operations.get(operations.size() - 1);
        anomalies.add(
                operations.size(),
                (long) history.invoked(last) - history.invoked(operations.get(0)),
                () -> new Anomaly(kind, "", sentence(silence, begin, excess), operations, more(tried.size())));
    }

    /** The end of a sentence about a silence that is longer than a bound. */
    static String moreThan(TimeBound bound) {
        return ", more than " + Words.duration(bound.nanos());
    }

    private String sentence(Silence silence, String begin, String excess) {
        int asked = silence.asked();
        return begin + ", " + words.session(asked) + " asked (" + words.deed(asked) + ", " + words.span(asked) + ", "
                + words.outcome(asked) + "), and "
                + (silence.ended()
                        ? "the first " + function(silence) + " to be acknowledged was that of "
                                + words.session(silence.acknowledged()) + " at "
                        : "no " + function(silence)
                                + " had been acknowledged when the last one that is recorded was given up at ")
                + moment(silence.untilNanos()) + ": " + (silence.ended() ? "" : "at least ")
                + Words.duration(silence.nanos()) + excess;
    }

    private static List<String> more(int tried) {
        return tried <= SHOWN
                ? List.of()
                : List.of("and " + Words.count(tried - SHOWN, "more was", "more were") + " tried meanwhile");
    }

    String function(Silence silence) {
        return Visible.text(silence.function());
    }

    String moment(long nanos) {
        return Words.number(Math.floorDiv(nanos - words.originNanos(), NANOS_PER_MILLI)) + " ms";
    }
}
