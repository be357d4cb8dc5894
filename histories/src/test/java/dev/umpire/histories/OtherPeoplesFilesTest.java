package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtherPeoplesFilesTest {

    @Test
    void plumesTextIsTransactionsOfSessions() throws MalformedHistoryException {
        History history = History.parse("""
                r(7,5,1,10)
                w(7,5,0,20)
                w(8,6,0,20)
                w(9,1,0,-1)
                r(8,0,2,30)
                """);

        assertThat(history.source().format()).isEqualTo("plume");
        assertThat(history.realTime()).isFalse();
        assertThat(history.value(history.initialValue())).isEqualTo(Value.of(0));
        assertThat(told(history))
                .containsExactly(
                        "0 ok [[:w, 7, 5], [:w, 8, 6]]",
                        "0 fail [[:w, 9, 1]]",
                        "2 ok [[:r, 8, 0]]",
                        "1 ok [[:r, 7, 5]]");
    }

    @Test
    void aTransactionOfPlumesStaysInItsSession() {
        assertThatThrownBy(() -> History.parse("w(1,1,0,4)\nw(2,2,1,4)\n"))
                .hasMessage("text:2:9: found transaction 4 in session 1, expected session 0 as in line 1");
    }

    @Test
    void awditsTextIsTransactionsOfSessions() throws MalformedHistoryException {
        History history = History.parse("""
                w 0 1
                w 1 1
                =====
                w 0 2
                -----
                r 0 2
                r 1 1
                """);

        assertThat(history.source().format()).isEqualTo("awdit");
        assertThat(history.realTime()).isFalse();
        assertThat(told(history))
                .containsExactly("0 ok [[:w, 0, 1], [:w, 1, 1]]", "1 ok [[:w, 0, 2]]", "1 ok [[:r, 0, 2], [:r, 1, 1]]");
    }

    @Test
    void dbcopsTextIsTransactionsOfSessions() throws MalformedHistoryException {
        History history = History.parse("""
                // the first session
                [x:=1 y:=2] [y==2
                  x:=3]!
                ---
                [x==1 z==?]
                """);

        assertThat(history.source().format()).isEqualTo("dbcop");
        assertThat(told(history))
                .containsExactly(
                        "1 ok [[:w, x, 1], [:w, y, 2]]",
                        "1 fail [[:r, y, nil], [:w, x, 3]]",
                        "2 ok [[:r, x, 1], [:r, z, nil]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[[{\"events\":[{\"Write\":{\"variable\":4,\"version\":1}}],\"committed\":true}],[{\"events\":[{\"Read\":{\"variable\":4,\"version\":null}}],\"committed\":true}]]",
                "{\"params\":{\"id\":0},\"info\":\"\",\"start\":\"s\",\"end\":\"e\",\"data\":[[{\"events\":[{\"Write\":{\"variable\":4,\"version\":1}}],\"committed\":true}],[{\"events\":[{\"Read\":{\"variable\":4,\"version\":null}}],\"committed\":true}]]}"
            })
    void dbcopsJsonIsTransactionsOfSessions(String text) throws MalformedHistoryException {
        History history = History.parse(text);

        assertThat(history.source().format()).isEqualTo("dbcop-json");
        assertThat(told(history)).containsExactly("1 ok [[:w, 4, 1]]", "2 ok [[:r, 4, nil]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "w(1,2,3)|text:1:8: found ')', expected ',' (a line is w(key,value,session,transaction) or r(key,value,session,transaction))",
                "w(1,x,3,4)|text:1:5: found 'x', expected a value, an integer of 0 or more (a line is w(key,value,session,transaction) or r(key,value,session,transaction))",
                "w 0 1 2|text:1:1: found no event (the text begins with \"w 0 1 2\"), expected JSON Lines, Jepsen's EDN, or log lines PROCESS<tab>TYPE<tab>FUNCTION<tab>VALUE",
                "[x:=1|text:1:6: found end of file, expected white space or ']' (transactions are [x:=1 y==2 z==?], with ! behind where not committed)",
                "[x:=1 y]|text:1:8: found ']', expected '=' (transactions are [x:=1 y==2 z==?], with ! behind where not committed)",
                "[[{\"events\":[{\"Writ\":1}],\"committed\":true}]]|text:1:1: found {Writ=1} as session 1, transaction 1, event 1, expected {\"Read\": ...} or {\"Write\": ...}",
                "{\"ClientId\":1,\"Input\":{\"Type\":\"rang\"},\"Call\":1,\"Return\":2}|text:1:1: found the request \"rang\", expected range, txn, leaseGrant, leaseRevoke, defragment or compact (the operation that begins here)",
                "{\"ClientId\":1,\"Input\":{\"Type\":\"range\"},\"Call\":3,\"Return\":2}|text:1:1: found a Return at 2 before the Call at 3 (the operation that begins here)",
            })
    void brokenTextIsRefusedWithPlaceFoundAndExpected(String text, String message) {
        assertThatThrownBy(() -> History.parse(text))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessage(message);
    }

    @Test
    void whatGoesRoundInACircleIsHandedOnAllTheSame() throws MalformedHistoryException {
        History history = History.parse("r 1 1\n-----\nw 0 1\n=====\nr 0 1\n-----\nw 1 1\n");

        List<String> told = new ArrayList<>();
        for (Event event : history.events()) {
            if (event.type() == EventType.OK) {
                told.add(event.process().orElseThrow() + " " + event.value().orElseThrow());
            }
        }
        assertThat(told)
                .containsExactlyInAnyOrder("0 [[:r, 1, 1]]", "0 [[:w, 0, 1]]", "1 [[:r, 0, 1]]", "1 [[:w, 1, 1]]")
                .containsSubsequence("0 [[:r, 1, 1]]", "0 [[:w, 0, 1]]")
                .containsSubsequence("1 [[:r, 0, 1]]", "1 [[:w, 1, 1]]");
    }

    @Test
    void etcdsOperationsAreReadsAndWritesWithTheirRevisions() throws MalformedHistoryException {
        History history = History.parse(
                put(1, 10, 20, "a", "1", 2) + get(2, 15, 30, "a", "1", 2, 2) + get(2, 40, 50, "b", "", 0, 2));

        assertThat(history.source().format()).isEqualTo("etcd");
        assertThat(history.realTime()).isTrue();
        assertThat(functions(history)).containsExactly("write", "read", "read");
        assertThat(history.version(0)).isEqualTo(2);
        assertThat(history.position(0)).isEqualTo(2);
        assertThat(history.version(1)).isEqualTo(2);
        assertThat(history.asOf(1)).isEqualTo(2);
        assertThat(history.invoked(1)).isLessThan(history.completed(0));
        assertThat(history.value(history.result(2))).isEqualTo(Value.NIL);
        assertThat(history.version(2)).isEqualTo(History.ABSENT);
        assertThat(history.invokedNanos(2)).isEqualTo(40);
    }

    @Test
    void operationsOfEtcdThatTouchAtTheSameNanosecondOverlap() throws MalformedHistoryException {
        History history = History.parse(put(1, 10, 20, "a", "1", 2) + get(2, 20, 30, "a", "1", 2, 2));

        assertThat(history.invoked(1)).isLessThan(history.completed(0));
    }

    @Test
    void aFailedPutOfEtcdIsUnknownAndAFailedReadIsNothing() throws MalformedHistoryException {
        String failed = ",\"Output\":{\"Error\":\"etcdserver: request timed out\"},\"Return\":20}\n";
        History history = History.parse("{\"ClientId\":1,\"Input\":{\"Type\":\"txn\",\"Txn\":{\"Conditions\":null,"
                + "\"OperationsOnSuccess\":[" + putStep("a", "1") + "],\"OperationsOnFailure\":null}},\"Call\":10"
                + failed
                + "{\"ClientId\":2,\"Input\":{\"Type\":\"range\",\"Range\":{\"Start\":\"a\",\"End\":\"\"}},\"Call\":11"
                + failed);

        assertThat(history.outcome(0)).isEqualTo(Outcome.INFO);
        assertThat(history.outcome(1)).isEqualTo(Outcome.FAIL);
    }

    @Test
    void transactionsOfEtcdAreToldByTheStepsThatWereTaken() throws MalformedHistoryException {
        History history = History.parse(
                // put on the condition that the key is absent
                txn(1, 10, 19, condition("a", 0), putStep("a", "1"), deleteStep("a"), false, "[{}]", 2)
                        // the condition did not hold: a deletion took place
                        + txn(
                                1,
                                20,
                                29,
                                condition("a", 9),
                                putStep("a", "2"),
                                deleteStep("a"),
                                true,
                                "[{\"Deleted\":1}]",
                                3)
                        // the condition did not hold, and nothing was done
                        + txn(1, 30, 39, condition("a", 9), putStep("a", "3"), "", true, "[]", 3)
                        // a deletion that found nothing to delete
                        + txn(1, 40, 49, "", deleteStep("a"), "", false, "[{\"Deleted\":0}]", 3)
                        // several steps
                        + txn(
                                1,
                                50,
                                59,
                                "",
                                putStep("b", "4") + "," + getStep("a"),
                                "",
                                false,
                                "[{},{\"KVs\":[],\"Count\":0}]",
                                4));

        assertThat(functions(history)).containsExactly("cas", "write", "compare", "write", "compare", "read", "txn");
        assertThat(history.value(history.argument(0)).toString()).isEqualTo("[nil, 1]");
        assertThat(history.value(history.result(1))).isEqualTo(Value.NIL);
        assertThat(history.keyName(history.key(2))).isEqualTo(Value.of("a"));
        assertThat(history.outcome(3)).isEqualTo(Outcome.FAIL);
        assertThat(history.value(history.result(6)).toString()).isEqualTo("[[:w, b, 4], [:r, a, nil]]");
        assertThat(history.version(1)).isEqualTo(3);
        assertThat(history.version(5)).isEqualTo(History.ABSENT);
        assertThat(history.asOf(5)).isEqualTo(3);
        assertThat(history.position(6)).isEqualTo(4);
    }

    @Test
    void anUnknownTransactionOfEtcdMayHaveTakenEitherBranch() throws MalformedHistoryException {
        History history = History.parse("{\"ClientId\":1,\"Input\":{\"Type\":\"txn\",\"Txn\":{\"Conditions\":["
                + condition("a", 5) + "],\"OperationsOnSuccess\":[" + putStep("a", "1") + "],\"OperationsOnFailure\":["
                + putStep("b", "2") + "]}},\"Call\":10,\"Output\":{\"Error\":\"lost\"},\"Return\":20}");

        assertThat(functions(history)).containsExactly("write", "write", "one-of-two", "one-of-two", "compare");
        assertThat(history.outcome(0)).isEqualTo(Outcome.INFO);
        assertThat(history.outcome(1)).isEqualTo(Outcome.INFO);
        assertThat(history.process(0)).isNotEqualTo(history.process(1));
        assertThat(history.session(0)).isEqualTo(history.session(1));
    }

    @Test
    void aRangeOfEtcdIsASnapshotOfAllKeysOfTheFileThatLieInIt() throws MalformedHistoryException {
        History history = History.parse(put(1, 10, 20, "key1", "1", 2)
                + put(1, 30, 40, "other", "2", 3)
                + "{\"ClientId\":2,\"Input\":{\"Type\":\"range\",\"Range\":{\"Start\":\"key0\",\"End\":\"key9\"}},\"Call\":50,"
                + "\"Output\":{\"Range\":{\"KVs\":[],\"Count\":0},\"Revision\":3},\"Return\":60}");

        assertThat(functions(history)).containsExactly("write", "write", "snapshot");
        assertThat(history.readCount(2)).isEqualTo(1);
        assertThat(history.keyName(history.readKey(2, 0))).isEqualTo(Value.of("key1"));
        assertThat(history.readValue(2, 0)).isEqualTo(History.NIL);
    }

    @Test
    void whatEtcdAnswersOfOldRevisionsIsKeptAndIsNoRead() throws MalformedHistoryException {
        History history = History.parse(
                "{\"ClientId\":2,\"Input\":{\"Type\":\"range\",\"Range\":{\"Start\":\"a\",\"End\":\"\",\"Revision\":4}},\"Call\":50,"
                        + "\"Output\":{\"Range\":{\"KVs\":[{\"Key\":\"a\",\"Value\":{\"Value\":\"1\"},\"ModRevision\":3}],\"Count\":1},"
                        + "\"Revision\":9},\"Return\":60}"
                        + "{\"ClientId\":2,\"Input\":{\"Type\":\"compact\",\"Compact\":{\"Revision\":3}},\"Call\":70,\"Output\":{},\"Return\":80}");

        assertThat(history.size()).isZero();
        assertThat(history.nemesisEvents())
                .extracting(NemesisEvent::function)
                .containsExactly("range-at-revision", "range-at-revision", "compact", "compact");
        assertThat(history.nemesisEvents().get(1).value().toString()).isEqualTo("{a=1}");
    }

    @Test
    void aRevokedLeaseOfEtcdTouchesItsKeys() throws MalformedHistoryException {
        String put = "{\"Type\":\"put-operation\",\"Put\":{\"Key\":\"a\",\"Value\":{\"Value\":\"1\"},\"LeaseID\":7}}";
        History history = History.parse(txn(1, 10, 19, "", put, "", false, "[{}]", 2)
                + "{\"ClientId\":1,\"Input\":{\"Type\":\"leaseRevoke\",\"LeaseRevoke\":{\"LeaseID\":7}},\"Call\":30,"
                + "\"Output\":{\"LeaseRevoke\":{},\"Revision\":3},\"Return\":40}");

        assertThat(functions(history)).containsExactly("write", "lease-revoke");
        assertThat(history.keyName(history.key(1))).isEqualTo(Value.of("a"));
    }

    @Test
    void theClientsOfAReportOfEtcdAreReadTogether(@TempDir Path report) throws IOException {
        for (int client : new int[] {2, 10}) {
            Path folder = Files.createDirectory(report.resolve("client-" + client));
            Files.writeString(
                    folder.resolve("operations.json"),
                    put(client * 100, client, client + 1, "a", "v" + client, client)
                            + put(client * 100 + 1, client + 20, client + 21, "a", "w" + client, client + 20));
        }

        History history = History.read(report);

        assertThat(history.size()).isEqualTo(4);
        assertThat(history.sessionCount()).isEqualTo(2);
        assertThat(history.sessionName(history.session(1))).isEqualTo(Value.of(10));
        assertThat(history.processCount()).isEqualTo(4);
    }

    @Test
    void aFolderWithoutClientsIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> History.read(folder))
                .hasMessageContaining("found a folder without client-N/operations.json");
    }

    @Test
    void anArrayOfJepsensEventsIsReadAndWritten() throws IOException {
        History history = History.parse("""
                [{"index":0,"process":1,"type":"invoke","value":[["append",253,1],["r",255,null]]},
                {"index":1,"process":1,"type":"ok","value":[["append",253,1],["r",255,[2,3]]]}]
                """);

        assertThat(functions(history)).containsExactly("txn");
        assertThat(history.readCount(0)).isEqualTo(1);
        assertThat(written(history, HistoryFormat.JSON)).isEqualTo("""
                [{"index":0,"type":"invoke","process":1,"value":[["append",253,1],["r",255,null]]},
                {"index":1,"type":"ok","process":1,"value":[["append",253,1],["r",255,[2,3]]]}]
                """);
    }

    @Test
    void keywordsAreStringsInAnArrayOfJson() throws IOException {
        History history = History.parse("{:type :invoke, :f :txn, :value [[:r :x nil]], :process :c1, :op-index 3}");

        assertThat(written(history, HistoryFormat.JSON)).isEqualTo("""
                [{"type":"invoke","process":"c1","f":"txn","value":[["r","x",null]],"op-index":3}]
                """);
        assertThat(HistoryFiles.losses(history, HistoryFormat.JSON))
                .containsExactly("the difference between keywords and strings");
    }

    @Test
    void anArrayOfJsonLosesKeywordsOnlyWhereThereAreSome() throws MalformedHistoryException {
        String event = "{:type :invoke, :f :read, :process 0, :op-index 3, :value %s}";

        assertThat(losses(event.formatted("[[\"r\" \"x\" nil]]"))).isEmpty();
        assertThat(losses(event.formatted("[[\"r\" :x nil]]"))).hasSize(1);
        assertThat(losses(event.formatted("{:x 1}"))).hasSize(1);
        assertThat(losses(event.formatted("{\"x\" [:y]}"))).hasSize(1);
        assertThat(losses("{:type :info, :process :nemesis, :f :kill}")).hasSize(1);
        assertThat(losses("{:type :invoke, :f :read, :process 0, :value nil, :op-index :a}"))
                .hasSize(1);
    }

    private static List<String> losses(String text) throws MalformedHistoryException {
        return HistoryFiles.losses(History.parse(text), HistoryFormat.JSON);
    }

    @Test
    void whatJsonCannotSayIsRefused() throws MalformedHistoryException {
        History history = History.parse("{:type :invoke, :f :read, :value #{1}, :process 0}");

        assertThatThrownBy(() -> written(history, HistoryFormat.JSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found the value #[1], expected one that JSON can say");
    }

    @Test
    void ourOperationsAreTransactionsToOthers() throws IOException {
        History history = History.parse("""
                {"type":"invoke","process":0,"f":"write","key":"x","value":"a"}
                {"type":"ok","process":0,"f":"write","key":"x","value":"a"}
                {"type":"invoke","process":0,"f":"cas","key":"x","value":["a","b"]}
                {"type":"ok","process":0,"f":"cas","key":"x","value":["a","b"]}
                {"type":"invoke","process":1,"f":"snapshot","value":["x","y"]}
                {"type":"ok","process":1,"f":"snapshot","value":{"x":"b","y":null}}
                {"type":"invoke","process":1,"f":"write","key":"y","value":"c"}
                {"type":"fail","process":1,"f":"write","key":"y","value":"c"}
                {"type":"invoke","process":1,"f":"write","key":"x","value":"unseen"}
                {"type":"info","process":1,"f":"write","key":"x"}
                {"type":"invoke","process":2,"f":"write","key":"x","value":"seen"}
                {"type":"info","process":2,"f":"write","key":"x"}
                {"type":"invoke","process":3,"f":"read","key":"x","value":null}
                {"type":"ok","process":3,"f":"read","key":"x","value":"seen"}
                """);

        assertThat(written(history, HistoryFormat.PLUME)).isEqualTo("""
                w(0,1,0,0)
                r(0,1,0,1)
                w(0,2,0,1)
                r(0,2,1,2)
                r(1,0,1,2)
                w(1,3,1,-1)
                r(0,5,2,4)
                w(0,5,3,5)
                """);
        assertThat(written(history, HistoryFormat.DBCOP)).isEqualTo("""
                [x:=1]
                [x==1 x:=2]
                ---
                [x==2 y==?]
                [y:=3]!
                ---
                [x==5]
                ---
                [x:=5]
                """);
        assertThat(written(history, HistoryFormat.AWDIT)).isEqualTo("""
                w 0 1
                -----
                r 0 1
                w 0 2
                =====
                r 0 2
                r 1 0
                =====
                r 0 5
                =====
                w 0 5
                =====
                w 0 0
                w 1 0
                """);
        assertThat(HistoryFiles.losses(history, HistoryFormat.PLUME))
                .containsExactly(
                        "the order between sessions, times, processes and nodes",
                        "the names of keys, which are numbered in the order in which they occur",
                        "the values, which are numbered from 1 in the order in which they occur",
                        "that nothing comes between what a cas replaced and what it wrote",
                        "operations that failed, or whose outcome is unknown and whose value nobody read",
                        "that the outcome of some writes was unknown: those that were read are sessions of their own");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLUME", "AWDIT", "DBCOP"})
    void aFileThatWouldBeEmptyIsNotWritten(HistoryFormat format) throws MalformedHistoryException {
        History history = History.parse("[{:type :invoke, :f :read, :process 0}]");

        assertThatThrownBy(() -> written(history, format))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found no operation that " + format
                        + " can say, expected one or more: nobody could read the empty file");
    }

    @Test
    void listsAreNothingThatTransactionsOfRegistersCanSay() throws MalformedHistoryException {
        History history = History.parse("[{:type :invoke, :f :txn, :value [[:append 1 2]], :process 0, :index 5}]");

        assertThatThrownBy(() -> written(history, HistoryFormat.DBCOP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "found a step [:append, 1, 2] of a txn (event 5), expected operations that DBCOP can say: read,"
                                + " write, cas, snapshot, and txn of :r and :w");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLUME", "AWDIT", "DBCOP", "DBCOP_JSON"})
    void whatAFormatOfSessionsSaysIsReadAgainAsItWas(HistoryFormat format) throws IOException {
        long seed = Long.getLong("umpire.seed", 11);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String text = randomSessions(random, format);
            History history = History.parse(text);
            assertThat(written(history, format))
                    .as("seed %d, history %d", seed, i)
                    .isEqualTo(text);
        }
    }

    /** Sessions with unique values, in the words of a format. */
    private static String randomSessions(Random random, HistoryFormat format) {
        StringBuilder jsonl = new StringBuilder("{\"umpire\":\"history\",\"version\":1,\"nodes\":[],\"initial\":"
                + (format == HistoryFormat.PLUME ? "0" : "null") + ",\"realTime\":false}\n");
        int value = 0;
        int sessions = 1 + random.nextInt(3);
        for (int s = 0; s < sessions; s++) {
            for (int t = random.nextInt(3); t >= 0; t--) {
                StringJoiner steps = new StringJoiner(",", "[", "]");
                boolean committed = format == HistoryFormat.AWDIT || random.nextInt(4) > 0;
                for (int n = random.nextInt(3); n >= 0; n--) {
                    boolean write = !committed || random.nextBoolean() || value == 0;
                    String key = format == HistoryFormat.DBCOP
                            ? "\"k" + random.nextInt(3) + '"'
                            : String.valueOf(random.nextInt(3));
                    long read = 1L + random.nextInt(Math.max(1, value));
                    steps.add("[{\"#edn\":\":" + (write ? "w" : "r") + "\"}," + key + "," + (write ? ++value : read)
                            + "]");
                    if (!committed) {
                        break;
                    }
                }
                String event = "\"process\":" + s + ",\"f\":\"txn\",\"value\":" + steps + "}\n";
                jsonl.append("{\"type\":\"invoke\",").append(event);
                jsonl.append("{\"type\":\"")
                        .append(committed ? "ok" : "fail")
                        .append("\",")
                        .append(event);
            }
        }
        try {
            return written(History.parse(jsonl.toString()), format);
        } catch (IOException impossible) {
            throw new AssertionError(jsonl.toString(), impossible);
        }
    }

    private static String written(History history, HistoryFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryFiles.write(history, out, format);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Of each completion the session, its type and its value, in the order of the history. */
    private static List<String> told(History history) {
        List<String> told = new ArrayList<>();
        int number = 0;
        for (Event event : history.events()) {
            if (number++ % 2 == 1) {
                told.add(event.session().or(event::process).orElseThrow() + " "
                        + event.type().name().toLowerCase(Locale.ROOT) + " "
                        + event.value().orElseThrow());
            }
        }
        return told;
    }

    private static List<String> functions(History history) {
        List<String> functions = new ArrayList<>();
        for (int o = 0; o < history.size(); o++) {
            functions.add(history.functionName(history.function(o)));
        }
        return functions;
    }

    private static String put(int client, long call, long returned, String key, String value, long revision) {
        return txn(client, call, returned, "", putStep(key, value), "", false, "[{}]", revision);
    }

    private static String get(
            int client, long call, long returned, String key, String value, long written, long revision) {
        String found = value.isEmpty()
                ? "[]"
                : "[{\"Key\":\"" + key + "\",\"Value\":{\"Value\":\"" + value + "\"},\"ModRevision\":" + written
                        + ",\"Version\":1}]";
        return "{\"ClientId\":" + client + ",\"Input\":{\"Type\":\"range\",\"LeaseGrant\":null,\"Range\":{\"Start\":\""
                + key
                + "\",\"End\":\"\",\"Limit\":0,\"KeysOnly\":false,\"Revision\":0},\"Txn\":null},\"Call\":" + call
                + ",\"Output\":{\"Txn\":null,\"Range\":{\"KVs\":" + found + ",\"Count\":" + (value.isEmpty() ? 0 : 1)
                + "},\"ClientError\":\"\",\"Revision\":" + revision
                + ",\"Persisted\":false,\"PersistedRevision\":0,\"Error\":\"\"},"
                + "\"Return\":" + returned + ",\"Metadata\":null}\n";
    }

    private static String txn(
            int client,
            long call,
            long returned,
            String condition,
            String success,
            String failure,
            boolean failed,
            String results,
            long revision) {
        return "{\"ClientId\":" + client + ",\"Input\":{\"Type\":\"txn\",\"Txn\":{\"Conditions\":[" + condition
                + "],\"OperationsOnSuccess\":[" + success + "],\"OperationsOnFailure\":[" + failure + "]}},\"Call\":"
                + call
                + ",\"Output\":{\"Txn\":{\"Failure\":" + failed + ",\"Results\":" + results + "},\"Revision\":"
                + revision
                + ",\"Error\":\"\"},\"Return\":" + returned + "}\n";
    }

    private static String condition(String key, long revision) {
        return "{\"Key\":\"" + key + "\",\"ExpectedRevision\":" + revision + ",\"ExpectedVersion\":0}";
    }

    private static String putStep(String key, String value) {
        return "{\"Type\":\"put-operation\",\"Range\":{\"Start\":\"\",\"End\":\"\"},\"Put\":{\"Key\":\"" + key
                + "\",\"Value\":{\"Value\":\"" + value + "\"},\"LeaseID\":0},\"Delete\":{\"Key\":\"\"}}";
    }

    private static String deleteStep(String key) {
        return "{\"Type\":\"delete-operation\",\"Delete\":{\"Key\":\"" + key + "\"}}";
    }

    private static String getStep(String key) {
        return "{\"Type\":\"range-operation\",\"Range\":{\"Start\":\"" + key + "\",\"End\":\"\"}}";
    }
}
