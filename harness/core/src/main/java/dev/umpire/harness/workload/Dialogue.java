package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Questions and answers on different keys (DDIA, fig. 5-5): Mr Poons asks, Mrs Cake answers as soon as she has read the question,
 * and everybody else polls both, in one request where the target can.
 *
 * <p>Of every four sessions one asks, one answers, and two listen.
 */
public final class Dialogue implements Workload {
    private static final int ROLES = 4;
    private static final int POONS = 0;
    private static final int CAKE = 1;

    @Override
    public String name() {
        return "dialogue";
    }

    @Override
    public String meaning() {
        return "one session asks, another answers once it has read the question, others poll both keys; shows an answer "
                + "before its question, but nothing of lost writes";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Set<String> asks(Map<String, String> options) {
        return Set.of(Request.READ, Request.WRITE, Request.SNAPSHOT);
    }

    @Override
    public String describe(Map<String, String> options) {
        return name() + " · an answer follows its question on another key";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues ignored = new OptionValues(this, options);
        OptionValues.requireFunctions(this, functions, needs());
        return Turns.of(
                new Talking(functions.contains(Request.SNAPSHOT), random.stream("dialogue/polled")), new Talk(0, 0, 0));
    }

    /**
     * How far they are.
     *
     * @param asked the latest question that was written, from 1
     * @param heard the latest question that Mrs Cake has read
     * @param answered the latest that she has answered
     */
    private record Talk(long asked, long heard, long answered) {}

    private record Talking(boolean snapshots, KeyedRandom.Stream polled) implements Turns.Rule<Talk> {
        @Override
        public Optional<Turns.Turn<Talk>> turn(Talk talk, int session, int sessionCount, long asked) {
            int role = sessionCount < ROLES ? (int) (asked % ROLES) : session % ROLES;
            if (role == POONS && talk.asked() == talk.answered()) {
                long next = talk.asked() + 1;
                return Turns.ask(
                        Request.write(question(next), Value.of("q" + next)),
                        new Talk(next, talk.heard(), talk.answered()));
            }
            if (role == CAKE && talk.heard() > talk.answered()) {
                long now = talk.heard();
                return Turns.ask(
                        Request.write(answer(now), Value.of("a" + now)), new Talk(talk.asked(), talk.heard(), now));
            }
            long latest = Math.max(1, talk.asked());
            if (role == POONS || role == CAKE) {
                return Turns.ask(Request.read(role == CAKE ? question(latest) : answer(latest)), talk);
            }
            long of = Math.max(1, latest - polled.below(2, asked));
            return Turns.ask(
                    snapshots
                            ? Request.snapshot(List.of(question(of), answer(of)))
                            : Request.read(asked % 2 == 0 ? answer(of) : question(of)),
                    talk);
        }

        private static Value question(long number) {
            return Value.of("question" + number);
        }

        private static Value answer(long number) {
            return Value.of("answer" + number);
        }

        @Override
        public Talk answered(Talk talk, int session, Request request, Response response) {
            boolean cakeReads = session % ROLES == CAKE
                    && request.function().equals(Request.READ)
                    && request.key().equals(Optional.of(question(talk.asked())));
            if (cakeReads
                    && response instanceof Response.Ok ok
                    && ok.result().filter(seen -> !seen.equals(Value.NIL)).isPresent()) {
                return new Talk(talk.asked(), talk.asked(), talk.answered());
            }
            boolean lost =
                    !(response instanceof Response.Ok) && request.function().equals(Request.WRITE);
            // who asks in vain asks something new; an answer that is lost is given up
            return lost && session % ROLES == POONS && talk.asked() > talk.answered()
                    ? new Talk(talk.asked(), talk.heard(), talk.asked())
                    : talk;
        }
    }
}
