package dev.umpire.harness.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the workloads ask of a store that does everything right at once. */
class WorkloadsTest {
    private static final int SESSIONS = 8;
    private static final Set<String> ALL = Set.of(
            Request.READ,
            Request.WRITE,
            Request.SNAPSHOT,
            Request.CAS,
            Request.APPEND,
            Request.ADD,
            Request.REMOVE,
            Request.INCREMENT,
            Request.TRANSFER,
            Request.GENERATE,
            Request.CLAIM,
            Request.SEND,
            Request.POLL,
            Request.SUBSCRIBE);

    static List<Workload> workloads() {
        return Workloads.all();
    }

    /** What one session asked and was answered. */
    private record Asked(int session, Request request, Response response) {
        boolean is(String function) {
            return request.function().equals(function);
        }

        Value result() {
            return ((Response.Ok) response).result().orElseThrow();
        }
    }

    @Test
    void theUsualOneIsTheFirstThatClientsUnderstand() {
        assertThat(Workloads.usual(ALL).name()).isEqualTo("register");
        assertThat(Workloads.usual(Set.of(Request.SEND, Request.POLL)).name()).isEqualTo("log");
        assertThat(Workloads.usual(Set.of(Request.READ, Request.ADD)).name()).isEqualTo("set");
        assertThat(Workloads.usual(Set.of(Request.GENERATE)).name())
                .as("whose refusal says what is missing")
                .isEqualTo("register");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void aMeaningSaysInOneLineWhatShowsAndWhatDoesNot(Workload workload) {
        assertThat(workload.meaning()).matches(".+; shows .+,? but (no|not|nothing|neither) .+");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void aWorkloadGoesWithWhatItNeedsAndIsRefusedWithoutAnyOfIt(Workload workload) {
        KeyedRandom random = new KeyedRandom(1);
        assertThat(workload.generator(Map.of(), workload.needs(), random)).isNotNull();
        for (String function : workload.needs()) {
            Set<String> fewer = new HashSet<>(workload.needs());
            fewer.remove(function);
            assertThatThrownBy(() -> workload.generator(Map.of(), fewer, random))
                    .hasMessageContaining("which needs the function " + function);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void noValueIsWrittenTwiceToAKey(Workload workload) {
        Set<List<Object>> written = new HashSet<>();
        for (Asked asked : asked(workload, ALL, 3_000)) {
            Request request = asked.request();
            if (Set.of(Request.WRITE, Request.APPEND, Request.ADD, Request.SEND).contains(request.function())) {
                assertThat(written.add(List.of(request.key().orElseThrow(), request.argument())))
                        .as("%s is new", request)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void theSameSeedAsksTheSameAndIsOnlyAskedWhatTheTargetUnderstands(Workload workload) {
        List<Asked> once = asked(workload, ALL, 500);

        assertThat(asked(workload, ALL, 500)).isEqualTo(once);
        assertThat(once)
                .allSatisfy(one -> assertThat(ALL).contains(one.request().function()));
        assertThat(once).extracting(Asked::session).containsAll(List.of(0, 1, 2, 3));
    }

    /** What it asks decides which guarantees can be judged of a store: one too many there, and what cannot be decided is asked. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void whatItMayAskIsWhatItAsksOfOneStoreOrAnother(Workload workload) {
        Set<String> functions = new HashSet<>();
        for (Set<String> understood : List.of(ALL, workload.needs())) {
            asked(workload, understood, 2_000)
                    .forEach(one -> functions.add(one.request().function()));
        }

        assertThat(workload.asks(Map.of())).isEqualTo(functions).containsAll(workload.needs());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void whatItCannotDoWithoutIsSaid(Workload workload) {
        assertThatThrownBy(() -> workload.generator(Map.of(), Set.of(Request.SNAPSHOT), new KeyedRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("workload: found " + workload.name() + ", which needs the function ")
                .hasMessageEndingWith(", but the target understands only [snapshot]");
        assertThatThrownBy(() -> workload.generator(Map.of("colour", "3"), ALL, new KeyedRandom(1)))
                .hasMessageStartingWith("option of " + workload.name() + ": found colour, expected ");
        assertThat(workload.describe(Map.of())).startsWith(workload.name() + " · ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void whatItShowsHasAChecker(Workload workload) {
        assertThat(workload.shows())
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(Guarantee.named(name).name()).isEqualTo(name));
    }

    @Test
    void theGuaranteesOfRegistersAreThoseThatAreJudgedByDefault() {
        assertThat(Workload.REGISTERS)
                .isEqualTo(Guarantee.defaults().stream().map(Guarantee::name).toList());
    }

    @Test
    void theNamesAreThoseOfTheDesign() {
        assertThat(Workloads.all())
                .extracting(Workload::name)
                .contains(
                        "register",
                        "baseball",
                        "dialogue",
                        "profile",
                        "comments",
                        "list-append",
                        "set",
                        "counter",
                        "cas-register",
                        "claims",
                        "cart",
                        "bank",
                        "log");
    }

    @Test
    void anAnswerIsWrittenOnlyAfterItsQuestionWasRead() {
        Set<String> heard = new HashSet<>();
        int answers = 0;
        for (Asked asked : asked(Workloads.named("dialogue"), ALL, 2_000)) {
            String key = asked.request().key().map(Value::toString).orElse("");
            if (asked.is(Request.READ)
                    && asked.session() % 4 == 1
                    && !asked.result().equals(Value.NIL)) {
                heard.add(key.replace("question", "answer"));
            } else if (asked.is(Request.WRITE) && key.contains("answer")) {
                assertThat(heard).contains(key);
                answers++;
            }
        }
        assertThat(answers).isGreaterThan(100);
    }

    @Test
    void aCartIsOnlyRelievedOfWhatWasPutInForCertainAndOnce() {
        Set<List<Object>> inside = new HashSet<>();
        int removed = 0;
        for (Asked asked : asked(Workloads.named("cart"), ALL, 2_000)) {
            List<Object> item =
                    List.of(asked.request().key().orElseThrow(), asked.request().argument());
            if (asked.is(Request.ADD)) {
                inside.add(item);
            } else if (asked.is(Request.REMOVE)) {
                assertThat(inside.remove(item)).as("%s", item).isTrue();
                removed++;
            }
        }
        assertThat(removed).isGreaterThan(300);
    }

    @Test
    void aSessionReloadsItsOwnProfileAfterEachEdit() {
        Map<Integer, List<Asked>> bySession = new HashMap<>();
        asked(Workloads.named("profile"), ALL, 800)
                .forEach(one -> bySession
                        .computeIfAbsent(one.session(), absent -> new ArrayList<>())
                        .add(one));
        for (List<Asked> all : bySession.values()) {
            for (int i = 0; i + 2 < all.size(); i += 4) {
                assertThat(all.get(i).request().function()).isEqualTo(Request.WRITE);
                assertThat(all.get(i + 1).request())
                        .isEqualTo(Request.read(all.get(i).request().key().orElseThrow()));
                assertThat(all.get(i + 2).request()).isEqualTo(all.get(i + 1).request());
            }
        }
    }

    @Test
    void aThreadIsReadThreeTimesInARow() {
        Map<Integer, List<Asked>> bySession = new HashMap<>();
        asked(Workloads.named("comments"), ALL, 800)
                .forEach(one -> bySession
                        .computeIfAbsent(one.session(), absent -> new ArrayList<>())
                        .add(one));
        for (List<Asked> all : bySession.values()) {
            for (int i = 0; i + 2 < all.size(); i++) {
                if (all.get(i).is(Request.READ)) {
                    assertThat(all.get(i + 1).request()).isEqualTo(all.get(i).request());
                    assertThat(all.get(i + 2).request()).isEqualTo(all.get(i).request());
                    i += 2;
                }
            }
        }
        assertThat(asked(Workloads.named("comments"), Set.of(Request.READ, Request.WRITE), 100))
                .noneMatch(one -> one.is(Request.APPEND));
    }

    @Test
    void whatIsSwappedWasSeen() {
        List<Asked> all = asked(Workloads.named("cas-register"), ALL, 1_000);
        long swapped = all.stream()
                .filter(one -> one.is(Request.CAS) && one.response() instanceof Response.Ok)
                .count();
        long tried = all.stream().filter(one -> one.is(Request.CAS)).count();

        assertThat(swapped).isGreaterThan(tried / 2);
    }

    @Test
    void threeClaimANameAndOneGetsIt() {
        Map<Value, List<Asked>> byName = new HashMap<>();
        asked(Workloads.named("claims"), Set.of(Request.CLAIM), 300)
                .forEach(one -> byName.computeIfAbsent(one.request().key().orElseThrow(), absent -> new ArrayList<>())
                        .add(one));
        assertThat(byName).hasSize(100);
        assertThat(byName.values()).allSatisfy(claims -> {
            assertThat(claims)
                    .extracting(Asked::session)
                    .doesNotHaveDuplicates()
                    .hasSize(3);
            assertThat(claims)
                    .filteredOn(one -> one.response() instanceof Response.Ok)
                    .hasSize(1);
        });
        assertThat(asked(Workloads.named("claims"), Set.of(Request.GENERATE), 10))
                .allMatch(one -> one.is(Request.GENERATE));
    }

    @Test
    void theScorekeeperAloneWritesTheScoreAndTheStatisticianTheSeason() {
        List<Asked> all = asked(Workloads.named("baseball"), ALL, 3_000);
        Map<Value, Long> runs = new HashMap<>();
        long season = 0;
        for (Asked asked : all) {
            if (asked.is(Request.WRITE)) {
                Value key = asked.request().key().orElseThrow();
                if (key.equals(Value.of("season-runs"))) {
                    assertThat(asked.session()).isEqualTo(4);
                    season++;
                } else {
                    assertThat(asked.session()).isZero();
                    assertThat(asked.request().argument()).isEqualTo(Value.of(runs.merge(key, 1L, Long::sum)));
                }
            }
        }
        assertThat(season).isGreaterThan(5);
        assertThat(all).filteredOn(one -> one.session() == 1).isNotEmpty();
    }

    private static List<Asked> asked(Workload workload, Set<String> functions, int count) {
        KeyedRandom random = new KeyedRandom(3);
        Generator generator = workload.generator(Map.of(), functions, random);
        Map<Value, Value> store = new HashMap<>();
        List<Asked> all = new ArrayList<>();
        LinkedHashSet<Integer> free =
                new LinkedHashSet<>(IntStream.range(0, SESSIONS).boxed().toList());
        while (all.size() < count) {
            Step step = generator.next(context(random, free));
            Step.Emit emit = (Step.Emit) step;
            Action.Ask ask = (Action.Ask) emit.action();
            int session = ask.session().orElse(free.iterator().next());
            Response response = answer(store, ask.request());
            all.add(new Asked(session, ask.request(), response));
            // whoever was asked last stands at the end of the queue
            free.remove(session);
            free.add(session);
            generator = emit.rest()
                    .update(context(random, free), new Completion.Answered(session, ask.request(), response));
        }
        return all;
    }

    private static Context context(KeyedRandom random, Set<Integer> free) {
        return new Context(0, random, SESSIONS, List.copyOf(free), List.of(new Node("n1")), true);
    }

    private static Response answer(Map<Value, Value> store, Request request) {
        Value key = request.key().orElse(Value.NIL);
        Value now = store.getOrDefault(key, Value.NIL);
        return switch (request.function()) {
            case Request.READ -> Response.ok(now);
            case Request.SNAPSHOT, Request.POLL, Request.SUBSCRIBE -> Response.ok(Value.NIL);
            case Request.GENERATE -> Response.ok(Value.of(store.size()));
            case Request.CLAIM ->
                store.putIfAbsent(key, Value.of(true)) == null ? Response.done() : new Response.Fail("taken");
            case Request.CAS -> {
                List<Value> swap = ((Value.Sequence) request.argument()).elements();
                if (!swap.get(0).equals(now)) {
                    yield new Response.Fail("another value");
                }
                store.put(key, swap.get(1));
                yield Response.done();
            }
            default -> {
                store.put(key, request.argument());
                yield Response.done();
            }
        };
    }
}
