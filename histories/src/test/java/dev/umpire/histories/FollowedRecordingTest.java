package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedRecordingTest {
    private final Path file;
    private final List<Event> seen = new ArrayList<>();

    FollowedRecordingTest(@TempDir Path folder) {
        file = folder.resolve("history.jsonl");
    }

    private static Event event(long process) {
        return Event.of(EventType.INVOKE)
                .process(process)
                .function("write")
                .key(Value.of("x"))
                .value(Value.of(process))
                .build();
    }

    @Test
    void eachLookHandsOverWhatWasAppendedSinceTheLastOne() throws Exception {
        FollowedRecording followed = new FollowedRecording(file);
        try (HistoryRecorder recorder = HistoryRecorder.open(file, new RecordingHeader(List.of("n1"), Value.NIL))) {
            assertThat(followed.look(seen::add)).isFalse();
            assertThat(seen).isEmpty();
            recorder.append(event(1));
            recorder.append(event(2));
            recorder.flush();
            followed.look(seen::add);
            assertThat(seen).containsExactly(event(1).withIndex(0), event(2).withIndex(1));
            recorder.append(event(3));
            recorder.flush();
            followed.look(seen::add);
            assertThat(seen).hasSize(3);
            assertThat(followed.ended()).isFalse();
        }
        followed.look(seen::add);
        assertThat(seen).hasSize(3);
        assertThat(followed.ended()).isTrue();
    }

    @Test
    void aWholeRecordingIsHandedOverInOneLook() throws Exception {
        try (HistoryRecorder recorder = HistoryRecorder.open(file, new RecordingHeader(List.of(), Value.NIL))) {
            recorder.append(event(1));
        }
        FollowedRecording followed = new FollowedRecording(file);

        followed.look(seen::add);

        assertThat(seen).containsExactly(event(1).withIndex(0));
        assertThat(followed.ended()).isTrue();
    }

    @Test
    void aTornLineIsLeftForTheNextLook() throws Exception {
        String line = HistoryFiles.line(event(1)) + "\n";
        Files.writeString(file, line + line.substring(0, 20));
        FollowedRecording followed = new FollowedRecording(file);

        followed.look(seen::add);
        assertThat(seen).containsExactly(event(1));
        append(line.substring(20));
        followed.look(seen::add);

        assertThat(seen).containsExactly(event(1), event(1));
    }

    @Test
    void aLargeRecordingTakesSeveralLooks() throws Exception {
        String line = "{\"type\":\"info\",\"f\":\"" + "y".repeat(1 << 20) + "\"}\n";
        Files.writeString(file, line.repeat(9));
        FollowedRecording followed = new FollowedRecording(file);

        assertThat(followed.look(seen::add)).isTrue();
        assertThat(seen).hasSize(7);
        assertThat(followed.look(seen::add)).isFalse();
        assertThat(seen).hasSize(9);
    }

    @Test
    void whatIsNoRecordingIsRefused() throws Exception {
        Files.writeString(file, "<script>\n");

        assertThatThrownBy(() -> new FollowedRecording(file).look(seen::add))
                .isInstanceOf(MalformedHistoryException.class);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
