package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Unique names and ids: several sessions claim the same name at about the same time, or ask for an id that nobody else has.
 * Who was given one writes a row of his own next, where the target can write.
 */
public final class Claims implements Workload {
    private static final String RIVALS = "rivals";
    private static final String ROW = "row of ";
    private static final Value IDS = Value.of("ids");

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public String meaning() {
        return "sessions claim the same names at about the same time, or ask for ids, as the target can, and write a row for "
                + "each; shows names and ids that were given to two, and rows that are lost, but not names that nobody gets";
    }

    @Override
    public List<String> shows() {
        return List.of("uniqueness", "read-your-writes", "monotonic-reads", "durability", "eventual", "integrity");
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(RIVALS, "3", "how many claim one name"));
    }

    @Override
    public Set<String> needs() {
        return Set.of(Request.CLAIM);
    }

    @Override
    public Set<String> asks(Map<String, String> options) {
        return Set.of(Request.CLAIM, Request.GENERATE, Request.WRITE);
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
            OptionValues.requireFunctions(this, functions, needs());
        }
        boolean writes = functions.containsAll(Set.of(Request.WRITE, Request.READ));
        return Turns.of(new Claiming(rivals, claims, generates, writes), new Given(0, PerSession.none()));
    }

    /** The rows are read; who was given what is in the recording. */
    @Override
    public List<Request> finalReads(Collection<Value> keys, List<Node> nodes) {
        List<Value> rows = new ArrayList<>();
        for (Value key : keys) {
            if (key instanceof Value.Text text && text.value().startsWith(ROW)) {
                rows.add(key);
            }
        }
        return Workload.super.finalReads(rows, nodes);
    }

    /**
     * What was given.
     *
     * @param tried how many names and ids were asked for
     * @param rows by session, the row that it writes next
     */
    private record Given(long tried, PerSession<Value> rows) {
        Given oneMoreTried() {
            return new Given(tried + 1, rows);
        }

        Given with(int session, Value row) {
            return new Given(tried, rows.with(session, row));
        }

        Given without(int session) {
            return new Given(tried, rows.without(session));
        }
    }

    private record Claiming(int rivals, boolean claims, boolean generates, boolean writes)
            implements Turns.Rule<Given> {
        @Override
        public Optional<Turns.Turn<Given>> turn(Given given, int session, int sessionCount, long asked) {
            Optional<Value> row = given.rows().of(session);
            if (row.isPresent()) {
                return Turns.ask(Request.write(row.get(), Value.of(asked + 1)), given.without(session));
            }
            long tried = given.tried();
            boolean claim = claims && !(generates && tried % 2 == 1);
            Request request = claim
                    ? Request.of(
                            Request.CLAIM, Value.of("name" + tried / (generates ? 2L * rivals : rivals)), Value.NIL)
                    : Request.of(Request.GENERATE, IDS, Value.NIL);
            return Turns.ask(request, given.oneMoreTried());
        }

        @Override
        public Given answered(Given given, int session, Request request, Response response) {
            if (!writes || !(response instanceof Response.Ok ok)) {
                return given;
            }
            return switch (request.function()) {
                case Request.CLAIM -> given.with(session, row(request.key().orElse(Value.NIL)));
                case Request.GENERATE -> given.with(session, row(ok.result().orElse(Value.NIL)));
                default -> given;
            };
        }

        private static Value row(Value given) {
            return Value.of(ROW + (given instanceof Value.Text text ? text.value() : given.toString()));
        }
    }
}
