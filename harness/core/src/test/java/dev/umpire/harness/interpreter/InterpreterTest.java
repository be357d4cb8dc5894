package dev.umpire.harness.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.ArrivalTimes;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InterpreterTest {

    private static final long TIMEOUT_NANOS = 1_000_000;

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(1));
    private final List<Event> events = new ArrayList<>();

    /** Answers after as many nanoseconds as the key's name says. */
    private class Store implements Cluster {
        private final List<String> connections = new ArrayList<>();

        CompletionStage<Response> answer(Request request) {
            CompletableFuture<Response> answer = new CompletableFuture<>();
            environment.schedule(
                    Long.parseLong(request.key().orElseThrow().toString()),
                    () -> answer.complete(Response.ok(Value.of("seen"))));
            return answer;
        }

        @Override
        public List<Node> nodes() {
            return List.of(new Node("n1"), new Node("n2"), new Node("n3"));
        }

        @Override
        public Client connect(Session session, Node home) {
            connections.add("session " + session.number() + " at " + home);
            return new Client() {
                @Override
                public Node route(Request request) {
                    return home;
                }

                @Override
                public CompletionStage<Response> invoke(Request request, Node node) {
                    return answer(request);
                }

                @Override
                public void close() {
                    connections.add("session " + session.number() + " closed");
                }
            };
        }

        @Override
        public CompletionStage<Optional<Node>> leader() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public FaultControl faults() {
            throw new UnsupportedOperationException("nobody strikes");
        }

        @Override
        public CompletionStage<Convergence> convergence() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public CompletionStage<Void> stop() {
            throw new UnsupportedOperationException("nobody stops");
        }
    }

    @Test
    void ofOperationsThatTouchTheSecondIsInvokedBeforeTheFirstCompletes() {
        run(
                new Store(),
                2,
                Generators.any(List.of(
                        Generators.inOrder(List.of(ask(0, "20"))),
                        Generators.delay(20, Generators.inOrder(List.of(ask(1, "5")))))));

        assertThat(told()).containsExactly("0 invoke 0", "20 invoke 1", "20 ok 0", "25 ok 1");
    }

    @Test
    void aSessionAsksAgainAfterTheInstantOfItsAnswer() {
        run(new Store(), 2, Generators.inOrder(List.of(ask(0, "20"), ask(1, "20"), ask(0, "7"), ask(1, "7"))));

        assertThat(told())
                .containsExactly(
                        "0 invoke 0",
                        "0 invoke 1",
                        "20 ok 0",
                        "20 ok 1",
                        "21 invoke 0",
                        "21 invoke 1",
                        "28 ok 0",
                        "28 ok 1");
    }

    @Test
    void anAnswerWithoutAnyDelayStillCompletesAfterItsInvocation() {
        Store immediate = new Store() {
            @Override
            CompletionStage<Response> answer(Request request) {
                return CompletableFuture.completedFuture(Response.ok(Value.NIL));
            }
        };

        run(immediate, 1, Generators.inOrder(List.of(ask(0, "a"), ask(0, "b"))));

        assertThat(told()).containsExactly("0 invoke 0", "0 ok 0", "1 invoke 0", "1 ok 0");
    }

    @Test
    void aLateAnswerIsIgnoredAndTheSessionGoesOnInANewProcessOnANewConnection() {
        Store store = new Store();

        run(store, 4, Generators.inOrder(List.of(ask(2, "1000001"), ask(2, "20000000"), ask(2, "5"))));

        assertThat(events.stream()
                        .map(event ->
                                event.type() + " process " + event.process().orElseThrow()))
                .containsExactly(
                        "INVOKE process 2",
                        "INFO process 2",
                        "INVOKE process 6",
                        "INFO process 6",
                        "INVOKE process 10",
                        "OK process 10");
        assertThat(events.get(1).error()).contains(Value.of("timeout after 1 ms"));
        assertThat(store.connections).hasSize(6).element(1).isEqualTo("session 2 closed");
    }

    @Test
    void whatTheStoreReportsStandsOnTheCompletion() {
        Store reporting = new Store() {
            @Override
            CompletionStage<Response> answer(Request request) {
                return CompletableFuture.completedFuture(Response.ok(Value.of(9))
                        .by(new Node("n3"))
                        .withVersion(4)
                        .withPosition(5)
                        .asOf(6)
                        .withSiblings(List.of(Value.of(8), Value.of(9))));
            }
        };

        run(reporting, 1, Generators.inOrder(List.of(ask(0, "a"))));

        Event ok = events.get(1);
        assertThat(ok.value()).contains(Value.of(9));
        assertThat(ok.node()).contains("n3");
        assertThat(ok.version()).hasValue(4);
        assertThat(ok.position()).hasValue(5);
        assertThat(ok.asOf()).hasValue(6);
        assertThat(ok.extras()).containsEntry(Value.keyword("siblings"), Value.of(List.of(Value.of(8), Value.of(9))));
        assertThat(ok.key()).contains(Value.of("a"));
        assertThat(events.get(0).node()).isNotEqualTo(Optional.of("n3"));
    }

    @Test
    void aConnectionThatCannotBeMadeIsAFailureAndTheSessionRests() {
        Store unreachable = new Store() {
            @Override
            public Client connect(Session session, Node home) {
                throw new IllegalStateException("refused");
            }
        };

        run(unreachable, 1, Generators.inOrder(List.of(ask(0, "a"), ask(0, "b"))));

        assertThat(told()).containsExactly("0 invoke 0", "0 fail 0", "10000001 invoke 0", "10000001 fail 0");
        assertThat(events.get(1).error()).contains(Value.of("no connection: IllegalStateException: refused"));
    }

    @Test
    void aSessionMovesAfterItsNumberOfOperationsAndNeverStaysWhereItIs() {
        Store store = new Store();
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            actions.add(ask(0, "5"));
        }

        run(store, 1, Generators.inOrder(actions));

        List<String> homes =
                store.connections.stream().filter(one -> one.contains(" at ")).toList();
        assertThat(homes).hasSize(20);
        for (int i = 1; i < homes.size(); i++) {
            assertThat(homes.get(i)).isNotEqualTo(homes.get(i - 1));
        }
        assertThat(homes).contains("session 0 at n1", "session 0 at n2", "session 0 at n3");
    }

    @Test
    void whatArrivesWhileEverySessionIsBusyIsRecordedWhenItIsAskedAndSaysWhenItWasToBe() {
        // one arrives every 10 ns, one session is answered after 25 ns
        run(
                new Store(),
                1,
                Generators.limit(
                        3,
                        Generators.arrivals(
                                new ArrivalTimes("arrivals", 1e8, true),
                                Generators.requests(number -> Request.read(Value.of(25))))));

        assertThat(told())
                .containsExactly("10 invoke 0", "35 ok 0", "36 invoke 0", "61 ok 0", "62 invoke 0", "87 ok 0");
        assertThat(events.stream().map(Event::extras))
                .containsExactly(
                        Map.of(),
                        Map.of(),
                        Map.of(Event.INTENDED, Value.of(20)),
                        Map.of(),
                        Map.of(Event.INTENDED, Value.of(30)),
                        Map.of());
    }

    private void run(Store store, int sessions, Generator generator) {
        Interpreter interpreter =
                new Interpreter(environment, store, new SessionLimits(sessions, 3, TIMEOUT_NANOS), events::add);
        environment.await("the generator", interpreter.run(generator));
        assertThat(interpreter.close()).isEmpty();
    }

    private static Action ask(int session, String key) {
        return new Action.Ask(Request.read(Value.of(key)), OptionalInt.of(session));
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.time().orElseThrow() + " "
                        + (event.type() == EventType.INVOKE
                                ? "invoke"
                                : event.type().name().toLowerCase(java.util.Locale.ROOT))
                        + " " + event.session().orElseThrow())
                .toList();
    }
}
