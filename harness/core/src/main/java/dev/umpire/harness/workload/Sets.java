package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sets that only grow: sessions add elements that nobody added before, and read whole sets. */
public final class Sets implements Workload {
    private static final String ADD_PERCENT = "add-percent";

    @Override
    public String name() {
        return "set";
    }

    @Override
    public String meaning() {
        return "sessions add elements that nobody added before and read whole sets; shows elements that are lost, late or "
                + "seen and gone again, but no order of them";
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(4),
                KeysInUse.retireEvery(60),
                new Option(ADD_PERCENT, "60", "how many of 100 requests add"));
    }

    @Override
    public String describe(Map<String, String> options) {
        int keys = new OptionValues(this, options).number(KeysInUse.KEYS, 1, 1_000_000);
        return name() + " · " + (keys == 1 ? "one set" : keys + " sets") + " at a time";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, Request.READ, Request.ADD);
        OptionValues values = new OptionValues(this, options);
        int percent = values.number(ADD_PERCENT, 1, 100);
        KeysInUse keys = KeysInUse.of("s", values, random.stream("set/key"));
        KeyedRandom.Stream draws = random.stream("set/function");
        return Generators.requests(asked -> draws.below(100, asked) < percent
                ? Request.of(Request.ADD, keys.key(asked), Value.of(asked + 1))
                : Request.read(keys.key(asked)));
    }
}
