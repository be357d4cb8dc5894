package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That all keys together are judged as each by itself; {@code -Dumpire.seed=N} begins with another seed. */
class PlainRegistersTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);
    private static final int KEYS = 3;

    @Test
    void aKeyHoldsIffItIsAnObjectOfItsOwnWithValuesOfItsOwnAndItsZonesHold() {
        int held = 0;
        int open = 0;
        for (long seed = FIRST; seed < FIRST + Share.of(4_000); seed++) {
            SmallHistory drawn = new SmallHistory(drawn(new Random(seed)));
            NilReads nilReads = seed % 3 == 0 ? NilReads.UNKNOWN : NilReads.ABSENT;
            History history = drawn.history();
            Calls calls = new Calls(history, nilReads);
            boolean[] expected = expected(history, calls);

            PlainRegisters registers = PlainRegisters.of(history, calls, Models.MULTI_REGISTER);

            for (int key = 0; key < history.keyCount(); key++) {
                assertThat(registers.hold(key))
                        .as("seed " + seed + ", " + nilReads + ", key " + history.keyName(key) + ": " + drawn)
                        .isEqualTo(expected[key]);
                held += expected[key] ? 1 : 0;
                open += expected[key] ? 0 : 1;
            }
        }
        assertThat(held).isGreaterThan(Share.seen(1_500));
        assertThat(open).isGreaterThan(Share.seen(1_500));
    }

    @Test
    void nothingIsLostNorCountedTwice() {
        int all = 0;
        for (long seed = FIRST; seed < FIRST + Share.of(2_000); seed++) {
            SmallHistory drawn = new SmallHistory(drawn(new Random(seed)));
            History history = drawn.history();
            Calls calls = new Calls(history, seed % 3 == 0 ? NilReads.UNKNOWN : NilReads.ABSENT);
            PlainRegisters registers = PlainRegisters.of(history, calls, Models.MULTI_REGISTER);

            Decomposition whole = Decomposition.of(history, calls, Models.MULTI_REGISTER);
            Decomposition rest = Decomposition.without(registers::hold, history, calls, Models.MULTI_REGISTER);

            String as = "seed " + seed + ": " + drawn;
            assertThat(registers.registers() + rest.objects().size())
                    .as(as)
                    .isEqualTo(whole.objects().size());
            assertThat(registers.operations() + rest.operations()).as(as).isEqualTo(whole.operations());
            assertThat(registers.reads()).as(as).isEqualTo((int) whole.objects().stream()
                    .flatMapToInt(Arrays::stream)
                    .filter(operation -> calls.isRead(operation) && registers.hold(history.key(operation)))
                    .count());
            assertThat(registers.areAll()).as(as).isEqualTo(rest.operations() == 0);
            all += registers.areAll() ? 1 : 0;
        }
        assertThat(all).isBetween(Share.seen(100), 1_900);
    }

    @Test
    void theKeysThatATransactionOfUnknownOutcomeWouldWriteAreOpen() throws MalformedHistoryException {
        History history = History.parse("""
                {:type :invoke, :process 0, :f :txn, :value [[:w "x" 1] [:w "y" 2]]}
                {:type :info, :process 0, :f :txn, :value [[:w "x" 1] [:w "y" 2]]}
                {:type :invoke, :process 1, :f :write, :key "x", :value 3}
                {:type :ok, :process 1, :f :write, :key "x", :value 3}
                {:type :invoke, :process 1, :f :write, :key "y", :value 4}
                {:type :ok, :process 1, :f :write, :key "y", :value 4}
                {:type :invoke, :process 1, :f :write, :key "z", :value 5}
                {:type :ok, :process 1, :f :write, :key "z", :value 5}
                """);

        PlainRegisters registers = PlainRegisters.of(history, new Calls(history), Models.MULTI_REGISTER);

        assertThat(IntStream.range(0, history.keyCount())
                        .filter(registers::hold)
                        .mapToObj(key -> history.keyName(key).toString()))
                .containsExactly(Value.of("z").toString());
    }

    /** Of each key, by the classes that take the keys one after the other. */
    private static boolean[] expected(History history, Calls calls) {
        Map<Integer, Integer> writtenTo = new HashMap<>();
        boolean[] shares = new boolean[history.keyCount()];
        for (int operation = 0; operation < history.size(); operation++) {
            if (calls.isWrite(operation) && history.outcome(operation) != Outcome.FAIL) {
                Integer other = writtenTo.putIfAbsent(history.argument(operation), history.key(operation));
                if (other != null) {
                    shares[history.key(operation)] = true;
                    shares[other] = true;
                }
            }
        }
        RegisterZones zones = new RegisterZones(history, calls);
        boolean[] holds = new boolean[history.keyCount()];
        for (int[] object :
                Decomposition.of(history, calls, Models.MULTI_REGISTER).objects()) {
            int key = history.key(object[0]);
            boolean plain = IntStream.of(object)
                    .allMatch(operation ->
                            history.key(operation) == key && (calls.isRead(operation) || calls.isWrite(operation)));
            if (key != History.NONE && plain) {
                holds[key] = !shares[key] && zones.areDifferentiated(object) && zones.areLinearizable(object);
            }
        }
        return holds;
    }

    // -- histories of a store that is right, with mistakes here and there

    private static final class Open {
        int session;
        int key;
        int read = -1;
        int written = -1;
        int invoked;
        boolean snapshot;
    }

    private static List<SmallOperation> drawn(Random random) {
        int operations = 6 + random.nextInt(24);
        boolean mistaken = random.nextInt(3) > 0;
        int[] store = new int[KEYS];
        List<Open> open = new ArrayList<>();
        List<SmallOperation> all = new ArrayList<>();
        int session = 0;
        int position = 0;
        int value = 0;
        while (all.size() < operations) {
            if (open.size() < 4 && random.nextBoolean()) {
                Open next = new Open();
                next.session = session++;
                next.key = random.nextInt(KEYS);
                next.invoked = position++;
                next.snapshot = mistaken && random.nextInt(60) == 0;
                if (!next.snapshot && random.nextBoolean()) {
                    next.written = mistaken && random.nextInt(25) == 0 ? random.nextInt(value + 1) : ++value;
                }
                open.add(next);
            } else if (!open.isEmpty()) {
                Open some = open.get(random.nextInt(open.size()));
                if (random.nextInt(8) == 0 && some.written >= 0) {
                    open.remove(some);
                    store[some.key] = random.nextBoolean() ? some.written : store[some.key];
                    Outcome outcome = mistaken && random.nextInt(6) == 0 ? Outcome.FAIL : Outcome.INFO;
                    int completed = outcome == Outcome.FAIL ? position++ : History.NEVER;
                    all.add(SmallOperation.write(
                            some.session, some.key, some.written, outcome, some.invoked, completed));
                } else if (some.read < 0 && random.nextBoolean()) {
                    some.read = store[some.key];
                    store[some.key] = some.written >= 0 ? some.written : store[some.key];
                } else if (some.read >= 0) {
                    open.remove(some);
                    int read = mistaken && random.nextInt(20) == 0 ? random.nextInt(value + 2) : some.read;
                    all.add(completed(some, read, store, position++));
                }
            }
        }
        return all.stream()
                .sorted((one, other) -> Integer.compare(one.invoked(), other.invoked()))
                .toList();
    }

    private static SmallOperation completed(Open open, int read, int[] store, int position) {
        if (open.snapshot) {
            int other = (open.key + 1) % KEYS;
            return SmallOperation.snapshot(
                    open.session,
                    new int[] {Math.min(open.key, other), Math.max(open.key, other)},
                    new int[] {store[Math.min(open.key, other)], store[Math.max(open.key, other)]},
                    open.invoked,
                    position);
        }
        return open.written < 0
                ? SmallOperation.read(open.session, open.key, read, open.invoked, position)
                : SmallOperation.write(open.session, open.key, open.written, Outcome.OK, open.invoked, position);
    }
}
