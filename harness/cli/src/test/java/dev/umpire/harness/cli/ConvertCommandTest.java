package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private final Path folder;
    private final Command command;

    ConvertCommandTest(@TempDir Path folder) {
        this.folder = folder;
        command = Command.in(folder)
                .file("a.edn", """
                        {:type :invoke, :process 0, :f :write, :key "x", :value 1, :op-index 7}
                        {:type :ok, :process 0, :f :write, :key "x", :value 1}
                        {:type :info, :process :nemesis, :f :kill, :value #{:n1}}
                        """)
                .file("seven.jsonl", """
                        {"umpire":"history","version":1,"nodes":["n1"],"initial":7}
                        {"type":"invoke","process":0,"f":"read","key":"x"}
                        {"type":"ok","process":0,"f":"read","key":"x","value":7}
                        {"umpire":"end","events":2}
                        """)
                .file("torn.jsonl", """
                        {"umpire":"history","version":1,"nodes":[],"initial":null}
                        {"type":"invoke","process":0,"f":"read","key":"x"}
                        """)
                .file("queue.edn", """
                        {:type :invoke, :process 0, :f :enqueue, :key "x", :value 1}
                        {:type :ok, :process 0, :f :enqueue, :key "x", :value 1}
                        """);
    }

    @Test
    void theWayThroughJsonLinesAndBackLosesNothing() throws IOException {
        assertThat(command.run("convert", "a.edn", "b.jsonl").err()).isEqualTo("b.jsonl: 3 events as jsonl\n");
        assertThat(command.run("convert", "b.jsonl", "c.edn").code()).isZero();
        assertThat(History.read(folder.resolve("c.edn")).events())
                .containsExactlyElementsOf(History.read(folder.resolve("a.edn")).events());
        assertThat(folder.resolve("c.edn.part")).doesNotExist();
    }

    @Test
    void aFormatThatCannotSayAllIsRefusedUntilItIsAllowed() {
        Command.Answered refused = command.run("convert", "seven.jsonl", "seven.edn");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo(
                        "umpire convert: seven.jsonl: edn cannot say the initial value, 7; nodes that no event names:"
                                + " n1; --lossy writes seven.edn without\n");
        assertThat(folder.resolve("seven.edn")).doesNotExist();

        Command.Answered allowed = command.run("convert", "--lossy", "seven.jsonl", "seven.edn");
        assertThat(allowed.code()).isZero();
        assertThat(allowed.err())
                .isEqualTo("seven.edn: 2 events as edn, without the initial value, 7; nodes that no event names: n1\n");
    }

    @Test
    void thatARecordingWasInterruptedIsLost() {
        assertThat(command.run("convert", "torn.jsonl", "whole.jsonl").err())
                .contains("jsonl cannot say that the recording was interrupted");
    }

    @Test
    void nothingIsLostOnTheWayThroughTheBinaryFormat() throws IOException {
        assertThat(command.run("convert", "seven.jsonl", "seven.umpire").err())
                .isEqualTo("seven.umpire: 2 events as binary\n");
        assertThat(command.run("convert", "--to", "jsonl", "seven.umpire", "again")
                        .code())
                .isZero();
        assertThat(folder.resolve("again")).hasSameTextualContentAs(folder.resolve("seven.jsonl"));
        assertThat(command.run("convert", "--to", "binary", "torn.jsonl", "torn")
                        .code())
                .isZero();
        assertThat(History.read(folder.resolve("torn")).source().complete()).isFalse();
        Command.Answered judged = command.run("check", "seven.umpire");
        assertThat(judged.err()).isEmpty();
        assertThat(judged.out()).contains("seven.umpire \u00b7 Umpire's binary format \u00b7 1 operation");
    }

    @Test
    void whatAFormatCannotHoldAtAllIsRefusedAndTheTargetStays() throws IOException {
        command.file("old.plume", "as it was");
        Command.Answered answered = command.run("convert", "--lossy", "queue.edn", "old.plume");
        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).startsWith("umpire convert: queue.edn cannot be written as plume: ");
        assertThat(Files.readString(folder.resolve("old.plume"))).isEqualTo("as it was");
    }

    @Test
    void anUnknownFormatIsToldTheKnown() {
        assertThat(command.run("convert", "a.edn", "b.txt").err())
                .isEqualTo("umpire convert: b.txt: the extension names no format, expected --to with one of jsonl, edn,"
                        + " binary, json, dbcop, dbcop-json, plume, awdit\n");
        assertThat(command.run("convert", "--to", "xml", "a.edn", "b.jsonl").err())
                .startsWith("umpire convert: --to: found xml, expected one of jsonl");
    }

    @Test
    void aFolderThatIsNotThereIsTwo() {
        Command.Answered answered = command.run("convert", "a.edn", "nowhere/b.jsonl");
        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("nowhere/b.jsonl cannot be written");
    }

    @Test
    void theHelpNamesEveryFormat() {
        String help = command.run("convert", "--help").out();
        assertThat(help)
                .contains(Arrays.stream(HistoryFormat.values())
                        .map(HistoryFormat::formatName)
                        .toArray(String[]::new));
    }

    @Test
    void whatIsRedactedKeepsItsShapeAlone() throws IOException {
        command.file("secret.edn", """
                {:type :invoke, :process 0, :f :write, :key "alice", :value 4711, :note "hunter2"}
                {:type :ok, :process 0, :f :write, :key "alice", :value 4711, :note "hunter2"}
                """);

        Command.Answered answered = command.run("convert", "--redact", "secret.edn", "shared.jsonl");

        assertThat(answered.code()).isZero();
        assertThat(answered.err()).isEqualTo("left out: the fields note\nshared.jsonl: 2 events as jsonl\n");
        assertThat(command.content("shared.jsonl")).doesNotContain("alice", "4711", "hunter2");
        assertThat(History.read(folder.resolve("shared.jsonl")).size()).isEqualTo(1);
    }
}
