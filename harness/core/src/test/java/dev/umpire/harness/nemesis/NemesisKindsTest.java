package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.PartitionShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NemesisKindsTest {

    @Test
    void aListNamesKindsInItsOwnOrder() {
        assertThat(NemesisKinds.parse("pause, crash", Set.of())).containsExactly(FaultKind.PAUSE, FaultKind.CRASH);
        assertThat(NemesisKinds.parse("none", Set.of())).isEmpty();
    }

    @Test
    void allIsWhatTheTargetCanBeGiven() {
        assertThat(NemesisKinds.parse("all", Set.of(FaultKind.PARTITION, FaultKind.CRASH)))
                .containsExactly(FaultKind.CRASH, FaultKind.PARTITION);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> NemesisKinds.parse("crsh", Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nemesis: found crsh, expected none, crash, pause, partition,"
                        + " partition:isolate-leader, partition:isolate-one, partition:halves, partition:one-way,"
                        + " partition:majority-ring, partition:bridge, partition:random, failover, slow, loss, duplication, throttle, reset, clock, replacement, membership, restore, disconnect, rolling-restart, full-disk,"
                        + " client-cut, client-slow, all");
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        assertThatThrownBy(() -> require(FaultKind.CRASH, Set.of(), 3))
                .hasMessage("nemesis: found crash, but redis with these settings can be given no fault at all");
        assertThatThrownBy(() -> require(FaultKind.CRASH, Set.of(FaultKind.CRASH), 1))
                .hasMessage("nemesis: found crash with nodes=1, expected 2 nodes or more");
        assertThatThrownBy(() -> require(FaultKind.MEMBERSHIP, Set.of(FaultKind.MEMBERSHIP), 2))
                .hasMessage("nemesis: found membership with nodes=2, expected 3 nodes or more");
    }

    @Test
    void whatThisMachineAloneForbidsIsRefusedWithWhatIsMissing() {
        assertThatThrownBy(() -> require(FaultKind.FULL_DISK, Set.of(FaultKind.CRASH), 3))
                .hasMessage(
                        "nemesis: found full-disk, but redis with these settings can be given crash; it is not supported"
                                + " here: found no root, expected root");
    }

    private static void require(FaultKind kind, Set<FaultKind> supported, int nodes) {
        NemesisKinds.requirePossible(
                List.of(kind),
                supported,
                one -> one == FaultKind.FULL_DISK ? Optional.of("found no root, expected root") : Optional.empty(),
                one -> one == FaultKind.MEMBERSHIP ? 3 : 2,
                "redis",
                nodes);
    }

    @Test
    void aPartitionMayBeOfAShape() {
        assertThat(NemesisKinds.parse("partition:bridge,crash,partition:one-way", Set.of()))
                .containsExactly(FaultKind.PARTITION, FaultKind.CRASH);
        List<String> names = NemesisKinds.names(" partition:bridge, none,crash,partition:one-way", Set.of());
        assertThat(names).containsExactly("partition:bridge", "crash", "partition:one-way");
        assertThat(NemesisKinds.shapes(names)).containsExactly(PartitionShape.BRIDGE, PartitionShape.ONE_WAY);
        assertThat(NemesisKinds.names("partition:bridge,partition", Set.of())).containsExactly("partition");
        assertThat(NemesisKinds.shapes(List.of("partition:bridge", "partition")))
                .as("where all may be, one more changes nothing")
                .isEmpty();
        assertThatThrownBy(() -> NemesisKinds.names("partition:brige", Set.of()))
                .hasMessageStartingWith("nemesis: found partition:brige, expected none, crash");
        assertThatThrownBy(() -> NemesisKinds.requireNodes(names, 2))
                .hasMessage("nemesis: found partition:bridge with nodes=2, expected 3 nodes or more");
        NemesisKinds.requireNodes(names, 3);
    }

    @Test
    void everyKindIsListedWithItsMeaning() {
        assertThat(NemesisKinds.all())
                .extracting(NemesisKinds.Listed::name)
                .containsExactly(
                        "none",
                        "crash",
                        "pause",
                        "partition",
                        "partition:isolate-leader",
                        "partition:isolate-one",
                        "partition:halves",
                        "partition:one-way",
                        "partition:majority-ring",
                        "partition:bridge",
                        "partition:random",
                        "failover",
                        "slow",
                        "loss",
                        "duplication",
                        "throttle",
                        "reset",
                        "clock",
                        "replacement",
                        "membership",
                        "restore",
                        "disconnect",
                        "rolling-restart",
                        "full-disk",
                        "client-cut",
                        "client-slow",
                        "all");
    }
}
