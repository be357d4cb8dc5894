package dev.umpire.harness.generator;

import java.util.ArrayList;
import java.util.List;

/** One of several, drawn anew after each action. A choice that has to wait is waited for, so that time draws nothing. */
record Mix(String stream, long draw, List<Generator> choices) implements Generator {

    @Override
    public Step next(Context context) {
        List<Generator> left = choices;
        while (!left.isEmpty()) {
            int chosen = context.random().stream(stream).below(left.size(), draw);
            Step step = left.get(chosen).next(context);
            if (step instanceof Step.Emit emit) {
                return new Step.Emit(emit.action(), new Mix(stream, draw + 1, with(left, chosen, emit.rest())));
            }
            if (step instanceof Step.Wait wait) {
                return new Step.Wait(wait.untilNanos(), new Mix(stream, draw, with(left, chosen, wait.rest())));
            }
            if (step instanceof Step.Pending pending) {
                return new Step.Pending(new Mix(stream, draw, with(left, chosen, pending.rest())));
            }
            List<Generator> others = new ArrayList<>(left);
            others.remove(chosen);
            left = others;
        }
        return Step.DONE;
    }

    @Override
    public Generator update(Context context, Completion completion) {
        List<Generator> updated = updated(choices, context, completion);
        return updated == choices ? this : new Mix(stream, draw, updated);
    }

    /** The same list where nobody cares. */
    static List<Generator> updated(List<Generator> generators, Context context, Completion completion) {
        List<Generator> updated = generators;
        for (int i = 0; i < generators.size(); i++) {
            updated = with(updated, i, generators.get(i).update(context, completion));
        }
        return updated;
    }

    static List<Generator> with(List<Generator> generators, int index, Generator changed) {
        if (generators.get(index) == changed) {
            return generators;
        }
        List<Generator> copy = new ArrayList<>(generators);
        copy.set(index, changed);
        return List.copyOf(copy);
    }
}
