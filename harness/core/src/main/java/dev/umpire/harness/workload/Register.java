package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registers: sessions write values that nobody wrote before, and read, one key or several in one request. The keys are those
 * of {@link KeysInUse}.
 */
public final class Register implements Workload {

    private static final String WRITES = "write-percent";
    private static final String SNAPSHOTS = "snapshot-percent";

    private static final int MOST_KEYS_OF_A_SNAPSHOT = 3;

    @Override
    public String name() {
        return "register";
    }

    @Override
    public String meaning() {
        return "sessions write values that nobody wrote before and read single keys or several in one request; shows stale, "
                + "lost and reordered writes, but not lost updates, as nobody writes what depends on a read";
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(8),
                KeysInUse.retireEvery(50),
                new Option(WRITES, "45", "how many of 100 requests write"),
                new Option(
                        SNAPSHOTS,
                        "10",
                        "how many of 100 requests read two or three keys at once, where the target can"));
    }

    @Override
    public Set<String> asks(Map<String, String> options) {
        return Mixture.of(options).hasSnapshots()
                ? Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT)
                : Set.of(Request.READ, Request.WRITE);
    }

    @Override
    public String describe(Map<String, String> options) {
        return KeysInUse.describe(this, options, "key");
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        Mixture mixture = Mixture.of(options);
        return new Requests(
                functions.contains(Request.SNAPSHOT) ? mixture : mixture.withoutSnapshots(),
                random.stream("register/function"),
                KeysInUse.of("x", new OptionValues(this, options), random.stream("register/key")),
                0,
                0);
    }

    /** What is asked how often; percentages of all requests. */
    private record Mixture(int keys, int writePercent, int snapshotPercent) {

        static Mixture of(Map<String, String> given) {
            OptionValues options = new OptionValues(new Register(), given);
            int writes = options.number(WRITES, 1, 100);
            return new Mixture(
                    options.number(KeysInUse.KEYS, 1, KeysInUse.MOST_KEYS),
                    writes,
                    options.number(SNAPSHOTS, 0, 100 - writes));
        }

        boolean hasSnapshots() {
            return snapshotPercent > 0 && keys > 1;
        }

        Mixture withoutSnapshots() {
            return new Mixture(keys, writePercent, 0);
        }
    }

    /**
     * The requests that follow.
     *
     * @param asked how many were asked
     * @param written how many of them write
     */
    private record Requests(Mixture mixture, KeyedRandom.Stream functions, KeysInUse keys, long asked, long written)
            implements Generator {

        @Override
        public Step next(Context context) {
            if (!context.anyFree()) {
                return new Step.Pending(this);
            }
            int drawn = functions.below(100, asked);
            if (drawn < mixture.writePercent()) {
                Value value = Value.of(written + 1);
                return emit(Request.write(keys.key(asked), value), written + 1);
            }
            if (drawn < mixture.writePercent() + mixture.snapshotPercent() && mixture.keys() > 1) {
                return emit(Request.snapshot(severalKeys()), written);
            }
            return emit(Request.read(keys.key(asked)), written);
        }

        private Step emit(Request request, long nowWritten) {
            return new Step.Emit(
                    new Action.Ask(request), new Requests(mixture, functions, keys, asked + 1, nowWritten));
        }

        private List<Value> severalKeys() {
            int most = Math.min(MOST_KEYS_OF_A_SNAPSHOT, mixture.keys());
            int count = (int) keys.draws().split(asked).between(2, most, 1);
            List<Value> several = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                several.add(keys.key(asked, i));
            }
            return several;
        }
    }
}
