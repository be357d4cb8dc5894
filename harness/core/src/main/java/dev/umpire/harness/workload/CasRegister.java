package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Registers with compare-and-set: sessions replace the value that somebody saw last by one that nobody wrote before, write,
 * and read.
 */
public final class CasRegister implements Workload {
    private static final String WRITES = "write-percent";
    private static final String SWAPS = "cas-percent";

    @Override
    public String name() {
        return "cas-register";
    }

    @Override
    public String meaning() {
        return "sessions replace what was seen last by a new value, write and read; shows lost updates and split brain, but "
                + "nothing across keys, for stores that compare and set";
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(4),
                KeysInUse.retireEvery(60),
                new Option(WRITES, "20", "how many of 100 requests write without a condition"),
                new Option(SWAPS, "40", "how many of 100 requests compare and set"));
    }

    @Override
    public Set<String> needs() {
        return Set.of(Request.READ, Request.WRITE, Request.CAS);
    }

    @Override
    public Set<String> asks(Map<String, String> options) {
        return new OptionValues(this, options).number(SWAPS, 0, 100) > 0
                ? needs()
                : Set.of(Request.READ, Request.WRITE);
    }

    @Override
    public String describe(Map<String, String> options) {
        return KeysInUse.describe(this, options, "key");
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        OptionValues values = new OptionValues(this, options);
        int writes = values.number(WRITES, 0, 100);
        return Turns.of(
                new Swapping(
                        KeysInUse.of("x", values, random.stream("cas-register/key")),
                        random.stream("cas-register/function"),
                        writes,
                        values.number(SWAPS, 0, 100 - writes)),
                new Seen(Map.of()));
    }

    /** What was last seen of the keys in use. */
    private record Seen(Map<Value, Value> last) {
        /** Older keys are retired; nobody swaps them again. */
        private static final int MOST_KEYS = 64;

        Seen with(Value key, Value value) {
            if (value.equals(last.get(key))) {
                return this;
            }
            Map<Value, Value> changed = new HashMap<>(last);
            changed.put(key, value);
            return new Seen(changed.size() > MOST_KEYS ? Map.of() : Map.copyOf(changed));
        }
    }

    private record Swapping(KeysInUse keys, KeyedRandom.Stream functions, int writes, int swaps)
            implements Turns.Rule<Seen> {
        @Override
        public Optional<Turns.Turn<Seen>> turn(Seen seen, int session, int sessionCount, long asked) {
            int drawn = functions.below(100, asked);
            Value key = keys.key(asked);
            Value fresh = Value.of(asked + 1);
            if (drawn < writes) {
                return Turns.ask(Request.write(key, fresh), seen);
            }
            if (drawn < writes + swaps) {
                Value old = seen.last().getOrDefault(key, Value.NIL);
                return Turns.ask(Request.of(Request.CAS, key, Value.of(List.of(old, fresh))), seen);
            }
            return Turns.ask(Request.read(key), seen);
        }

        @Override
        public Seen answered(Seen seen, int session, Request request, Response response) {
            if (request.finalPhase() || !(response instanceof Response.Ok ok)) {
                return seen;
            }
            Value key = request.key().orElseThrow();
            return switch (request.function()) {
                case Request.READ -> seen.with(key, ok.result().orElse(Value.NIL));
                case Request.CAS ->
                    seen.with(
                            key,
                            ((Value.Sequence) request.argument()).elements().get(1));
                default -> seen.with(key, request.argument());
            };
        }
    }
}
