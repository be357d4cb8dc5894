package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.PartitionShape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When faults of one kind strike: a gap, a fault held for a while from when its probe was done, a gap, without end. The
 * first gap is half as long, so that a short run meets a fault too.
 */
public final class NemesisSchedule {
    private NemesisSchedule() {}

    /** The schedules of all kinds of a plan, side by side. */
    public static Generator of(List<FaultKind> kinds, Plan.NemesisPlan plan) {
        return new SideBySide(kinds.stream()
                .map(kind -> new Kind(kind, plan, State.REST, 0, Kind.UNSET))
                .toList());
    }

    /** Several schedules, of which the one goes first that has been due longest: none starves. */
    private record SideBySide(List<Kind> kinds) implements Generator {

        @Override
        public Step next(Context context) {
            List<Kind> rests = kinds;
            long soonestNanos = Long.MAX_VALUE;
            int first = -1;
            for (int i = 0; i < kinds.size(); i++) {
                // asked at every step of a run: most have only to wait, and need no step of their own to say so
                if (kinds.get(i).isWaiting(context)) {
                    soonestNanos = Math.min(soonestNanos, kinds.get(i).untilNanos());
                    continue;
                }
                Step step = kinds.get(i).next(context);
                if (step instanceof Step.Emit
                        && (first < 0
                                || kinds.get(i).untilNanos() < kinds.get(first).untilNanos())) {
                    first = i;
                } else if (step instanceof Step.Wait wait) {
                    soonestNanos = Math.min(soonestNanos, wait.untilNanos());
                    rests = with(rests, i, (Kind) wait.rest());
                }
            }
            if (first >= 0 && kinds.get(first).next(context) instanceof Step.Emit emit) {
                return new Step.Emit(emit.action(), new SideBySide(with(rests, first, (Kind) emit.rest())));
            }
            Generator rest = rests == kinds ? this : new SideBySide(rests);
            return soonestNanos == Long.MAX_VALUE ? new Step.Pending(rest) : new Step.Wait(soonestNanos, rest);
        }

        private static List<Kind> with(List<Kind> kinds, int place, Kind changed) {
            Generator before = kinds.get(place);
            Generator after = changed;
            if (before == after) {
                return kinds;
            }
            List<Kind> copy = new ArrayList<>(kinds);
            copy.set(place, changed);
            return List.copyOf(copy);
        }

        @Override
        public Generator update(Context context, Completion completion) {
            if (completion instanceof Completion.Answered) {
                return this;
            }
            return new SideBySide(kinds.stream()
                    .map(kind -> kind.updated(context, completion))
                    .toList());
        }
    }

    private enum State {
        REST,
        INJECTING,
        HOLD,
        HEALING
    }

    /**
     * The schedule of one kind.
     *
     * @param draw how many times it has struck or tried to
     * @param untilNanos when the present state ends; {@link #UNSET} before the first question
     */
    private record Kind(FaultKind kind, Plan.NemesisPlan plan, State state, long draw, long untilNanos)
            implements Generator {
        private static final long UNSET = -1;

        private boolean isWaiting(Context context) {
            return (state == State.REST || state == State.HOLD) && context.nowNanos() < untilNanos;
        }

        @Override
        public Step next(Context context) {
            if (state == State.INJECTING || state == State.HEALING) {
                return new Step.Pending(this);
            }
            if (untilNanos == UNSET) {
                return with(State.REST, draw, context.nowNanos() + gapNanos(context.random()) / 2)
                        .next(context);
            }
            if (context.nowNanos() < untilNanos) {
                return new Step.Wait(untilNanos, this);
            }
            if (!context.nemesisFree()) {
                return new Step.Pending(this);
            }
            return state == State.REST
                    ? new Step.Emit(new Action.Inject(kind, shapes(), draw), with(State.INJECTING, draw, untilNanos))
                    : new Step.Emit(new Action.Heal(kind), with(State.HEALING, draw, untilNanos));
        }

        @Override
        public Generator update(Context context, Completion completion) {
            return updated(context, completion);
        }

        private Kind updated(Context context, Completion completion) {
            long now = context.nowNanos();
            if (completion instanceof Completion.Injected injected && injected.kind() == kind) {
                return injected.struck()
                        ? with(State.HOLD, draw, now + holdNanos(context.random()))
                        : with(State.REST, draw + 1, now + retryNanos());
            }
            if (completion instanceof Completion.Healed healed && healed.kind() == kind) {
                return with(State.REST, draw + 1, now + gapNanos(context.random()));
            }
            return this;
        }

        private List<PartitionShape> shapes() {
            return kind == FaultKind.PARTITION ? NemesisKinds.shapes(plan.kinds()) : List.of();
        }

        private Kind with(State next, long nextDraw, long nextUntilNanos) {
            return new Kind(kind, plan, next, nextDraw, nextUntilNanos);
        }

        /** Who found no aim has waited for its gap already. */
        private long retryNanos() {
            return TimeUnit.MILLISECONDS.toNanos(Math.max(1, plan.leastGapMillis() / 10));
        }

        private long gapNanos(KeyedRandom random) {
            return between("gap", plan.leastGapMillis(), plan.mostGapMillis(), random);
        }

        private long holdNanos(KeyedRandom random) {
            return between("hold", plan.leastHoldMillis(), plan.mostHoldMillis(), random);
        }

        private long between(String what, long leastMillis, long mostMillis, KeyedRandom random) {
            return random.stream("nemesis/" + what + "/" + kind.optionName())
                    .between(
                            TimeUnit.MILLISECONDS.toNanos(leastMillis),
                            TimeUnit.MILLISECONDS.toNanos(mostMillis),
                            draw);
        }
    }
}
