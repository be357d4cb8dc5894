package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
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
                + "comments that are lost";
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
    public String describe(Map<String, String> options) {
        OptionValues values = new OptionValues(this, options);
        return name() + " · " + values.number(KeysInUse.KEYS, 1, 1_000_000) + " threads at a time, reloaded "
                + values.number(RELOADS, 1, 100) + " times";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        boolean lists = functions.contains(Request.APPEND);
        OptionValues.requireFunctions(this, functions, Request.READ, lists ? Request.APPEND : Request.WRITE);
        OptionValues values = new OptionValues(this, options);
        return Turns.of(
                new Reading(
                        KeysInUse.of("thread", values, random.stream("comments/key")),
                        random.stream("comments/function"),
                        lists ? Request.APPEND : Request.WRITE,
                        values.number(POSTS, 1, 99),
                        values.number(RELOADS, 1, 100)),
                new Open(Map.of()));
    }

    /** The thread that each session reads, and how often it will still do so. */
    private record Open(Map<Integer, Reload> bySession) {
        Open with(int session, Value thread, int left) {
            Map<Integer, Reload> changed = new HashMap<>(bySession);
            if (left == 0) {
                changed.remove(session);
            } else {
                changed.put(session, new Reload(thread, left));
            }
            return new Open(Map.copyOf(changed));
        }
    }

    private record Reload(Value thread, int left) {}

    private record Reading(KeysInUse threads, KeyedRandom.Stream functions, String post, int posts, int reloads)
            implements Turns.Rule<Open> {
        @Override
        public Optional<Turns.Turn<Open>> turn(Open open, int session, int sessionCount, long asked) {
            Reload reload = open.bySession().get(session);
            if (reload != null) {
                return Turns.ask(Request.read(reload.thread()), open.with(session, reload.thread(), reload.left() - 1));
            }
            Value thread = threads.key(asked);
            return functions.below(100, asked) < posts
                    ? Turns.ask(Request.of(post, thread, Value.of(asked + 1)), open)
                    : Turns.ask(Request.read(thread), open.with(session, thread, reloads - 1));
        }
    }
}
