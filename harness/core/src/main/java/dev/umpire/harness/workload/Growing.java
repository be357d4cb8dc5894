package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists, sets and counters that only grow: sessions change them by one function, and read the whole. */
public final class Growing implements Workload {
    private final String name;
    private final String meaning;
    private final String key;
    private final String function;
    private final Option keys;
    private final Option retireEvery;
    private final Option percent;

    private final List<String> shows;

    private Growing(
            String name,
            String meaning,
            String key,
            String function,
            int keys,
            int retireEvery,
            int percent,
            List<String> shows) {
        this.shows = List.copyOf(shows);
        this.name = name;
        this.meaning = meaning;
        this.key = key;
        this.function = function;
        this.keys = KeysInUse.keys(keys);
        this.retireEvery = KeysInUse.retireEvery(retireEvery);
        this.percent = new Option(function + "-percent", "" + percent, "how many of 100 requests " + function);
    }

    /** Sessions append elements that nobody appended before. */
    public static Growing lists() {
        return new Growing(
                "list-append",
                "sessions append elements that nobody appended before and read whole lists; shows lost, reordered and diverging "
                        + "appends without a guess, as every read has the order of all before it, but not lost updates, as "
                        + "nobody appends what depends on a read",
                "list",
                Request.APPEND,
                4,
                60,
                50,
                REGISTERS);
    }

    /** Sessions add elements that nobody added before. */
    public static Growing sets() {
        return new Growing(
                "set",
                "sessions add elements that nobody added before and read whole sets; shows elements that are lost, late or "
                        + "seen and gone again, but no order of them",
                "set",
                Request.ADD,
                4,
                60,
                60,
                List.of("durability", "eventual", "integrity"));
    }

    /** Sessions add 1 to 3. */
    public static Growing counters() {
        return new Growing(
                "counter",
                "sessions add 1 to 3 to counters and read them; shows increments that are lost or counted twice, but not which",
                "counter",
                Request.INCREMENT,
                2,
                200,
                60,
                List.of("counter", "eventual"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<String> shows() {
        return shows;
    }

    @Override
    public List<Option> options() {
        return List.of(keys, retireEvery, percent);
    }

    @Override
    public Set<String> needs() {
        return Set.of(Request.READ, function);
    }

    @Override
    public String describe(Map<String, String> options) {
        return KeysInUse.describe(this, options, key);
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        OptionValues values = new OptionValues(this, options);
        int changing = values.number(percent.name(), 1, 100);
        KeysInUse inUse = KeysInUse.of(key.substring(0, 1), values, random.stream(name + "/key"));
        KeyedRandom.Stream draws = random.stream(name + "/function");
        return Generators.requests(asked -> draws.below(100, asked) < changing
                ? Request.of(function, inUse.key(asked), argument(draws, asked))
                : Request.read(inUse.key(asked)));
    }

    private Value argument(KeyedRandom.Stream draws, long asked) {
        return Value.of(function.equals(Request.INCREMENT) ? draws.split(asked).between(1, 3, 0) : asked + 1);
    }
}
