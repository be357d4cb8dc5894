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
 * Profiles: each session edits its own and reloads it at once, and looks at that of another now and then (DDIA, fig. 5-3).
 */
public final class Profile implements Workload {
    private static final String RELOADS = "reloads";
    private static final String EDITS = "edits";

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String meaning() {
        return "each session edits its own profile and reloads it at once; shows that it does not see its own edit, and "
                + "whether it is lost, but no conflicts";
    }

    /** Its reads are of one key each, which are states of every order. */
    @Override
    public List<String> shows() {
        return REGISTERS.stream()
                .filter(guarantee -> !guarantee.equals("consistent-prefix"))
                .toList();
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(RELOADS, "2", "how often a session reloads after each edit"),
                new Option(EDITS, "10", "after so many edits a session begins another profile"));
    }

    @Override
    public String describe(Map<String, String> options) {
        return name() + " · edit, then reload " + new OptionValues(this, options).number(RELOADS, 1, 100) + " times";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        OptionValues values = new OptionValues(this, options);
        return Turns.of(
                new Editing(
                        values.number(RELOADS, 1, 100),
                        values.number(EDITS, 1, 1_000_000),
                        random.stream("profile/other")),
                PerSession.none());
    }

    /** The memory: how many requests each session has asked. */
    private record Editing(int reloads, int edits, KeyedRandom.Stream others) implements Turns.Rule<PerSession<Long>> {
        @Override
        public Optional<Turns.Turn<PerSession<Long>>> turn(
                PerSession<Long> steps, int session, int sessionCount, long asked) {
            long step = steps.of(session).orElse(0L);
            // an edit, its reloads, and a look at somebody else's profile
            int round = reloads + 2;
            long edit = step / round;
            int within = (int) (step % round);
            Request request = within == 0
                    ? Request.write(profile(session, edit), Value.of(asked + 1))
                    : within <= reloads
                            ? Request.read(profile(session, edit))
                            : Request.read(profile(others.below(sessionCount, asked), edit));
            return Turns.ask(request, steps.with(session, step + 1));
        }

        private Value profile(int session, long edit) {
            return Value.of("profile" + session + "." + edit / edits);
        }
    }
}
