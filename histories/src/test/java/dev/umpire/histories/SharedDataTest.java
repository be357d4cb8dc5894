package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded histories of other people: all of them are read, and nothing is lost on the way through both formats. */
class SharedDataTest {

    @Test
    void everyRecordedHistoryIsTheSameAfterWritingAndReadingItAgain() throws IOException {
        for (Path file : files()) {
            History history = History.read(file);
            assertThat(history.eventCount()).as(file.toString()).isPositive();
            for (HistoryFormat format : List.of(HistoryFormat.JSONL, HistoryFormat.EDN, HistoryFormat.BINARY)) {
                History again = writtenAndRead(history, format);
                assertThat(list(again.events())).as(file + " as " + format).isEqualTo(list(history.events()));
                assertThat(again.size()).isEqualTo(history.size());
                assertThat(again.keyCount()).isEqualTo(history.keyCount());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "multi-register.edn, 123, 119, 2, 2",
        "mutex-etcd.edn, 563, 261, 299, 3",
        "list-append-tidb.edn, 10000, 4460, 5540, 0",
        "list-append-huge-scc.edn, 10254, 3036, 7070, 148",
        "bank-tidb.edn, 3566, 3249, 317, 0",
        "long-fork.edn, 2, 2, 0, 0",
        "set-full.edn, 294, 294, 0, 0"
    })
    void outcomesAreThoseThatTheCollectionStates(String name, int operations, int ok, int fail, int info)
            throws IOException {
        Path file = folder().resolve("jepsen").resolve(name);
        Assumptions.assumeTrue(Files.exists(file));
        History history = History.read(file);
        assertThat(history.size()).isEqualTo(operations);
        assertThat(count(history, Outcome.OK)).isEqualTo(ok);
        assertThat(count(history, Outcome.FAIL)).isEqualTo(fail);
        assertThat(count(history, Outcome.INFO)).isEqualTo(info);
    }

    private static long count(History history, Outcome outcome) {
        return IntStream.range(0, history.size())
                .filter(operation -> history.outcome(operation) == outcome)
                .count();
    }

    private static History writtenAndRead(History history, HistoryFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryFiles.write(history, out, format);
        return HistoryFiles.read(new ByteArrayInputStream(out.toByteArray()), "again", ReadOptions.DEFAULT);
    }

    private static List<Event> list(Iterable<Event> events) {
        List<Event> list = new ArrayList<>();
        events.forEach(list::add);
        return list;
    }

    private static List<Path> files() throws IOException {
        Path folder = folder();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().matches(".*(\\.edn|\\.log|/kv/.*\\.txt)"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        Path folder = Path.of(System.getProperty("umpire.shared.data", ""));
        Assumptions.assumeTrue(Files.isDirectory(folder.resolve("jepsen")), "no shared data");
        return folder;
    }
}
