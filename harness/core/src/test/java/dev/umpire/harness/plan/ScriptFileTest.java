package dev.umpire.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {
    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");

    @TempDir
    private Path folder;

    @Test
    void aScriptIsReadAsItWasWritten() throws IOException {
        Script script = new Script(
                List.of(
                        new Script.Ask(3, 20, 1, Request.write(Value.of("x"), Value.of(7))),
                        new Script.Ask(0, 30, 0, Request.read(Value.of("x")), OptionalLong.of(12)),
                        new Script.Ask(0, 40, 1, Request.snapshot(List.of(Value.of("x"), Value.of("y"))))),
                List.of(
                        new Script.Strike(
                                FaultKind.LOSS,
                                new TreeSet<>(),
                                new TreeSet<>(Set.of(new Link(N1, N2))),
                                "",
                                30,
                                0,
                                5,
                                25),
                        new Script.Strike(
                                FaultKind.CLOCK, new TreeSet<>(Set.of(N2)), new TreeSet<>(), "", -400, 1_500, 10, 60)));
        Path file = folder.resolve("script.jsonl");
        ScriptFile.write(file, script, List.of(N1, N2));

        assertThat(ScriptFile.read(file)).isEqualTo(script);
        assertThat(script.endOfFaultsNanos()).isEqualTo(60);
    }

    @Test
    void aScriptThatAsksNothingIsNotOneThatLeavesItToTheWorkload() throws IOException {
        Path file = folder.resolve("script.jsonl");
        for (Script script : List.of(Script.ofStrikes(List.of()), new Script(List.of(), List.of()))) {
            ScriptFile.write(file, script, List.of(N1, N2));

            assertThat(ScriptFile.read(file)).isEqualTo(script);
        }
    }

    @Test
    void aScriptThatIsNotAllThereIsRefused() throws IOException {
        Path file = folder.resolve("script.jsonl");
        ScriptFile.write(
                file,
                new Script(List.of(new Script.Ask(0, 20, 1, Request.read(Value.of("x")))), List.of()),
                List.of(N1, N2));
        List<String> lines = Files.readAllLines(file);

        for (int kept = 1; kept < lines.size(); kept++) {
            Files.write(file, lines.subList(0, kept));

            assertThatThrownBy(() -> ScriptFile.read(file))
                    .isInstanceOf(MalformedPlanException.class)
                    .hasMessage(file + ": found a script without its last line, expected all of it");
        }
    }

    @Test
    void whatStandsInNoOrderIsPutInTheOrderOfTime() {
        Script.Ask early = new Script.Ask(0, 10, 0, Request.read(Value.of("x")));
        Script.Ask late = new Script.Ask(1, 20, 0, Request.read(Value.of("x")));
        assertThat(new Script(List.of(late, early), List.of()).asks()).containsExactly(early, late);
    }

    @Test
    void aFaultOfAnUnknownKindIsRefused() throws IOException {
        Path file = folder.resolve("script.jsonl");
        ScriptFile.write(
                file,
                new Script(
                        List.of(),
                        List.of(new Script.Strike(
                                FaultKind.CRASH, new TreeSet<>(Set.of(N1)), new TreeSet<>(), "", 0, 0, 1, 2))),
                List.of(N1, N2));
        Files.writeString(file, Files.readString(file).replace("crash", "flood"));
        assertThatThrownBy(() -> ScriptFile.read(file))
                .isInstanceOf(MalformedPlanException.class)
                .hasMessageContaining("fault: found flood");
    }

    @Test
    void aNumberThatIsFarTooLargeIsRefusedAndNotTakenForAnother() throws IOException {
        Path file = folder.resolve("script.jsonl");
        ScriptFile.write(
                file,
                new Script(
                        List.of(new Script.Ask(3, 20, 0, Request.read(Value.of("x")))),
                        List.of(new Script.Strike(
                                FaultKind.CLOCK, new TreeSet<>(Set.of(N1)), new TreeSet<>(), "", 400, 1_500, 1, 2))),
                List.of(N1));
        String right = Files.readString(file);

        Files.writeString(file, right.replace("1500", "4294968796"));
        assertThatThrownBy(() -> ScriptFile.read(file))
                .hasMessageContaining("rate: found 4294968796, expected -2147483648 to 2147483647");

        Files.writeString(file, right.replace("\"session\":3", "\"session\":4294967299"));
        assertThatThrownBy(() -> ScriptFile.read(file))
                .hasMessageContaining("session: found 4294967299, expected 0 to 2147483647");
    }
}
