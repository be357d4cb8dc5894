package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists: sessions append elements that nobody appended before, and read whole lists. */
public final class ListAppend implements Workload {
    private static final String APPEND_PERCENT = "append-percent";

    @Override
    public String name() {
        return "list-append";
    }

    @Override
    public String meaning() {
        return "sessions append elements that nobody appended before and read whole lists; every read shows the order of all "
                + "appends before it, so that lost, reordered and diverging ones show without a guess";
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(4),
                KeysInUse.retireEvery(60),
                new Option(APPEND_PERCENT, "50", "how many of 100 requests append"));
    }

    @Override
    public String describe(Map<String, String> options) {
        int keys = new OptionValues(this, options).number(KeysInUse.KEYS, 1, 1_000_000);
        return name() + " · " + (keys == 1 ? "one list" : keys + " lists") + " at a time";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, Request.READ, Request.APPEND);
        OptionValues values = new OptionValues(this, options);
        int percent = values.number(APPEND_PERCENT, 1, 100);
        KeysInUse keys = KeysInUse.of("l", values, random.stream("list-append/key"));
        KeyedRandom.Stream draws = random.stream("list-append/function");
        return Generators.requests(asked -> draws.below(100, asked) < percent
                ? Request.of(Request.APPEND, keys.key(asked), Value.of(asked + 1))
                : Request.read(keys.key(asked)));
    }
}
