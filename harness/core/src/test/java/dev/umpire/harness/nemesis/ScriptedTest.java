package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedTest {

    private static final List<Node> NODES = Node.firstOf(3);
    private static final SortedSet<Link> LINKS = new TreeSet<>(List.of(new Link(NODES.get(0), NODES.get(1))));

    @TempDir
    private Path folder;

    @Test
    void aFaultOfPoorLinksStrikesAgainAsItDid() throws IOException {
        Path file = folder.resolve("strikes.jsonl");
        for (Fault fault :
                List.of(new Fault.Loss(LINKS, 30), new Fault.Throttle(LINKS, 9_000), new Fault.Reset(LINKS, 250))) {
            Script.Strike strike = Scripted.strike(fault, 5, 90);
            Scripted.require(strike, NODES);
            ScriptFile.write(file, Script.ofStrikes(List.of(strike)), NODES);

            assertThat(ScriptFile.read(file).strikes()).map(Scripted::fault).containsExactly(fault);
        }
    }

    @Test
    void aDegreeThatNoProbeCouldTellIsRefused() {
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.LOSS, 100), NODES))
                .hasMessageEndingWith("percent: found 100, expected 1 to 99");
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.THROTTLE, 0), NODES))
                .hasMessage("schedule: throttle from 0 ms: found [] and links [n1→n2]:"
                        + " bytesPerSecond: found 0, expected 1024 to 262144");
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.RESET, 501), NODES))
                .hasMessageEndingWith("everyMillis: found 501, expected 10 to 500");
    }

    private static Script.Strike strike(FaultKind kind, long amount) {
        return new Script.Strike(kind, new TreeSet<>(), LINKS, "", amount, 0, 5, 90);
    }

    @Test
    void poorLinksAreDescribedByTheirDegree() {
        assertThat(new Fault.Throttle(LINKS, 9_000).describe()).isEqualTo("throttle n1→n2 to 9000 bytes a second");
        assertThat(new Fault.Reset(LINKS, 250).describe()).isEqualTo("reset n1→n2 every 250 ms");
    }
}
