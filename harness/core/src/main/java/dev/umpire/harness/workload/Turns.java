package dev.umpire.harness.workload;

import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.util.OptionalInt;

/**
 * Requests for whichever session is free, by a rule that may remember what was answered.
 *
 * @param <M> what the rule remembers; immutable
 * @param asked how many requests were asked
 */
record Turns<M>(Rule<M> rule, M memory, long asked) implements Generator {

    /** Who asks what. Pure. */
    interface Rule<M> {

        /**
         * What this session asks next.
         *
         * @param asked how many requests were asked before, by all sessions
         */
        Turn<M> turn(M memory, int session, int sessionCount, long asked);

        /** What is remembered after an answer. */
        default M answered(M memory, int session, Request request, Response response) {
            return memory;
        }
    }

    /** A request, and what is remembered from now on. */
    record Turn<M>(Request request, M memory) {}

    static <M> Generator of(Rule<M> rule, M memory) {
        return new Turns<>(rule, memory, 0);
    }

    @Override
    public Step next(Context context) {
        if (!context.anyFree()) {
            return new Step.Pending(this);
        }
        int session = context.freeSessions().get(0);
        Turn<M> turn = rule.turn(memory, session, context.sessionCount(), asked);
        return new Step.Emit(
                new Action.Ask(turn.request(), OptionalInt.of(session)), new Turns<>(rule, turn.memory(), asked + 1));
    }

    @Override
    public Generator update(Context context, Completion completion) {
        if (!(completion instanceof Completion.Answered answered)) {
            return this;
        }
        M now = rule.answered(memory, answered.session(), answered.request(), answered.response());
        return now.equals(memory) ? this : new Turns<>(rule, now, asked);
    }
}
