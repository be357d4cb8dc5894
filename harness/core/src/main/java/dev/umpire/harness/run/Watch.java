package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.online.OnlineChecker;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.interpreter.EventSink;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a run while it goes on, and ends its main phase at the first violation. What is under way is awaited, faults are
 * healed and final reads made as ever, so that the recording is whole.
 *
 * <p>Once it has ended the phase it looks at nothing more. Used on the loop only.
 */
final class Watch implements EventSink {

    private final List<OnlineChecker> checkers;
    private final List<String> troubles = new ArrayList<>();
    private Optional<EarlyStop> stop = Optional.empty();

    private Watch(List<OnlineChecker> checkers) {
        this.checkers = new ArrayList<>(checkers);
    }

    /** Looks at nothing, and ends nothing. */
    static Watch none() {
        return new Watch(List.of());
    }

    /** Watches those of the guarantees, and integrity, that can be judged online under these options. */
    static Watch over(List<Guarantee> guarantees, CheckOptions options) {
        Set<Guarantee> all = new LinkedHashSet<>(guarantees);
        all.add(Guarantee.INTEGRITY);
        return new Watch(all.stream()
                .flatMap(one -> OnlineChecker.of(one.name(), options, Value.NIL).stream())
                .toList());
    }

    @Override
    public void append(Event event) {
        if (stop.isPresent()) {
            return;
        }
        for (Iterator<OnlineChecker> watching = checkers.iterator(); watching.hasNext(); ) {
            OnlineChecker checker = watching.next();
            try {
                checker.accept(event);
                if (stop.isEmpty() && checker.answer() == Answer.INVALID) {
                    stop = Optional.of(stopped(checker.verdict()));
                }
            } catch (RuntimeException e) {
                // the run and its recording are worth more than an early end
                watching.remove();
                troubles.add(checker.guarantee() + " could not be watched any more: " + e);
            }
        }
    }

    private static EarlyStop stopped(Verdict verdict) {
        Anomaly first = verdict.anomalies().get(0);
        List<Integer> witness = first.operations();
        return new EarlyStop(verdict.guarantee(), witness.get(witness.size() - 1), first.sentence());
    }

    /** The names of those that are watched. */
    List<String> guarantees() {
        return checkers.stream().map(OnlineChecker::guarantee).toList();
    }

    /** Why the main phase was ended; empty: it was not, so far. */
    Optional<EarlyStop> stop() {
        return stop;
    }

    /** Checkers that gave up, a sentence each. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** The same actions, until a violation was seen. */
    Generator until(Generator of) {
        return checkers.isEmpty() ? of : new Until(this, of);
    }

    /**
     * Done when the watch has seen a violation.
     *
     * @param watch what it asks beside the context; it only ever goes from no to yes
     */
    private record Until(Watch watch, Generator of) implements Generator {

        @Override
        public Step next(Context context) {
            if (watch.stop.isPresent()) {
                return Step.DONE;
            }
            Step step = of.next(context);
            if (step instanceof Step.Emit emit) {
                return new Step.Emit(emit.action(), new Until(watch, emit.rest()));
            }
            if (step instanceof Step.Wait wait) {
                return new Step.Wait(wait.untilNanos(), new Until(watch, wait.rest()));
            }
            if (step instanceof Step.Pending pending) {
                return new Step.Pending(new Until(watch, pending.rest()));
            }
            return Step.DONE;
        }

        @Override
        public Generator update(Context context, Completion completion) {
            return new Until(watch, of.update(context, completion));
        }
    }
}
