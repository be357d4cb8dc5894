package dev.umpire.checkers.online;

import dev.umpire.checkers.integrity.Integrity;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.session.MonotonicReads;
import dev.umpire.checkers.session.ReadYourWrites;
import dev.umpire.checkers.staleness.Bound;
import dev.umpire.checkers.staleness.BoundedStaleness;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * Judges one guarantee while a recording grows: events in, the answer at any time.
 *
 * <p>After every event the answer is the one that the checker of the guarantee gives of the recording so far, in which the
 * operations under way are of unknown outcome; or it is UNKNOWN, with a reason, where that cannot be said of what is
 * remembered. It may change in every direction: a VALID recording breaks, and a write that was read and then fails takes
 * back what followed from it.
 *
 * <pre>
 * OnlineChecker online = OnlineChecker.of("monotonic-reads", CheckOptions.DEFAULT, Value.NIL).orElseThrow();
 * for (Event event : events) {
 *     online.accept(event);
 *     if (online.answer() == Answer.INVALID) {
 *         return online.verdict();
 *     }
 * }
 * </pre>
 *
 * <p>Not thread-safe.
 */
public interface OnlineChecker {

    /** How many writes that nothing depends on are remembered, over all keys, unless somebody says otherwise. */
    int WINDOW = 65_536;

    /**
     * A checker of a guarantee for a recording that is about to begin.
     *
     * @param guarantee its name as on the command line
     * @param options as the checker of the whole recording takes them
     * @param initial the value of every key before its first write
     * @return empty if the guarantee cannot be judged online, or not under these options
     * @throws IllegalArgumentException if it is bounded-staleness with what is no bound
     */
    static Optional<OnlineChecker> of(String guarantee, CheckOptions options, Value initial) {
        return of(guarantee, options, initial, WINDOW);
    }

    /**
     * As {@link #of(String, CheckOptions, Value)}.
     *
     * @param window how many writes that nothing depends on are remembered, over all keys; 0 or more
     */
    static Optional<OnlineChecker> of(String guarantee, CheckOptions options, Value initial, int window) {
        if (window < 0) {
            throw new IllegalArgumentException("window: found " + window + ", expected 0 or more");
        }
        boolean realTime = options.writeOrder() == WriteOrder.REAL_TIME;
        boolean plainModel =
                options.model().isEmpty() && options.nilReads() == NilReads.ABSENT && initial.equals(Value.NIL);
        if (realTime && guarantee.startsWith(BoundedStaleness.NAME + ":")) {
            Bound bound = Bound.parse(guarantee.substring(BoundedStaleness.NAME.length() + 1));
            return Optional.of(StalenessJudge.checker(guarantee, bound, options, initial, window));
        }
        return switch (guarantee) {
            case Integrity.NAME -> Optional.of(IntegrityJudge.checker(options, initial, window));
            case Linearizable.NAME ->
                plainModel ? Optional.of(LinearizableJudge.checker(options, initial, window)) : Optional.empty();
            case ReadYourWrites.NAME ->
                realTime
                        ? Optional.of(SessionJudge.checker(
                                ReadYourWrites.NAME, false, options, initial, window, ReadYourWrites::check))
                        : Optional.empty();
            case MonotonicReads.NAME ->
                realTime
                        ? Optional.of(SessionJudge.checker(
                                MonotonicReads.NAME, true, options, initial, window, MonotonicReads::check))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The guarantee's name as on the command line. */
    String guarantee();

    /**
     * The next event of the recording, of clients, of the nemesis or another.
     *
     * @throws IllegalArgumentException if it completes what was not invoked, or invokes what is under way in its process
     */
    void accept(Event event);

    /** The answer for the recording so far. O(1). */
    Answer answer();

    /**
     * The verdict for the recording so far. Of violations one a key is listed, of the keys that broke first; its operations
     * are numbered as in the whole recording. O(keys), and what it takes to tell the violations.
     */
    Verdict verdict();

    /** How many writes, reads and edges between them are remembered; what the memory is proportional to. */
    long retained();
}
