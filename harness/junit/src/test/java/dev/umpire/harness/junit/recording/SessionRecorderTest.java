package dev.umpire.harness.junit.recording;

import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.histories.History;
import dev.umpire.histories.Operation;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // it does not read on 17 that an answer may be null
class SessionRecorderTest {
    private final Map<String, Object> store = new ConcurrentHashMap<>();

    @Test
    void aSessionThatSeesItsOwnWritePasses() {
        try (SessionRecorder recorder = SessionRecorder.inMemory()) {
            RecordedSession alice = recorder.session("alice");
            alice.write("cart", 3, () -> store.put("cart", 3));
            Object seen = alice.at("b").read("cart", () -> store.get("cart"));

            assertThat(seen).isEqualTo(3);
            assertThat(recorder.history()).readsItsOwnWrites();
            assertThat(recorder.history().operation(1).node()).isEqualTo(Optional.of("b"));
        }
    }

    @Test
    void aSessionThatDoesNotSeeItsOwnWriteIsShown() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        RecordedSession alice = recorder.session("alice");
        alice.write("cart", 3, () -> {});
        alice.read("cart", () -> null);

        assertThat(recorder.history()).breaks(READ_YOUR_WRITES).withWitness(0, 1);
    }

    @Test
    void whatThrowsIsUnknownUnlessItIsDeclaredCertain() {
        SessionRecorder recorder = SessionRecorder.inMemory(failure -> failure instanceof ConnectException);
        RecordedSession alice = recorder.session("alice");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> alice.write("k", 1, () -> {
                    throw new IOException("reset");
                }));
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> alice.write("k", 2, () -> {
                    throw new ConnectException("refused");
                }));
        CompletionStage<Void> failing = alice.writeAsync(
                "k",
                3,
                () -> CompletableFuture.runAsync(() -> {
                    throw new java.io.UncheckedIOException(new IOException("late"));
                }));
        assertThat(failing).failsWithin(10, TimeUnit.SECONDS);

        assertThat(outcomes(recorder.history())).containsExactly(Outcome.INFO, Outcome.FAIL, Outcome.INFO);
    }

    @Test
    void aCompareAndSetThatFoundAnotherValueCertainlyFailed() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        RecordedSession alice = recorder.session("alice");
        store.put("k", 1);
        alice.write("k", 1, () -> {});

        assertThat(alice.cas("k", 1, 2, () -> store.replace("k", 1, 2))).isTrue();
        assertThat(alice.cas("k", 1, 3, () -> store.replace("k", 1, 3))).isFalse();
        assertThat(alice.<Object, RuntimeException>read("k", () -> store.get("k")))
                .isEqualTo(2);

        assertThat(outcomes(recorder.history())).containsExactly(Outcome.OK, Outcome.OK, Outcome.FAIL, Outcome.OK);
        assertThat(recorder.history()).isLinearizable();
    }

    @Test
    void listsSnapshotsAndOtherFunctionsAreWhatCheckersKnow() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        RecordedSession alice = recorder.session("alice");
        alice.append("log", "a", () -> {});
        alice.append("log", "b", () -> {});
        List<String> log = alice.read("log", () -> List.of("a", "b"));
        assertThat(log).hasSize(2);
        assertThat(recorder.history()).isLinearizable();

        SessionRecorder other = SessionRecorder.inMemory();
        other.session("bob").write("x", 1, () -> {});
        Map<String, Integer> both = new HashMap<>();
        both.put("x", 1);
        both.put("y", null);
        other.session("bob").snapshot(List.of("x", "y"), () -> both);
        assertThat(other.history()).isLinearizable();

        SessionRecorder counting = SessionRecorder.inMemory();
        counting.session("carol").operation("increment", "hits", 2, () -> null);
        counting.session("carol").read("hits", () -> 2);
        assertThat(counting.history(ReadOptions.DEFAULT.withInitial(Value.of(0))))
                .satisfies(Guarantee.COUNTER);
    }

    @Test
    void asynchronousOperationsMayOverlapWithinASession() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        RecordedSession alice = recorder.session("alice");
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<Integer> second = new CompletableFuture<>();

        CompletionStage<String> writing = alice.writeAsync("k", 1, () -> first);
        CompletionStage<Integer> reading = alice.readAsync("k", () -> second);
        first.complete("done");
        second.complete(1);
        alice.appendAsync("l", 5, () -> CompletableFuture.completedFuture(null));
        alice.casAsync("m", 1, 2, () -> CompletableFuture.completedFuture(false));

        assertThat(writing).isCompletedWithValue("done");
        assertThat(reading).isCompletedWithValue(1);
        History history = recorder.history();
        assertThat(outcomes(history)).containsExactly(Outcome.OK, Outcome.OK, Outcome.OK, Outcome.FAIL);
        assertThat(history.completed(0)).isGreaterThan(history.invoked(1));
        assertThat(history.sessionCount()).isEqualTo(1);
    }

    @Test
    void whatIsUnderWayIsUnknownAndEndsLater() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletionStage<String> writing = recorder.session("alice").writeAsync("k", 1, () -> answer);

        assertThat(outcomes(recorder.history())).containsExactly(Outcome.INFO);
        recorder.close();
        answer.complete("late");

        assertThat(writing).isCompleted();
        assertThat(outcomes(recorder.history())).containsExactly(Outcome.OK);
        assertThatIllegalStateException()
                .isThrownBy(() -> recorder.session("alice").write("k", 2, () -> {}));
    }

    @Test
    void atOneInstantInvocationsStandBeforeCompletions() {
        AtomicLong clock = new AtomicLong();
        SessionRecorder recorder = new SessionRecorder(clock::get, failure -> false);
        clock.set(1);
        CompletableFuture<Integer> read = new CompletableFuture<>();
        recorder.session("alice").writeAsync("k", 1, () -> {
            clock.set(2);
            return CompletableFuture.completedFuture(null);
        });
        CompletionStage<Integer> reading = recorder.session("bob").readAsync("k", () -> read);
        clock.set(3);
        read.complete(null);

        assertThat(reading).isCompleted();
        assertThat(recorder.history()).isLinearizable();
        assertThat(recorder.history().completed(0))
                .isGreaterThan(recorder.history().invoked(1));
    }

    @Test
    void anAnswerWhoseContentIsNotKnownIsRefused() {
        SessionRecorder recorder = SessionRecorder.inMemory();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorder.session("alice").read("k", Object::new))
                .withMessageContaining("found a java.lang.Object")
                .withMessageContaining("hand over the part of it that tells it apart");
        assertThat(outcomes(recorder.history())).containsExactly(Outcome.INFO);
    }

    @Test
    void whatIsChangedAfterwardsStaysAsItWas() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        List<Integer> live = new ArrayList<>(List.of(1));
        recorder.session("alice").append("k", 1, () -> {});
        recorder.session("alice").read("k", () -> live);
        live.add(2);

        History history = recorder.history();
        assertThat(history.value(history.result(1))).isEqualTo(Value.of(List.of(Value.of(1))));
    }

    @Test
    void operationsOfALongSessionAreWhatTheyWereWhateverStoodBeforeThem() {
        SessionRecorder recorder = SessionRecorder.inMemory();
        RecordedSession alice = recorder.session("alice");
        List<Object> kinds = List.of("text", 7, true, 0.5, List.of("a", 1), Optional.empty(), Optional.of("b"), 0);
        List<Value> asked = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Object key = kinds.get(i % 5);
            Object value = kinds.get(i % 7);
            alice.at("n" + i % 3)
                    .<Object, RuntimeException>operation("swap", key, value, () -> kinds.get(key == value ? 0 : 7));
            asked.add(Value.of(List.of(
                    Value.of("n" + i % 3),
                    AsValue.of(key),
                    AsValue.of(value),
                    key == value ? Value.of("text") : Value.of(0))));
        }

        History history = recorder.history();
        List<Value> recorded = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Operation one = history.operation(i);
            recorded.add(Value.of(List.of(
                    Value.of(one.node().orElseThrow()), one.key().orElseThrow(), one.argument(), one.result())));
        }
        assertThat(recorded).isEqualTo(asked);
    }

    @Test
    void manyThreadsAtAConsistentStoreAreNeverFoundWrongWhileTheyGoOn() throws Exception {
        SessionRecorder recorder = SessionRecorder.inMemory();
        AtomicLong next = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong register = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int t = 0; t < 4; t++) {
                RecordedSession session = recorder.session("s" + t);
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 2_000 && !over.get(); i++) {
                        long value = next.incrementAndGet();
                        session.write("k", value, () -> register.set(value));
                        session.read("k", register::get);
                    }
                }));
            }
            for (int i = 0; i < 5; i++) {
                History history = recorder.history(ReadOptions.DEFAULT.withInitial(Value.of(0)));
                assertThat(Guarantee.LINEARIZABLE.check(history).answer()).isNotEqualTo(Answer.INVALID);
                assertThat(Guarantee.INTEGRITY.check(history).answer()).isNotEqualTo(Answer.INVALID);
            }
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        assertThat(recorder.history(ReadOptions.DEFAULT.withInitial(Value.of(0)))
                        .size())
                .isEqualTo(16_000);
        assertThat(recorder.history(ReadOptions.DEFAULT.withInitial(Value.of(0))))
                .isLinearizable()
                .readsItsOwnWrites();
    }

    private static List<Outcome> outcomes(History history) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int operation = 0; operation < history.size(); operation++) {
            outcomes.add(history.outcome(operation));
        }
        return outcomes;
    }
}
