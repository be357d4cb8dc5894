package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counters: sessions increment, and read. */
public final class Counters implements Workload {
    private static final String INCREMENT_PERCENT = "increment-percent";

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public String meaning() {
        return "sessions add 1 to 3 to counters and read them; shows increments that are lost or counted twice, but not which";
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(2),
                KeysInUse.retireEvery(200),
                new Option(INCREMENT_PERCENT, "60", "how many of 100 requests increment"));
    }

    @Override
    public String describe(Map<String, String> options) {
        int keys = new OptionValues(this, options).number(KeysInUse.KEYS, 1, 1_000_000);
        return name() + " · " + (keys == 1 ? "one counter" : keys + " counters") + " at a time";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, Request.READ, Request.INCREMENT);
        OptionValues values = new OptionValues(this, options);
        int percent = values.number(INCREMENT_PERCENT, 1, 100);
        KeysInUse keys = KeysInUse.of("c", values, random.stream("counter/key"));
        KeyedRandom.Stream draws = random.stream("counter/function");
        return Generators.requests(asked -> draws.below(100, asked) < percent
                ? Request.of(
                        Request.INCREMENT,
                        keys.key(asked),
                        Value.of(draws.split(asked).between(1, 3, 0)))
                : Request.read(keys.key(asked)));
    }
}
