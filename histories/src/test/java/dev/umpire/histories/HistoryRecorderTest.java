package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {
    private static final RecordingHeader HEADER = new RecordingHeader(List.of("n1", "n2"), Value.NIL);

    @TempDir
    private Path folder;

    @Test
    void aRecordingCutAtAnyByteOfItsLastLinesIsReadUpToItsLastWholeLine() throws IOException {
        byte[] bytes = Files.readAllBytes(recording(6));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int headerEnd = text.indexOf('\n') + 1;
        for (int length = headerEnd; length <= bytes.length; length++) {
            History history = read(Arrays.copyOf(bytes, length));
            String kept = text.substring(headerEnd, length);
            int wholeLines = (int) kept.lines()
                    .filter(line -> line.endsWith("}") && isWhole(line, text))
                    .count();
            boolean complete = kept.contains("{\"umpire\":\"end\",\"events\":6}");
            assertThat(history.source().complete()).as("length " + length).isEqualTo(complete);
            assertThat(history.eventCount()).as("length " + length).isEqualTo(complete ? 6 : wholeLines);
            int tail = text.lastIndexOf('\n', length - 1) + 1;
            boolean torn = tail < length && !isWhole(text.substring(tail, length), text);
            assertThat(history.source().droppedBytes()).as("length " + length).isEqualTo(torn ? length - tail : 0);
        }
    }

    private static boolean isWhole(String line, String text) {
        return text.contains("\n" + line + "\n");
    }

    @Test
    void aRecordingThatIsBrokenBeforeItsLastLineIsRefused() throws IOException {
        String text = Files.readString(recording(6));
        String broken = text.replaceFirst("\"type\":\"ok\"", "\"type\":");
        assertThatThrownBy(() -> History.parse(broken))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageMatching("text:3:\\d+: found ',', expected a value for \"type\"");
        assertThatThrownBy(() -> History.parse(text + "{\"type\":\"invoke\"}"))
                .hasMessage("text:9:1: found '{' after the end line, expected end of file");
        assertThatThrownBy(() -> History.parse(text.replace("\"events\":6", "\"events\":5")))
                .hasMessage("text:8:1: found 6 events before the end line, expected 5 as it says");
        assertThatThrownBy(() -> History.parse(text.replace("\"version\":1,\"nodes\"", "\"version\":2,\"nodes\"")))
                .hasMessage("text:1:1: found format version 2, expected 1");
        assertThatThrownBy(() -> History.parse(text.replace("\"nodes\":", "\"noods\":")))
                .hasMessage("text:1:1: found the field noods, expected one of version, nodes, initial, realTime");
        assertThatThrownBy(() -> History.parse(text.replace("\"events\":6", "\"events\":6,\"more\":1")))
                .hasMessage("text:8:1: found the field more, expected one of events");
    }

    @Test
    void whatWasFlushedIsReadableWhileTheRecorderIsOpen() throws IOException {
        Path file = folder.resolve("open.jsonl");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, HEADER)) {
            assertThat(History.read(file).eventCount()).isZero();
            recorder.append(invocation(0));
            recorder.flush();
            assertThat(History.read(file).eventCount()).isEqualTo(1);
            assertThat(History.read(file).source().complete()).isFalse();
        }
        assertThat(History.read(file).source().complete()).isTrue();
    }

    @Test
    void eventsReachTheFileWithoutAFlushWhenAThousandWait() throws IOException {
        Path file = folder.resolve("many.jsonl");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, HEADER)) {
            for (int i = 0; i < 2_500; i++) {
                recorder.append(invocation(i));
            }
            assertThat(History.read(file).eventCount()).isGreaterThanOrEqualTo(2_000);
        }
    }

    @Test
    void theSameEventsGiveTheSameBytes() throws IOException {
        assertThat(Files.readAllBytes(recording(40))).isEqualTo(Files.readAllBytes(recording(40)));
    }

    @Test
    void eventsOfManyThreadsAreAllRecordedWithTheirIndex() throws Exception {
        Path file = folder.resolve("threads.jsonl");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (HistoryRecorder recorder = HistoryRecorder.open(file, HEADER)) {
            List<Callable<Integer>> clients = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int process = thread;
                clients.add(() -> {
                    for (int i = 0; i < 500; i++) {
                        recorder.append(invocation(process));
                        recorder.append(completion(process));
                    }
                    return process;
                });
            }
            for (Future<Integer> client : threads.invokeAll(clients, 30, TimeUnit.SECONDS)) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
        History history = History.read(file);
        assertThat(history.size()).isEqualTo(2_000);
        long position = 0;
        for (Event event : history.events()) {
            assertThat(event.index()).hasValue(position++);
        }
    }

    @Test
    void aFileThatExistsIsNotOverwritten() throws IOException {
        Path file = recording(2);
        assertThatThrownBy(() -> HistoryRecorder.open(file, HEADER)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void anEventThatCannotBeWrittenLeavesNoTrace() throws IOException {
        Path file = folder.resolve("unwritable.jsonl");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, HEADER)) {
            Event unwritable = Event.of(EventType.INVOKE)
                    .process(0)
                    .function("write")
                    .value(Value.keyword("two words"))
                    .build();
            assertThatThrownBy(() -> recorder.append(unwritable)).isInstanceOf(IllegalArgumentException.class);
            assertThat(recorder.append(invocation(0))).isZero();
        }
        assertThat(History.read(file).eventCount()).isEqualTo(1);
    }

    @Test
    void aClosedRecorderTakesNothingMoreAndMayBeClosedAgain() throws IOException {
        HistoryRecorder recorder = HistoryRecorder.open(folder.resolve("closed.jsonl"), HEADER);
        recorder.close();
        recorder.close();
        assertThatThrownBy(() -> recorder.append(invocation(0))).isInstanceOf(IllegalStateException.class);
    }

    private Path recording(int events) throws IOException {
        Path file = Files.createTempDirectory(folder, "run").resolve("history.jsonl");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, HEADER)) {
            for (int i = 0; i < events / 2; i++) {
                recorder.append(invocation(i));
                recorder.append(completion(i));
            }
        }
        return file;
    }

    private static Event invocation(int process) {
        return Event.of(EventType.INVOKE)
                .time(1_000L * process)
                .process(process)
                .node("n1")
                .function("write")
                .key(Value.of("k\u20ac\ud83d\ude00"))
                .value(Value.of(List.of(Value.of(-7), Value.keyword("x"), Value.NIL, Value.of(true))))
                .build();
    }

    private static Event completion(int process) {
        return Event.of(EventType.OK)
                .time(1_000L * process + 10)
                .process(process)
                .function("write")
                .key(Value.of("k\u20ac\ud83d\ude00"))
                .version(process)
                .error("a \"quoted\" \\ text\n")
                .extra(Value.keyword("lag"), new Value.Real(1.5e-7))
                .build();
    }

    private static History read(byte[] bytes) throws IOException {
        return HistoryFiles.read(new ByteArrayInputStream(bytes), "cut", ReadOptions.DEFAULT);
    }
}
