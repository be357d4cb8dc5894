package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Threads of comments: sessions post, and reload a thread several times in a row (DDIA, fig. 5-4). A thread is a list where
 * the target can append, else a register of which the newest comment is read.
 */
public final class Comments implements Workload {
    private static final String POSTS = "post-percent";
    private static final String RELOADS = "reloads";

    @Override
    public String name() {
        return "comments";
    }

    @Override
    public String meaning() {
        return "sessions post comments and reload a thread several times in a row; shows threads that go back in time, and "
                + "comments that are lost, but no lost updates, as nobody posts what "
                + "depends on a read";
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(4),
                KeysInUse.retireEvery(60),
                new Option(POSTS, "60", "of 100 turns of a session, in how many it posts; in the others it reloads"),
                new Option(RELOADS, "3", "how often it reads the thread then"));
    }

    @Override
    public Set<String> asks(Map<String, String> options) {
        return Set.of(Request.READ, Request.WRITE, Request.APPEND);
    }

    @Override
    public String describe(Map<String, String> options) {
        OptionValues values = new OptionValues(this, options);
        return name() + " · " + values.number(KeysInUse.KEYS, 1, KeysInUse.MOST_KEYS) + " threads at a time, reloaded "
                + values.number(RELOADS, 1, 100) + " times";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        boolean lists = functions.contains(Request.APPEND);
        OptionValues.requireFunctions(this, functions, lists ? Set.of(Request.READ, Request.APPEND) : needs());
        OptionValues values = new OptionValues(this, options);
        return Turns.of(
                new Reading(
                        KeysInUse.of("thread", values, random.stream("comments/key")),
                        random.stream("comments/function"),
                        lists ? Request.APPEND : Request.WRITE,
                        values.number(POSTS, 1, 99),
                        values.number(RELOADS, 1, 100)),
                PerSession.none());
    }

    /** The thread that a session reads, and how often it will still do so. */
    private record Reload(Value thread, int left) {}

    private record Reading(KeysInUse threads, KeyedRandom.Stream functions, String post, int posts, int reloads)
            implements Turns.Rule<PerSession<Reload>> {
        @Override
        public Optional<Turns.Turn<PerSession<Reload>>> turn(
                PerSession<Reload> open, int session, int sessionCount, long asked) {
            Optional<Reload> reload = open.of(session);
            if (reload.isPresent()) {
                return reload(reload.get(), open, session);
            }
            Value thread = threads.key(asked);
            return functions.below(100, asked) < posts
                    ? Turns.ask(Request.of(post, thread, Value.of(asked + 1)), open)
                    : reload(new Reload(thread, reloads), open, session);
        }

        private static Optional<Turns.Turn<PerSession<Reload>>> reload(
                Reload reload, PerSession<Reload> open, int session) {
            return Turns.ask(
                    Request.read(reload.thread()),
                    reload.left() == 1
                            ? open.without(session)
                            : open.with(session, new Reload(reload.thread(), reload.left() - 1)));
        }
    }
}
