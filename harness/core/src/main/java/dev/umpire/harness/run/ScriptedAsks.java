package dev.umpire.harness.run;

import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.plan.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What sessions ask by a script: each its own requests one after another, none before its time. Done when all is asked and
 * the last fault is over.
 *
 * @param bySession what each session has still to ask; none without anything
 */
record ScriptedAsks(Map<Integer, List<Script.Ask>> bySession, long endNanos) implements Generator {

    static Generator of(Script script) {
        Map<Integer, List<Script.Ask>> bySession = new TreeMap<>();
        for (Script.Ask ask : script.asks()) {
            bySession
                    .computeIfAbsent(ask.session(), absent -> new ArrayList<>())
                    .add(ask);
        }
        return new ScriptedAsks(bySession, script.endOfFaultsNanos());
    }

    @Override
    public Step next(Context context) {
        long soonestNanos = Long.MAX_VALUE;
        Script.Ask due = null;
        for (Map.Entry<Integer, List<Script.Ask>> entry : bySession.entrySet()) {
            Script.Ask first = entry.getValue().get(0);
            if (!context.freeSessions().contains(entry.getKey())) {
                continue;
            }
            if (first.atNanos() > context.nowNanos()) {
                soonestNanos = Math.min(soonestNanos, first.atNanos());
            } else if (due == null || first.atNanos() < due.atNanos()) {
                due = first;
            }
        }
        if (due != null) {
            return new Step.Emit(
                    new Action.Ask(
                            due.request(),
                            OptionalInt.of(due.session()),
                            OptionalInt.of(due.home()),
                            due.intendedNanos()),
                    without(due));
        }
        if (soonestNanos < Long.MAX_VALUE) {
            return new Step.Wait(soonestNanos, this);
        }
        if (!bySession.isEmpty()) {
            return new Step.Pending(this);
        }
        return context.nowNanos() < endNanos ? new Step.Wait(endNanos, this) : Step.DONE;
    }

    private ScriptedAsks without(Script.Ask asked) {
        Map<Integer, List<Script.Ask>> left = new LinkedHashMap<>(bySession);
        List<Script.Ask> others = bySession.getOrDefault(asked.session(), List.of());
        if (others.size() == 1) {
            left.remove(asked.session());
        } else {
            left.put(asked.session(), others.subList(1, others.size()));
        }
        return new ScriptedAsks(left, endNanos);
    }
}
