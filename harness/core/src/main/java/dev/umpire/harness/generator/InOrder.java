package dev.umpire.harness.generator;

import java.util.List;

/** A list of actions; each waits until somebody is free for it. */
record InOrder(List<Action> actions, int done) implements Generator {

    @Override
    public Step next(Context context) {
        if (done == actions.size()) {
            return Step.DONE;
        }
        Action action = actions.get(done);
        return free(action, context) ? new Step.Emit(action, new InOrder(actions, done + 1)) : new Step.Pending(this);
    }

    private static boolean free(Action action, Context context) {
        if (action instanceof Action.Ask ask) {
            return ask.session().isPresent()
                    ? context.freeSessions().contains(ask.session().getAsInt())
                    : context.anyFree();
        }
        return context.nemesisFree();
    }
}
