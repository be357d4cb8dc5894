package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operations read and wrote, whatever their function. */
class ReadsAndWritesTest {

    @Test
    void aReadIsAnObservationOnlyIfItIsOk() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :read, :key :x}
                {:process 0, :type :ok,     :f :read, :key :x, :value 3}
                {:process 0, :type :invoke, :f :read, :key :x}
                {:process 0, :type :fail,   :f :read, :key :x, :value 4}
                {:process 0, :type :invoke, :f :read, :key :x}
                {:process 0, :type :info,   :f :read, :key :x, :value 5}
                {:process 1, :type :invoke, :f :read, :key :x}
                """);
        assertThat(reads(history, 0)).containsExactly(":x=3");
        for (int operation = 1; operation < 4; operation++) {
            assertThat(reads(history, operation)).isEmpty();
            assertThat(history.result(operation)).isEqualTo(History.NIL);
            assertThat(writes(history, operation)).isEmpty();
        }
        assertThat(history.completed(1)).isEqualTo(3);
        assertThat(history.completed(2)).isEqualTo(History.NEVER);
        assertThat(history.ended(2)).isEqualTo(5);
        assertThat(history.ended(3)).isEqualTo(History.NEVER);
        assertThat(history.outcome(3)).isEqualTo(Outcome.INFO);
    }

    @Test
    void aWriteCountsWhateverItsOutcomeAndKeepsTheArgumentOfItsInvocation() throws MalformedHistoryException {
        History history = History.parse("""
                INFO  jepsen.util - 0	:invoke	:write	3
                INFO  jepsen.util - 0	:info	:write	:timed-out
                INFO  jepsen.util - 1	:invoke	:write	4
                INFO  jepsen.util - 1	:fail	:write	:timed-out
                """);
        assertThat(writes(history, 0)).containsExactly("nil=3");
        assertThat(writes(history, 1)).containsExactly("nil=4");
        assertThat(history.operation(0).key()).isEmpty();
    }

    @Test
    void anOkCasReadsTheOldAndWritesTheNewAndAnyOtherOnlyWrites() throws MalformedHistoryException {
        History history = History.parse("""
                INFO  jepsen.util - 0	:invoke	:cas	[1 2]
                INFO  jepsen.util - 0	:ok	:cas	[1 2]
                INFO  jepsen.util - 0	:invoke	:cas	[5 6]
                INFO  jepsen.util - 0	:fail	:cas	[5 6]
                INFO  jepsen.util - 0	:invoke	:cas	[7 8]
                INFO  jepsen.util - 0	:info	:cas	:timed-out
                """);
        assertThat(reads(history, 0)).containsExactly("nil=1");
        assertThat(writes(history, 0)).containsExactly("nil=2");
        assertThat(reads(history, 1)).isEmpty();
        assertThat(writes(history, 1)).containsExactly("nil=6");
        assertThat(reads(history, 2)).isEmpty();
        assertThat(writes(history, 2)).containsExactly("nil=8");
        assertThat(history.source().format()).isEqualTo("jepsen-log");
    }

    @Test
    void aSnapshotReadsEveryKeyFromAMapOrFromAListInTheOrderOfTheKeys() throws MalformedHistoryException {
        History history = History.parse("""
                {"process":0,"type":"invoke","f":"snapshot","value":["x","y"]}
                {"process":0,"type":"ok","f":"snapshot","value":{"y":2,"x":1}}
                {"process":0,"type":"invoke","f":"snapshot","value":["x","y"]}
                {"process":0,"type":"ok","f":"snapshot","value":[3,null]}
                {"process":0,"type":"invoke","f":"snapshot","value":["x","y"]}
                {"process":0,"type":"fail","f":"snapshot"}
                """);
        assertThat(reads(history, 0)).containsExactly("y=2", "x=1");
        assertThat(reads(history, 1)).containsExactly("x=3", "y=nil");
        assertThat(reads(history, 2)).isEmpty();
        assertThat(history.key(0)).isEqualTo(History.NONE);
    }

    @Test
    void aTransactionsReadAfterItsOwnWriteIsNoObservationOfOutside() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :value [[:r :x nil] [:w :x 2] [:r :x nil] [:append :y 3]]}
                {:process 0, :type :ok, :value [[:r :x 1] [:w :x 2] [:r :x 2] [:append :y 3]]}
                {:process 0, :type :invoke, :f :txn, :value [[:read :x nil] [:write :x 4]]}
                {:process 0, :type :info, :f :txn}
                {:process 1, :type :invoke, :f :txn, :value [[:r :x nil] [:w :x 5]]}
                {:process 1, :type :ok, :f :txn}
                """);
        assertThat(history.operation(0).function()).isEqualTo("txn");
        assertThat(reads(history, 0)).containsExactly(":x=1");
        assertThat(writes(history, 0)).containsExactly(":x=2", ":y=3");
        assertThat(history.key(0)).isEqualTo(History.NONE);
        assertThat(reads(history, 1)).isEmpty();
        assertThat(writes(history, 1)).containsExactly(":x=4");
        assertThat(history.operation(1).key()).contains(Value.keyword("x"));
        assertThat(reads(history, 2)).isEmpty();
        assertThat(writes(history, 2)).containsExactly(":x=5");
    }

    @Test
    void aReadOfMicroOperationsIsATransaction() throws MalformedHistoryException {
        History history = History.parse("""
                [{:type :invoke, :f :read, :value [[:r 0 nil] [:r 1 nil]]},
                 {:type :ok, :f :read, :value [[:r 0 7] [:r 1 nil]]}]
                """);
        assertThat(reads(history, 0)).containsExactly("0=7", "1=nil");
        assertThat(history.operation(0).process()).isEqualTo(Value.NIL);
    }

    @Test
    void pairsInEveryInvocationAreIndependentKeys() throws MalformedHistoryException {
        String text = """
                {:process 0, :type :invoke, :f :write, :value [:x 1]}
                {:process 0, :type :ok,     :f :write, :value [:x 1]}
                {:process 0, :type :invoke, :f :read,  :value [:x nil]}
                {:process 0, :type :ok,     :f :read,  :value [:x 1]}
                {:process 0, :type :invoke, :f :cas,   :value [:y [1 2]]}
                {:process 0, :type :info,   :f :cas,   :value :timed-out}
                """;
        History history = History.parse(text);
        assertThat(writes(history, 0)).containsExactly(":x=1");
        assertThat(reads(history, 1)).containsExactly(":x=1");
        assertThat(writes(history, 2)).containsExactly(":y=2");
        assertThat(history.operation(1).argument()).isEqualTo(Value.NIL);

        History single = History.parse(
                text.lines().limit(4).reduce("", (all, line) -> all + line + "\n"),
                ReadOptions.DEFAULT.withKeys(ReadOptions.Keys.SINGLE));
        assertThat(writes(single, 0)).containsExactly("nil=[:x, 1]");
    }

    @Test
    void onlyCasOrTransactionsAreNotTakenForIndependentKeysUnlessToldSo() throws MalformedHistoryException {
        String text = """
                {:process 0, :type :invoke, :f :cas, :value [0 [1 2]]}
                {:process 0, :type :ok,     :f :cas, :value [0 [1 2]]}
                """;
        assertThat(writes(History.parse(text), 0)).containsExactly("nil=[1, 2]");
        History told = History.parse(text, ReadOptions.DEFAULT.withKeys(ReadOptions.Keys.INDEPENDENT));
        assertThat(writes(told, 0)).containsExactly("0=2");
    }

    @Test
    void theAnsweringNodeOverridesTheOneThatWasAsked() throws MalformedHistoryException {
        History history = History.parse("""
                {"process":0,"type":"invoke","f":"read","key":"x","node":"n2"}
                {"process":0,"type":"ok","f":"read","key":"x","node":"n1","value":1}
                """);
        assertThat(history.operation(0).node()).contains("n1");
        assertThat(history.events().iterator().next().node()).contains("n2");
    }

    @Test
    void theInitialValueIsWhatTheReaderIsToldElseWhatTheHeaderSaysElseNil() throws MalformedHistoryException {
        String header = "{\"umpire\":\"history\",\"version\":1,\"nodes\":[],\"initial\":0}\n";
        assertThat(initial(History.parse(header))).isEqualTo(Value.of(0));
        assertThat(initial(History.parse(header, ReadOptions.DEFAULT.withInitial(Value.of("")))))
                .isEqualTo(Value.of(""));
        assertThat(History.parse("[]").initialValue()).isEqualTo(History.NIL);
    }

    @Test
    void timesThatRunBackwardsAreOneWarningWithTheirNumber() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :read, :time 9}
                {:process 1, :type :invoke, :f :read, :time 8}
                {:process 0, :type :ok, :f :read, :time 10}
                {:process 1, :type :ok, :f :read, :time 3}
                """);
        assertThat(history.source().warnings())
                .containsExactly("times run backwards in 2 places (the order in the recording was used)");
    }

    private static Value initial(History history) {
        return history.value(history.initialValue());
    }

    private static List<String> reads(History history, int operation) {
        List<String> reads = new ArrayList<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            reads.add(history.keyName(history.readKey(operation, i)) + "="
                    + history.value(history.readValue(operation, i)));
        }
        return reads;
    }

    private static List<String> writes(History history, int operation) {
        List<String> writes = new ArrayList<>();
        for (int i = 0; i < history.writeCount(operation); i++) {
            writes.add(history.keyName(history.writeKey(operation, i)) + "="
                    + history.value(history.writeValue(operation, i)));
        }
        return writes;
    }

    @Test
    void whatAStoreKeepsOfConcurrentWritesIsTheSiblingsOfARead() throws Exception {
        String lines = """
                {"type":"invoke","process":0,"f":"read","key":"x"}
                {"type":"ok","process":0,"f":"read","key":"x","value":1,"siblings":[1,2]}
                {"type":"invoke","process":0,"f":"read","key":"x"}
                {"type":"ok","process":0,"f":"read","key":"x","value":1}
                """;
        History history = History.parse(lines);

        assertThat(history.value(history.siblings(0))).isEqualTo(Value.of(List.of(Value.of(1), Value.of(2))));
        assertThat(history.siblings(1)).isEqualTo(History.NONE);
        assertThat(History.of(events(history)).siblings(0)).isNotEqualTo(History.NONE);
        assertThat(History.parse("""
                {:type :invoke, :process 0, :f :read}
                {:type :ok, :process 0, :f :read, :value 1, :siblings [1 2]}
                """).siblings(0)).isNotEqualTo(History.NONE);
    }

    @Test
    void whenAnOperationWasToBeAskedIsKeptBesideWhenItWasAndOrdersNothing() throws Exception {
        String lines = """
                {"time":50,"type":"invoke","process":0,"f":"read","key":"x","intended":20}
                {"time":60,"type":"ok","process":0,"f":"read","key":"x","value":1}
                {"time":70,"type":"invoke","process":0,"f":"read","key":"x","intended":65,"try":2}
                {"time":80,"type":"ok","process":0,"f":"read","key":"x","value":1}
                {"time":90,"type":"invoke","process":0,"f":"read","key":"x"}
                {"time":95,"type":"ok","process":0,"f":"read","key":"x","value":1,"intended":3}
                {"time":96,"type":"invoke","process":0,"f":"read","key":"x","intended":"soon"}
                """;
        History history = History.parse(lines);

        assertThat(List.of(0, 1, 2, 3))
                .extracting(history::intendedNanos)
                .containsExactly(20L, 65L, History.ABSENT, History.ABSENT);
        assertThat(history.invokedNanos(0)).isEqualTo(50);
        assertThat(history.completed(0)).isLessThan(history.invoked(1));
        assertThat(events(history).stream().map(HistoryFiles::line).map(String::strip))
                .containsExactlyElementsOf(lines.lines().toList());
        assertThat(events(History.of(events(history)))).isEqualTo(events(history));
    }

    private static List<Event> events(History history) {
        List<Event> events = new ArrayList<>();
        history.events().forEach(events::add);
        return events;
    }

    @Test
    void sendsAndPollsInATransactionTouchNoRegister() throws Exception {
        History history = History.parse("""
                {:type :invoke, :process 0, :f :txn, :value [[:send 3 7] [:poll]]}
                {:type :ok, :process 0, :f :txn, :value [[:send 3 [0 7]] [:poll {3 [[0 7]]}]]}
                """);

        assertThat(history.readCount(0)).isZero();
        assertThat(history.writeCount(0)).isZero();
        assertThat(history.key(0)).isEqualTo(History.NONE);
    }
}
