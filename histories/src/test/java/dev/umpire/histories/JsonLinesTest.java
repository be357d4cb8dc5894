package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    @Test
    void aRecordingOfOursIsReadWithHeaderAndTrailer() throws MalformedHistoryException {
        History history = History.parse("""
                {"umpire":"history","version":1,"nodes":["n1","n2"],"initial":0}
                {"index":0,"time":5,"type":"invoke","process":0,"session":3,"node":"n1","f":"write","key":"x","value":1}
                {"index":1,"time":9,"type":"ok","process":0,"f":"write","key":"x","value":1,"version":7}
                {"index":2,"time":9,"type":"info","process":"nemesis","f":"inject","value":{"id":1,"fault":"crash"}}
                {"umpire":"end","events":3}
                """);

        assertThat(history.source().complete()).isTrue();
        assertThat(history.nodes()).containsExactly("n1", "n2");
        assertThat(history.value(history.initialValue())).isEqualTo(Value.of(0));
        assertThat(history.version(0)).isEqualTo(7);
        assertThat(history.nemesisEvents()).hasSize(1);
        assertThat(history.eventCount()).isEqualTo(3);
    }

    @Test
    void aRecordingThatKeepsNoRealTimeSaysSoAndIsWrittenThatWay() throws IOException {
        String text = """
                {"umpire":"history","version":1,"nodes":[],"initial":null,"realTime":false}
                {"umpire":"end","events":0}
                """;
        History history = History.parse(text);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        HistoryFiles.write(history, written, HistoryFormat.JSONL);

        assertThat(history.realTime()).isFalse();
        assertThat(written).hasToString(text);
        assertThat(History.parse("[]").realTime()).isTrue();
    }

    @Test
    void realTimeIsTrueOrFalse() {
        assertThatThrownBy(() -> History.parse("{\"umpire\":\"history\",\"version\":1,\"realTime\":1}"))
                .hasMessage("text:1:1: found 1 as realTime, expected true or false");
    }
}
