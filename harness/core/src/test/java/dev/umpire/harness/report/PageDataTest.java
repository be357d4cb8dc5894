package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PageDataTest {

    @Test
    void operationsStandColumnByColumnWithDifferencesAndNumberedTexts() {
        JsonNode data = data(RunExamples.history(RunExamples.STALE_OWN_READ), List.of());

        assertThat(data.get("index").toString()).isEqualTo("[10,4,2,4]");
        assertThat(data.get("from").toString()).isEqualTo("[1100000,104000,107000,989000]");
        assertThat(data.get("took").toString()).isEqualTo("[20000,5000,1000,10000]");
        assertThat(texts(data, "node")).containsExactly("n1", "n1", "n2", "n1");
        assertThat(texts(data, "function")).containsExactly("write", "write", "read", "write");
        assertThat(texts(data, "value")).containsExactly("37", "41", "37", "42");
        assertThat(texts(data, "outcome")).containsExactly("ok", "ok", "ok", "failed");
        assertThat(data.get("faults").toString())
                .isEqualTo("[{\"name\":\"partition n1 to n2\",\"from\":1190000,\"to\":2190000}]");
    }

    @Test
    void aRemovalStandsThereWithTheElementThatItTakesOut() {
        JsonNode data = data(RunExamples.history("""
                        {:type :invoke, :process 1, :f :remove, :key "cart0", :value 27}
                        {:type :ok, :process 1, :f :remove, :key "cart0", :value 27}
                        {:type :invoke, :process 1, :f :remove, :key "cart0", :value "a<b>"}
                        """), List.of());

        assertThat(texts(data, "key")).containsExactly("cart0", "cart0");
        assertThat(texts(data, "value")).containsExactly("27", "\"a<b>\"");
    }

    @Test
    void whatIsMeasuredOverTimeIsMeasuredOverAllOperations() {
        JsonNode data = data(RunExamples.history(RunExamples.STALE_OWN_READ), List.of());

        assertThat(sum(data.get("ok"))).isEqualTo(3);
        assertThat(sum(data.get("failed"))).isEqualTo(1);
        assertThat(sum(data.get("unknown"))).isZero();
        // 41 was acknowledged at 1,209 ms, and 37 read after it at 1,311 ms
        assertThat(data.get("staleness").get("max")).anyMatch(most -> most.asLong() == 102_000);
    }

    @Test
    void aRecordingWithoutTimesIsLaidOutByItsPositions() {
        JsonNode data =
                data(RunExamples.history(RunExamples.STALE_OWN_READ.replaceAll(":time [0-9]+,", "")), List.of());

        assertThat(data.get("timed").asBoolean()).isFalse();
        assertThat(data.get("from").toString()).isEqualTo("[0,4,2,4]");
    }

    @Test
    void ofTooManyOperationsASampleIsCarriedAndThoseAroundTheAnomalies() throws Exception {
        JsonNode data = data(writes(150_000, "1"), List.of(7, 9));

        assertThat(data.get("operations").asInt()).isEqualTo(150_000);
        assertThat(data.get("step").asInt()).isEqualTo(2);
        assertThat(data.get("index").size()).isEqualTo(75_000 + 2);
        assertThat(sum(data.get("ok"))).isEqualTo(150_000);
    }

    @Test
    void longTextsAreCutAndMakeTheSampleSmaller() throws Exception {
        String json = json(writes(90_000, "y".repeat(100)), List.of());

        assertThat(json.length()).isLessThan(5_000_000);
        assertThat(json).contains("(105 characters)");
        assertThat(JsonMapper.shared().readTree(json).get("step").asInt()).isGreaterThan(1);
    }

    /** Writes one after the other, each of a value of its own that begins with its number. */
    private static History writes(int count, String value) throws MalformedHistoryException {
        StringBuilder text = new StringBuilder("{\"umpire\":\"history\",\"version\":1}\n");
        for (int i = 0; i < 2 * count; i++) {
            text.append("{\"index\":").append(i).append(",\"type\":\"").append(i % 2 == 0 ? "invoke" : "ok");
            text.append("\",\"process\":0,\"f\":\"write\",\"key\":\"x\",\"value\":\"")
                    .append(10_000 + i / 2)
                    .append(value);
            text.append("\"}\n");
        }
        return History.parse(text.toString());
    }

    private static JsonNode data(History history, List<Integer> always) {
        return JsonMapper.shared().readTree(json(history, always));
    }

    private static String json(History history, List<Integer> always) {
        TimeAxis axis = new TimeAxis(history, Words.of(history));
        Measurements measured = new Measurements(history, axis, CheckOptions.DEFAULT, true);
        return new PageData(history, axis, always, "entries").json(Fault.of(history), measured);
    }

    private static List<String> texts(JsonNode data, String column) {
        return data.get(column)
                .valueStream()
                .map(id -> data.get("texts").get(id.asInt()).asString())
                .toList();
    }

    private static long sum(JsonNode numbers) {
        return numbers.valueStream().mapToLong(JsonNode::asLong).sum();
    }
}
