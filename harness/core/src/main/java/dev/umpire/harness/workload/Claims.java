package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Unique names and ids: several sessions claim the same name at about the same time, or ask for an id that nobody else has. */
public final class Claims implements Workload {
    private static final String RIVALS = "rivals";
    private static final Value IDS = Value.of("ids");

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public String meaning() {
        return "sessions claim the same names at about the same time, or ask for ids, as the target can; shows names and ids "
                + "that were given to two, and nothing else";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(RIVALS, "3", "how many claim one name"));
    }

    @Override
    public String describe(Map<String, String> options) {
        return name() + " · " + rivals(options) + " a name";
    }

    private int rivals(Map<String, String> options) {
        return new OptionValues(this, options).number(RIVALS, 2, 1_000);
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        int rivals = rivals(options);
        boolean claims = functions.contains(Request.CLAIM);
        boolean generates = functions.contains(Request.GENERATE);
        if (!claims && !generates) {
            OptionValues.requireFunctions(this, functions, Request.CLAIM);
        }
        return Generators.requests(asked -> claims && !(generates && asked % 2 == 1)
                ? Request.of(Request.CLAIM, Value.of("name" + asked / (generates ? 2L * rivals : rivals)), Value.NIL)
                : Request.of(Request.GENERATE, IDS, Value.NIL));
    }

    /** Nothing is left to read: who was given what is in the recording. */
    @Override
    public List<Request> finalReads(Collection<Value> keys, List<Node> nodes) {
        return List.of();
    }
}
