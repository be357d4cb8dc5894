package dev.umpire.harness.junit.live;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.nemesis.Nemesis;
import dev.umpire.harness.nemesis.NemesisSchedule;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Strikes by a schedule, while a test does what it does, until it is ended. Used on the loop. */
final class ScheduledFaults {
    private final Environment environment;
    private final List<Node> nodes;
    private final Nemesis nemesis;
    private Generator schedule;
    private Optional<Environment.Timer> next = Optional.empty();
    private final List<FaultKind> kinds;
    private final Set<FaultKind> struck = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private boolean ended;

    ScheduledFaults(
            Environment environment, List<Node> nodes, Nemesis nemesis, List<FaultKind> kinds, Plan.NemesisPlan plan) {
        this.environment = environment;
        this.nodes = List.copyOf(nodes);
        this.nemesis = nemesis;
        this.kinds = List.copyOf(kinds);
        this.schedule = NemesisSchedule.of(this.kinds, plan);
    }

    /** Goes on with the schedule, of which one action is under way at a time. */
    void goOn() {
        if (ended) {
            return;
        }
        Step step = schedule.next(context());
        if (step instanceof Step.Emit emit) {
            schedule = emit.rest();
            perform(emit.action());
        } else if (step instanceof Step.Wait wait) {
            schedule = wait.rest();
            next = Optional.of(
                    environment.schedule(Math.max(0, wait.untilNanos() - environment.nowNanos()), this::goOn));
        }
    }

    private void perform(Action action) {
        nemesis.perform(action).whenComplete((completion, failure) -> {
            if (failure == null) {
                update(completion);
            } else {
                failures.add("the nemesis could not carry out " + action + ", and left this kind alone from then on: "
                        + Failures.cause(failure));
            }
            goOn();
        });
    }

    private void update(Completion completion) {
        if (completion instanceof Completion.Injected injected && injected.struck()) {
            struck.add(injected.kind());
        }
        schedule = schedule.update(context(), completion);
    }

    private Context context() {
        return new Context(environment.nowNanos(), environment.random(), 0, List.of(), nodes, true);
    }

    /** What never struck and what failed, a sentence each. */
    List<String> missing() {
        return Stream.concat(
                        failures.stream(),
                        kinds.stream()
                                .filter(kind -> !struck.contains(kind))
                                .map(kind -> "no " + kind.optionName()
                                        + " struck: the test ended before, or there was no aim"))
                .toList();
    }

    /** Nothing strikes any more; what is in force stays so. */
    void end() {
        ended = true;
        next.ifPresent(Environment.Timer::cancel);
    }
}
