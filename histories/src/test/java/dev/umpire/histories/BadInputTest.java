package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.MalformedHistoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a file is said in one line: where, what was found, what was expected. */
class BadInputTest {

    @Test
    void anEdnFileCutInsideAMapNamesWhereTheMapBegan() {
        assertRefused(
                "{:type :invoke, :f :read, :process 0}\n{:type :ok, :f :read, :process 0, :value",
                "text:2:41: found end of file inside a map, expected a value for :value (the map began at 2:1)");
    }

    @Test
    void anEdnFileCutInsideItsVectorNamesWhereTheVectorBegan() {
        assertRefused(
                "[{:type :invoke, :f :read, :process 0}\n",
                "text:2:1: found end of file inside a vector, expected an operation map or ']' (the vector began at 1:1)");
    }

    @Test
    void anEdnFileCutInsideAStringNamesWhereTheStringBegan() {
        assertRefused(
                "{:type :info, :process :nemesis, :value \"par",
                "text:1:45: found end of file inside a string, expected '\"' (the string began at 1:41)");
    }

    @Test
    void aForeignJsonFileCutInTheMiddleIsRefused() {
        assertRefused(
                "{\"type\":\"invoke\",\"f\":\"read\",\"process\":0}\n{\"type\":\"ok\",\"f\":\"re",
                "text:2:21: found end of file inside a string, expected '\"' (the string began at 2:18)");
        assertRefused(
                "{\"type\":\"invoke\",\"f\":\"read\",\"process\":0",
                "text:1:40: found end of file inside an object, expected ',' or '}' (the object began at 1:1)");
    }

    @Test
    void aLogCutInsideAnEventIsRefused() {
        assertRefused(
                "INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - 0\t:ok",
                "text:2:1: found end of file inside an event line, expected PROCESS<tab>TYPE<tab>FUNCTION<tab>VALUE");
        assertRefused(
                "INFO  jepsen.util - 0\t:invoke\t:cas\t[1",
                "text:1:38: found end of file inside a vector, expected a value or ']' (the vector began at 1:36)");
    }

    @Test
    void aWrongTypeIsNamedWithItsPlace() {
        assertRefused(
                "{:index 1, :time \"soon\", :type :invoke}",
                "text:1:18: found soon for :time, expected an integer of 64 bits");
        assertRefused(
                "{\"type\":\"invoke\",\"time\":1.5}",
                "text:1:25: found 1.5 as \"time\", expected an integer of 64 bits");
        assertRefused("[{:type :invoke, :f 5}]", "text:1:21: found 5 for :f, expected a keyword or string");
        assertRefused("{\"type\":\"invoke\",\"f\":5}", "text:1:22: found 5 as \"f\", expected a string");
        assertRefused(
                "[{:type :invoke, :process [1]}]",
                "text:1:27: found [1] for :process, expected a number, a keyword or a string");
        assertRefused(
                "{\"type\":\"invoke\",\"process\":1.5}",
                "text:1:28: found 1.5 as \"process\", expected a number or a string");
        assertRefused("{:type :begin}", "text:1:8: found :begin, expected one :type, :invoke, :ok, :fail or :info");
        assertRefused(
                "{\"type\":7}", "text:1:9: found 7 as \"type\", expected \"invoke\", \"ok\", \"fail\" or \"info\"");
        assertRefused("[{:type :invoke, :f {:a 1}}]", "text:1:21: found {:a=1} for :f, expected a keyword or string");
        assertRefused(
                "[42 43]",
                "text:1:1: found no event (the text begins with \"[42 43]\"), expected JSON Lines, Jepsen's EDN, "
                        + "or log lines PROCESS<tab>TYPE<tab>FUNCTION<tab>VALUE");
        assertRefused(
                "[[1 2]]",
                "text:1:2: found [1, 2], expected an operation map such as {:type :invoke, :f :read, :process 0}");
    }

    @Test
    void aMisspeltTypeIsAnsweredWithTheKeysThatWereSeen() {
        assertRefused(
                "{:index 0, :process 1, :typ :ok}",
                "text:1:1: found no :type, expected :type in an operation map (keys seen: :index :process :typ)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{:type :invoke, :process 0, :f :write, :value ", "{\"type\":\"invoke\",\"value\":"})
    void aValueNested100000DeepIsRefusedAndDoesNotOverflowTheStack(String start) {
        for (String opening : List.of("[", "{\"a\":", "[{\"#edn\":", "#{", "{:a ", "(", "#tag ", "#_ ", "{[")) {
            if (start.contains("\"type\"") && !opening.matches("[\\[{]+(\".*)?")) {
                continue;
            }
            assertThatThrownBy(() -> History.parse(start + opening.repeat(100_000)))
                    .as(opening)
                    .isInstanceOf(MalformedHistoryException.class)
                    .message()
                    .matches("text:1:\\d+: found (nesting deeper than 200, expected at most that"
                            + "|':' inside a map, .*|'\\{' inside an object, .*|'\\[' inside an object, .*"
                            + "|':', expected a value.*|a colon alone.*)");
        }
    }

    @Test
    void ednInsideJsonIsNoWayAroundTheLimitOfNesting() {
        assertThatThrownBy(() ->
                        History.parse("{\"type\":\"invoke\",\"value\":{\"#edn\":\"" + "[".repeat(100_000) + "\"}}"))
                .hasMessageContaining("found nesting deeper than 200");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[|]", "(|)", "#{|}", "{:a |}", "{| 1}", "#a [|]", "#a #{|}", "{\"a\":|}"})
    void aValueNestedAsDeepAsIsAllowedIsReadComparedAndWrittenOnASmallStack(String opening, String closing)
            throws Exception {
        int levels = opening.startsWith("#a") ? 95 : 190;
        String json = opening.contains("\"") ? "{\"type\":\"invoke\",\"process\":0,\"f\":\"write\",\"value\":" : "";
        String start = json.isEmpty() ? "{:type :invoke, :process 0, :f :write, :value " : json;
        String text = start + opening.repeat(levels) + " 1 " + closing.repeat(levels) + "}";
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            History history = History.parse(text);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            HistoryFiles.write(history, out, HistoryFormat.JSONL);
            History again = read(out.toByteArray());
            return again.events()
                    .iterator()
                    .next()
                    .equals(history.events().iterator().next());
        });
        new Thread(null, task, "small stack", 512 << 10).start();
        assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{:type :invoke, :value \"|x|a string",
                "{:type :invoke, :value |x|a name or number",
                "{:type :invoke, :value :|x|a name or number",
                "{:type :invoke, :value 1|2|a name or number",
                "{\"type\":\"invoke\",\"value\":\"|x|a string",
                "{\"type\":\"invoke\",\"value\":1|2|a name or number",
                "{\"umpire\":\"history\",\"version\":1,\"nodes\":[\"|x|a string",
                "INFO jepsen.util |x|a line"
            })
    void oneTokenOfAGibibyteIsRefusedBeforeItIsRead(String start, String repeated, String what) {
        Endless rest = new Endless((byte) repeated.charAt(0), 1L << 30);
        InputStream in =
                new SequenceInputStream(new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), rest);
        assertThatThrownBy(() -> HistoryFiles.read(in, "huge", ReadOptions.DEFAULT))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageMatching(
                        "huge:1:\\d+: found " + what + " longer than 16,777,216 characters, expected at most that");
        assertThat(rest.given).isLessThan(1L << 25);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{:type :invoke, :value 1%s}",
                "{\"type\":\"invoke\",\"value\":1%s}",
                "{:type :invoke, :value 1%sN}"
            })
    void aNumberOfAMillionDigitsIsRefusedAsConvertingItWouldTakeForEver(String text) {
        assertThatThrownBy(() -> History.parse(String.format(text, "0".repeat(1_000_000))))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining("of more than 1,000 characters, expected at most that");
    }

    @Test
    void binaryNoiseIsRefused() {
        for (int seed = 0; seed < 200; seed++) {
            byte[] noise = new byte[10_000];
            new Random(seed).nextBytes(noise);
            if (seed % 4 == 1) {
                noise[0] = '{';
            } else if (seed % 4 == 2) {
                noise[0] = '[';
            }
            assertThatThrownBy(() -> read(noise))
                    .as("seed " + seed)
                    .isInstanceOf(MalformedHistoryException.class)
                    .message()
                    .startsWith("noise:1:1: found binary data (byte 0x");
        }
    }

    @Test
    void noiseThatLooksLikeTextAtFirstIsRefusedWithoutAnyOtherException() {
        String alphabet = "{}[]()\"\\:#;, \n\tabuxN01.-+/_^'@~`\u00e9\u20ac";
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "[{\"");
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(History.parse(text.toString()).size()).isZero();
            } catch (MalformedHistoryException refused) {
                assertThat(refused.getMessage())
                        .as("seed " + seed)
                        .contains("found ")
                        .contains("expected ")
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void anEmptyFileIsRefused() {
        assertRefused(
                "",
                "text:1:1: found an empty file, expected a history: Umpire's JSON Lines or binary file, Jepsen's EDN or log lines, or a text of etcd's robustness tests, dbcop, Plume or AWDIT");
        assertRefused(
                " \n\n",
                "text:3:1: found nothing but white space, expected a history: Umpire's JSON Lines or binary file, Jepsen's EDN or log lines, or a text of etcd's robustness tests, dbcop, Plume or AWDIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c3 28", "e2 82", "ed a0 80", "f8 88 80 80", "c0 af", "f4 90 80 80", "ff fe"})
    void bytesThatAreNoUtf8AreRefusedWithTheirPlace(String hex) {
        for (String start : List.of(
                "{:type :invoke, :value \"\u00e9",
                "{:type :invoke, :value \u00e9",
                "{:type :invoke, :f :read} ; \u00e9",
                "{\"type\":\"invoke\",\"key\":\"\u00e9",
                "INFO jepsen.util - 0 \u00e9 ")) {
            byte[] head = start.getBytes(StandardCharsets.UTF_8);
            byte[] text = Arrays.copyOf(head, head.length + 20);
            Arrays.fill(text, head.length, text.length, (byte) ' ');
            byte[] bad = HexFormat.ofDelimiter(" ").parseHex(hex);
            System.arraycopy(bad, 0, text, head.length, bad.length);
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(MalformedHistoryException.class)
                    .hasMessageStartingWith("noise:1:" + (start.length() + 1) + ": found byte 0x" + hex.substring(0, 2))
                    .hasMessageEndingWith("expected text in UTF-8");
        }
    }

    @Test
    void aCompletionWithoutAnInvocationIsRefused() {
        assertRefused(
                "{:type :invoke, :f :read, :process 0}\n{:type :ok, :f :read, :process 1, :value nil}\n",
                "text:2:1: found :ok of process 1 without an invocation, expected an :invoke of the same process before it");
        assertRefused(
                "{\"type\":\"info\",\"f\":\"read\"}\n",
                "text:1:1: found :info of an event without process without an invocation, "
                        + "expected an :invoke of the same process before it");
    }

    @Test
    void twoOpenOperationsOfOneProcessAreRefused() {
        assertRefused(
                """
                {"type":"invoke","f":"read","process":4}
                {"type":"invoke","f":"read","process":4}
                """,
                "text:2:1: found a second invocation of process 4 while its operation from line 1 is open, "
                        + "expected its completion first");
    }

    @Test
    void aProcessUsedAgainAfterInfoIsAWarningThatNamesTheLine() throws MalformedHistoryException {
        History history = History.parse("""
                {"type":"invoke","f":"read","process":14}
                {"type":"info","f":"read","process":14}
                {"type":"invoke","f":"read","process":14}
                """);
        assertThat(history.source().warnings()).containsExactly("process 14 is used again after :info (line 3)");
    }

    @Test
    void aSessionThatChangesWithinAnOperationIsWarnedAbout() throws MalformedHistoryException {
        History history = History.parse("""
                {"type":"invoke","process":1,"session":"alice","f":"read","key":"x"}
                {"type":"ok","process":1,"session":"bob","f":"read","key":"x","value":3}
                """);

        assertThat(history.source().warnings())
                .containsExactly("an operation of session alice is completed in session bob, the first of which"
                        + " counts (line 2)");
    }

    @Test
    void whatClojureWouldEvaluateIsRefused() {
        for (String code :
                List.of("#=(+ 1 2)", "@x", "'x", "`x", "~x", "#'x", "#(f)", "^:a {}", "#\"a\"", "#?(:clj 1)")) {
            assertThatThrownBy(() -> History.parse("{:type :invoke, :f :read, :process 0, :value " + code + "}"))
                    .as(code)
                    .isInstanceOf(MalformedHistoryException.class)
                    .hasMessageContaining("expected data (");
        }
    }

    @Test
    void aMalformedCasSnapshotOrTransactionIsNamedWithItsOperation() {
        assertRefused(
                "[{:type :invoke, :f :cas, :process 0, :value 3}\n]",
                "text:1:2: found 3, expected [old new] as the value of a cas (the operation that begins here)");
        assertRefused(
                "[{:type :invoke, :f :txn, :process 0, :value [[:r 1]]}]",
                "text:1:2: found [:r, 1], expected a micro-operation [f key value] in a txn (the operation that begins here)");
        assertRefused(
                "{\"type\":\"invoke\",\"f\":\"snapshot\",\"process\":0,\"value\":[1]}\n"
                        + "{\"type\":\"ok\",\"f\":\"snapshot\",\"process\":0,\"value\":7}",
                "text:1:1: found 7, expected as the result of a snapshot a map, or a list with a value for each key "
                        + "(the operation that begins here)");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> History.parse(text))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessage(message);
    }

    private static History read(byte[] bytes) throws IOException {
        return HistoryFiles.read(new ByteArrayInputStream(bytes), "noise", ReadOptions.DEFAULT);
    }

    /** One byte, again and again. */
    private static final class Endless extends InputStream {
        private final byte repeated;
        private final long length;
        private long given;

        Endless(byte repeated, long length) {
            this.repeated = repeated;
            this.length = length;
        }

        @Override
        public int read() {
            return given++ < length ? repeated : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (given >= length) {
                return -1;
            }
            Arrays.fill(bytes, offset, offset + count, repeated);
            given += count;
            return count;
        }
    }
}
