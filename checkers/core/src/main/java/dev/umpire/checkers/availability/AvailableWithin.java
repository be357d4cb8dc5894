package dev.umpire.checkers.availability;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.TimeBound;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Availability within a bound: whoever asks, somebody is soon acknowledged, faults or none.
 *
 * <p><b>Definition.</b> For every function (read, write, ...) of which an operation is acknowledged at all, and every
 * acknowledgement of it at a moment t (and for the beginning of the recording): let s be the first moment from t on at which
 * an operation of the function is under way. Then the next acknowledgement is no later than s plus the bound. An operation is
 * acknowledged when it completes OK, to whichever client, at whichever node. Operations of the phase {@code final} do not
 * count. A function of which nothing is ever acknowledged is undecided: nobody knows whether the store has it. A silence that
 * ends with the recording obliges to nothing unless it is longer than the bound by then.
 *
 * <p><b>Algorithm.</b> One pass over the acknowledgements of each function by time. O(n log n) to sort them.
 *
 * <p><b>Witness.</b> {@code SILENCE}: as that of {@link RecoversWithin}.
 */
public final class AvailableWithin {

    /** As on the command line, where a bound follows: {@code available-within:2s}. */
    public static final String NAME = "available-within";

    private final TimeBound bound;
    private final SilenceWords silenceWords;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final List<Lane> lanes;
    private long obliged;
    private long longestNanos;

    private AvailableWithin(History history, CheckOptions options, TimeBound bound) {
        this.bound = bound;
        Words words = Words.of(history);
        silenceWords = new SilenceWords(history, words);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
        lanes = Lane.of(history);
    }

    /** Without a bound: the longest silence, and the answer is UNKNOWN. */
    public static Verdict check(History history, CheckOptions options) {
        Verdict measured = new AvailableWithin(history, options, new TimeBound(Long.MAX_VALUE, "")).verdict();
        return Verdict.undecided(NAME, "no bound was asked for, as in " + NAME + ":2s")
                .with(measured.figures());
    }

    /** Whether each silence is within the bound. */
    public static Verdict check(History history, CheckOptions options, TimeBound bound) {
        return new AvailableWithin(history, options, bound).verdict();
    }

    private Verdict verdict() {
        List<String> neverAcknowledged = new ArrayList<>();
        for (Lane lane : lanes) {
            if (lane.acknowledgedCount() == 0) {
                neverAcknowledged.add(Visible.text(lane.function()));
            }
            for (int before = -1; lane.acknowledgedCount() > 0 && before < lane.acknowledgedCount(); before++) {
                lane.after(before).ifPresent(silence -> judge(lane, silence));
            }
        }
        if (!neverAcknowledged.isEmpty()) {
            reasons.undecided("no " + String.join(" and no ", neverAcknowledged)
                    + " was ever acknowledged, so that nobody knows whether the store has it");
        }
        return reasons.verdict(
                        NAME + ":" + bound.text(),
                        Optional.empty(),
                        "the time from each acknowledgement of a function to the next",
                        obliged,
                        obliged,
                        anomalies,
                        "no operation with its times is recorded: nothing could have been violated")
                .with(obliged == 0 ? List.of() : List.of(Figure.nanos("longest silence", longestNanos)));
    }

    private void judge(Lane lane, Silence silence) {
        boolean tooLong = silence.nanos() > bound.nanos();
        if (tooLong || silence.ended()) {
            obliged++;
            longestNanos = Math.max(longestNanos, silence.nanos());
        }
        if (tooLong) {
            String begin = "from " + silenceWords.moment(silence.fromNanos()) + " on";
            silenceWords.add(anomalies, "SILENCE", lane, silence, begin, SilenceWords.moreThan(bound));
        }
    }
}
