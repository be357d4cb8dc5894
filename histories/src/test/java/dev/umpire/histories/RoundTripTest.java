package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that an event says is lost in the columns or in a file. */
class RoundTripTest {
    private static final long SEED = Long.getLong("umpire.test.seed", 20_261_123);
    private static final int HISTORIES = 400;

    @Test
    void randomEventsComeBackFromTheColumnsAsTheyWere() {
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            List<Event> events = new RandomHistories(seed).events(1 + (int) (seed % 25));
            assertSame(History.of(events), events, "seed " + seed);
        }
    }

    @Test
    void randomEventsComeBackFromJsonLinesAsTheyWere() throws IOException {
        randomEventsComeBackFrom(HistoryFormat.JSONL);
    }

    @Test
    void randomEventsComeBackFromEdnAsTheyWere() throws IOException {
        randomEventsComeBackFrom(HistoryFormat.EDN);
    }

    @Test
    void randomEventsComeBackFromTheBinaryFormatAsTheyWere() throws IOException {
        randomEventsComeBackFrom(HistoryFormat.BINARY);
    }

    private static void randomEventsComeBackFrom(HistoryFormat format) throws IOException {
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            List<Event> events = new RandomHistories(seed).events(1 + (int) (seed % 25));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            HistoryFiles.write(History.of(events), out, format);
            byte[] bytes = out.toByteArray();
            History again = HistoryFiles.read(new ByteArrayInputStream(bytes), "again", ReadOptions.DEFAULT);
            assertSame(again, events, "seed " + seed + "\n" + out);
            ByteArrayOutputStream twice = new ByteArrayOutputStream();
            HistoryFiles.write(again, twice, format);
            assertThat(twice.toByteArray())
                    .as("seed " + seed + ", written twice")
                    .isEqualTo(bytes);
        }
    }

    /** Names the first event that differs: the histories are short, and that one says it all. */
    private static void assertSame(History history, List<Event> events, String seed) {
        List<Event> again = new ArrayList<>();
        history.events().forEach(again::add);
        assertThat(again).as(seed).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
            assertThat(again.get(i)).as(seed + ", event " + i).isEqualTo(events.get(i));
        }
    }
}
