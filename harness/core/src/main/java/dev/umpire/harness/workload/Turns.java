package dev.umpire.harness.workload;

import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.util.Optional;
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
         * What this session asks next; empty: nothing now.
         *
         * @param asked how many requests were asked before, by all sessions
         */
        Optional<Turn<M>> turn(M memory, int session, int sessionCount, long asked);

        /** What is remembered after an answer. */
        default M answered(M memory, int session, Request request, Response response) {
            return memory;
        }
    }

    /** A request, and what is remembered from now on. */
    record Turn<M>(Request request, M memory) {}

    /** The turn of asking this. */
    static <M> Optional<Turn<M>> ask(Request request, M memory) {
        return Optional.of(new Turn<>(request, memory));
    }

    static <M> Generator of(Rule<M> rule, M memory) {
        return new Turns<>(rule, memory, 0);
    }

    @Override
    public Step next(Context context) {
        for (int session : context.freeSessions()) {
            Optional<Turn<M>> turn = rule.turn(memory, session, context.sessionCount(), asked);
            if (turn.isPresent()) {
                return new Step.Emit(
                        new Action.Ask(turn.get().request(), OptionalInt.of(session)),
                        new Turns<>(rule, turn.get().memory(), asked + 1));
            }
        }
        return new Step.Pending(this);
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
