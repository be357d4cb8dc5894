package dev.umpire.checkers.availability;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.TimeBound;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recovery within a bound: after each fault the store soon acknowledges again what it acknowledged before.
 *
 * <p><b>Definition.</b> For every fault that a probe saw in force, and every function (read, write, ...) of which an
 * operation was acknowledged before the fault was injected: let T be the moment of its heal and s the first moment from
 * T on at which an operation of the function is under way. Then from T on one is acknowledged no later than s plus the bound.
 * An operation is acknowledged when it completes OK, to whichever client, at whichever node, whenever it was invoked; a
 * refusal is no acknowledgement. Operations of the phase {@code final} do not count.
 *
 * <p>What the store makes good by itself (a failover, a change of members, a crash that nobody heals) is no longer awaited
 * when the first operation is acknowledged, which may still be the doing of the node that is about to be lost. For it the same
 * is to hold for T at the injection and for T at (then: after) every acknowledgement from there on, if s is before the
 * heal and before the next fault. It counts once: by the T whose next acknowledgement is last after its s, where no more is
 * counted of that time than there is until the next fault.
 *
 * <p>The figure of the longest recovery counts of each no more than there is until the next fault.
 *
 * <p>Nothing is obliged where no operation of the function is tried from T on, and where another fault is in force at the heal
 * (the injection): that one's heal is judged. Undecided is a function of which none was acknowledged, where the recording ends
 * or the next fault is injected before the bound has passed. The answer is UNKNOWN if nothing is obliged, and if something is
 * undecided and nothing broken.
 *
 * <p>An outage that begins only after that, as when a node comes back and the others stop to take it in, is none of this
 * recovery: {@link FaultAvailability#longestSilence} tells it, and {@link AvailableWithin} judges it.
 *
 * <p><b>Algorithm.</b> For each fault and function two binary searches in its operations and acknowledgements by time; for
 * what the store makes good by itself one more for every acknowledgement until its heal. O(n log n) to sort them.
 *
 * <p><b>Witness.</b> {@code SLOW_RECOVERY}: operations that were under way in the silence and were not acknowledged in it, the
 * first eight of them, and the one that ended it, if one did.
 */
public final class RecoversWithin {

    /** As on the command line, where a bound follows: {@code recovers-within:10s}. */
    public static final String NAME = "recovers-within";

    private final TimeBound bound;
    private final Words words;
    private final SilenceWords silenceWords;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final List<Lane> lanes;
    private final List<Window> windows;
    private long obliged;
    private long longestNanos;
    private long undecided;
    private Optional<String> firstUndecided = Optional.empty();

    private RecoversWithin(History history, CheckOptions options, TimeBound bound) {
        this.bound = bound;
        words = Words.of(history);
        silenceWords = new SilenceWords(history, words);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
        lanes = Lane.of(history);
        windows = Window.of(Fault.of(history));
    }

    /** Without a bound: how long it took, and the answer is UNKNOWN. */
    public static Verdict check(History history, CheckOptions options) {
        Verdict measured = new RecoversWithin(history, options, new TimeBound(Long.MAX_VALUE, "")).verdict();
        return Verdict.undecided(NAME, "no bound was asked for, as in " + NAME + ":10s")
                .with(measured.figures());
    }

    /** Whether each recovery is within the bound. */
    public static Verdict check(History history, CheckOptions options, TimeBound bound) {
        return new RecoversWithin(history, options, bound).verdict();
    }

    private Verdict verdict() {
        for (Window window : windows) {
            for (Lane lane : lanes) {
                window.recovery(lane).ifPresent(recovery -> judge(window, lane, recovery));
            }
        }
        firstUndecided.ifPresent(why -> reasons.undecided(
                why + (undecided == 1 ? "" : "; so it was " + Words.number(undecided - 1) + " times more")));
        return reasons.verdict(
                        NAME + ":" + bound.text(),
                        Optional.empty(),
                        "first acknowledgement of each function after each fault",
                        obliged,
                        obliged + undecided,
                        anomalies,
                        vacuous())
                .with(obliged == 0 ? List.of() : List.of(Figure.nanos("longest recovery", longestNanos)));
    }

    private String vacuous() {
        if (lanes.isEmpty()) {
            return "no operation with its times is recorded: nothing could have been violated";
        }
        return windows.isEmpty()
                ? "no fault was seen to strike and seen off while no other was in force: there was nothing to recover from"
                : "what was acknowledged before a fault was not tried after it: nothing could have been violated";
    }

    private void judge(Window window, Lane lane, Silence recovery) {
        boolean struckBefore = window.untilNanos() - recovery.fromNanos() < bound.nanos();
        // what came after the next fault was its doing
        Silence own = recovery.before(window.untilNanos());
        if (recovery.nanos() <= bound.nanos() && recovery.ended()) {
            obliged++;
            longestNanos = Math.max(longestNanos, own.nanos());
        } else if (struckBefore || recovery.nanos() <= bound.nanos()) {
            undecided++;
            if (firstUndecided.isEmpty()) {
                firstUndecided = Optional.of(unfinished(window, lane, recovery, struckBefore));
            }
        } else {
            obliged++;
            longestNanos = Math.max(longestNanos, own.nanos());
            String excess = own.equals(recovery) ? SilenceWords.moreThan(bound) : excess(window, own);
            silenceWords.add(anomalies, "SLOW_RECOVERY", lane, recovery, begin(window, lane, recovery), excess);
        }
    }

    /** What makes a silence too long that goes on under the next fault. */
    private String excess(Window window, Silence own) {
        return ", " + Words.duration(own.nanos()) + " of them before "
                + window.next().orElseThrow().name() + " struck, when " + Words.duration(bound.nanos())
                + " had passed";
    }

    private String unfinished(Window window, Lane lane, Silence recovery, boolean struckBefore) {
        return begin(window, lane, recovery) + ", no " + silenceWords.function(recovery)
                + " had been acknowledged when "
                + (struckBefore
                        ? window.next().orElseThrow().name() + " struck"
                        : "the last one that is recorded was given up")
                + ", before " + bound.text() + " had passed";
    }

    private String begin(Window window, Lane lane, Silence recovery) {
        OptionalLong acknowledged = lane.acknowledgedBefore(recovery, window.fromNanos());
        return "after " + window.fault().name() + " was " + (window.atHeal() ? "healed" : "injected") + " at "
                + silenceWords.moment(window.fromNanos())
                + (acknowledged.isEmpty()
                        ? ""
                        : " and a " + silenceWords.function(recovery) + " was still acknowledged at "
                                + silenceWords.moment(acknowledged.getAsLong()));
    }
}
