package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.PartitionShape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AimTest {

    private static final KeyedRandom RANDOM = new KeyedRandom(Long.getLong("umpire.test.seed", 1));

    private static final List<FaultKind> KINDS = List.of(FaultKind.values());

    private static final Aim.Known N1 = Aim.Known.of(Optional.of(new Node("n1")));

    /** Faults come and go at random; whatever is in force together keeps the rules of the package. */
    @Test
    void whateverIsInForceKeepsAMajorityUp() {
        for (int count = 2; count <= 7; count++) {
            List<Fault> inForce = new ArrayList<>();
            KeyedRandom.Stream stream = RANDOM.stream("walk").split(count);
            int most = 0;
            for (int turn = 0; turn < 2_000; turn++) {
                FaultKind kind = KINDS.get(stream.below(KINDS.size(), 2L * turn));
                if (!stream.chance(0.6, 2L * turn + 1)) {
                    inForce.removeIf(fault -> fault.kind() == kind);
                } else if (Aim.allowed(kind, count, inForce, false)) {
                    Aim.at(kind, List.of(), turn, RANDOM, Node.firstOf(count), N1, inForce)
                            .ifPresent(inForce::add);
                }
                String place = RANDOM + ", nodes " + count + ", turn " + turn + ": " + inForce;
                int struck =
                        inForce.stream().mapToInt(fault -> fault.down().size()).sum();
                assertThat(struck).as(place).isLessThanOrEqualTo(Math.max(1, (count - 1) / 2));
                assertThat(Aim.down(inForce)).as(place).hasSize(struck);
                assertThat(inForce.stream().map(Fault::kind)).as(place).doesNotHaveDuplicates();
                for (FaultKind alone : List.of(FaultKind.FAILOVER, FaultKind.ROLLING_RESTART)) {
                    if (inForce.stream().anyMatch(fault -> fault.kind() == alone)) {
                        assertThat(inForce.stream().map(Fault::kind))
                                .as(place)
                                .isSubsetOf(
                                        alone,
                                        FaultKind.LOSS,
                                        FaultKind.DUPLICATION,
                                        FaultKind.CLOCK,
                                        FaultKind.CLIENT_CUT,
                                        FaultKind.CLIENT_SLOW);
                    }
                }
                most = Math.max(most, inForce.size());
            }
            assertThat(most).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void partitionsHaveManyShapesAndTheLeaderIsOftenAlone() {
        SortedSet<Link> leaderAlone =
                Partitions.between(Node.firstOf(1), Node.firstOf(5)).links();
        Set<SortedSet<Link>> cuts = new HashSet<>();
        int alone = 0;
        for (int draw = 0; draw < 1_000; draw++) {
            Fault partition = Aim.at(FaultKind.PARTITION, List.of(), draw, RANDOM, Node.firstOf(5), N1, List.of())
                    .orElseThrow();
            assertThat(partition.links()).isNotEmpty();
            cuts.add(partition.links());
            alone += partition.links().equals(leaderAlone) ? 1 : 0;
        }
        assertThat(cuts).hasSizeGreaterThan(50);
        assertThat(alone).isBetween(300, 500);
    }

    @Test
    void aPartitionHasOneOfTheShapesThatItMayHave() {
        List<Node> nodes = Node.firstOf(5);
        for (int draw = 0; draw < 200; draw++) {
            assertThat(struck(draw, PartitionShape.ISOLATE_LEADER))
                    .isEqualTo(Partitions.between(Node.firstOf(1), nodes));
            assertThat(struck(draw, PartitionShape.BRIDGE).shape()).matches("n. n. ─ n. ─ n. n.");
            assertThat(struck(draw, PartitionShape.MAJORITY_RING, PartitionShape.ONE_WAY)
                            .shape())
                    .matches("majority ring .*|n. hears nobody|n. is heard by nobody");
        }
    }

    private static Fault.Partition struck(long draw, PartitionShape... shapes) {
        return (Fault.Partition)
                Aim.at(FaultKind.PARTITION, List.of(shapes), draw, RANDOM, Node.firstOf(5), N1, List.of())
                        .orElseThrow();
    }

    @Test
    void inAMajorityRingEveryNodeSeesAMajorityAndNoTwoSeeTheSame() {
        for (int count = 4; count <= 9; count++) {
            Set<Set<Node>> views = new HashSet<>();
            SortedSet<Link> cut = Partitions.of(
                            PartitionShape.MAJORITY_RING, Node.firstOf(count), Optional.empty(), RANDOM.stream("ring"))
                    .links();
            for (Node node : Node.firstOf(count)) {
                Set<Node> seen = new HashSet<>(Node.firstOf(count));
                seen.removeIf(other -> !other.equals(node) && cut.contains(new Link(node, other)));
                assertThat(seen.size()).as("%d nodes, %s", count, cut).isGreaterThan(count / 2);
                views.add(seen);
            }
            assertThat(views).as("%d nodes, %s", count, cut).hasSize(count);
        }
    }

    @Test
    void overABridgeOnlyOneNodeSeesAll() {
        Fault bridge = Partitions.of(PartitionShape.BRIDGE, Node.firstOf(5), Optional.empty(), RANDOM.stream("bridge"));
        assertThat(bridge.links()).hasSize(2 * 2 * 2);
        assertThat(Node.firstOf(5).stream()
                        .filter(node -> bridge.links().stream()
                                .noneMatch(link ->
                                        link.from().equals(node) || link.to().equals(node))))
                .hasSize(1);
    }

    @Test
    void aOneWayPartitionCutsNoWayBack() {
        Set<String> shapes = new TreeSet<>();
        for (int draw = 0; draw < 100; draw++) {
            Fault.Partition oneWay = Partitions.of(
                    PartitionShape.ONE_WAY,
                    Node.firstOf(3),
                    Optional.empty(),
                    RANDOM.stream("one way").split(draw));
            shapes.add(oneWay.shape());
            assertThat(oneWay.links()).noneMatch(link -> oneWay.links().contains(new Link(link.to(), link.from())));
        }
        assertThat(shapes).contains("n1 hears nobody", "n1 is heard by nobody", "n3 hears nobody");
    }

    @Test
    void whoAcknowledgedJustNowIsStruck() {
        Optional<Node> n3 = Optional.of(new Node("n3"));
        for (int draw = 0; draw < 50; draw++) {
            assertThat(Aim.at(
                            FaultKind.CRASH,
                            List.of(),
                            draw,
                            RANDOM,
                            Node.firstOf(3),
                            new Aim.Known(N1.leader(), n3, true),
                            List.of()))
                    .map(Fault::nodes)
                    .contains(new TreeSet<>(Node.firstOf(3).subList(2, 3)));
        }
    }

    @Test
    void linksThatAreCutAreMadeNoWorse() {
        List<Fault> cut = List.of(Partitions.between(Node.firstOf(1), Node.firstOf(3)));
        for (FaultKind kind : List.of(FaultKind.SLOW, FaultKind.LOSS, FaultKind.DUPLICATION)) {
            for (int draw = 0; draw < 50; draw++) {
                Aim.at(kind, List.of(), draw, RANDOM, Node.firstOf(3), N1, cut)
                        .ifPresent(fault -> assertThat(fault.links())
                                .isNotEmpty()
                                .doesNotContainAnyElementsOf(cut.get(0).links()));
            }
        }
    }

    @Test
    void connectionsAreResetOfBothWaysOfALink() {
        for (int draw = 0; draw < 50; draw++) {
            Fault reset = Aim.at(FaultKind.RESET, List.of(), draw, RANDOM, Node.firstOf(3), N1, List.of())
                    .orElseThrow();
            assertThat(reset.links())
                    .isNotEmpty()
                    .allMatch(link -> reset.links().contains(link.back()));
        }
    }

    @Test
    void whatHidesAnotherFaultOfLinksDoesNotJoinIt() {
        Set<FaultKind> ofLinks = EnumSet.of(FaultKind.PARTITION, FaultKind.SLOW, FaultKind.LOSS);
        for (FaultKind kind : List.of(FaultKind.THROTTLE, FaultKind.RESET)) {
            List<Fault> narrow = List.of(struck(kind));
            for (FaultKind other : ofLinks) {
                assertThat(Aim.allowed(other, 3, narrow, false)).isFalse();
                assertThat(Aim.allowed(kind, 3, List.of(struck(other)), false)).isFalse();
            }
            assertThat(Aim.allowed(FaultKind.CRASH, 3, narrow, false)).isTrue();
            assertThat(Aim.allowed(FaultKind.CLIENT_CUT, 3, narrow, false)).isTrue();
        }
        List<Fault> loss = List.of(struck(FaultKind.LOSS));
        assertThat(Aim.allowed(FaultKind.PARTITION, 3, loss, false))
                .as("where a message that is lost is gone")
                .isTrue();
        for (FaultKind kind : List.of(FaultKind.PARTITION, FaultKind.SLOW, FaultKind.FAILOVER)) {
            assertThat(Aim.allowed(kind, 3, loss, true)).isFalse();
            assertThat(Aim.allowed(FaultKind.LOSS, 3, List.of(struck(kind)), true))
                    .isFalse();
        }
        assertThat(Aim.allowed(FaultKind.SLOW, 3, List.of(struck(FaultKind.PARTITION)), true))
                .isTrue();
        assertThat(Aim.allowed(FaultKind.CRASH, 3, loss, true)).isTrue();
    }

    private static Fault struck(FaultKind kind) {
        return Aim.at(kind, List.of(), 0, RANDOM, Node.firstOf(3), N1, List.of())
                .orElseThrow();
    }

    @Test
    void clientsAreCutFromANodeBothWaysOrOneAndNodesAreNot() {
        Set<String> described = new TreeSet<>();
        for (int draw = 0; draw < 200; draw++) {
            Fault cut = Aim.at(FaultKind.CLIENT_CUT, List.of(), draw, RANDOM, Node.firstOf(3), N1, List.of())
                    .orElseThrow();
            assertThat(cut.kind()).isEqualTo(FaultKind.CLIENT_CUT);
            assertThat(cut.links()).isNotEmpty().allMatch(Link::ofClients);
            assertThat(cut.down()).isEmpty();
            described.add(cut.describe());
        }
        assertThat(described)
                .contains(
                        "client-cut clients │ n1",
                        "client-cut n1 hears no client",
                        "client-cut n1 is heard by no client")
                .hasSize(9);
    }

    @Test
    void whereClientsAreCutTheyAreNotSlowed() {
        Link link = new Link(Node.CLIENTS, new Node("n1"));
        List<Fault> cut = List.of(new Fault.Partition("n1 hears no client", new TreeSet<>(Set.of(link))));
        Set<SortedSet<Link>> slowed = new HashSet<>();
        for (int draw = 0; draw < 200; draw++) {
            Aim.at(FaultKind.CLIENT_SLOW, List.of(), draw, RANDOM, Node.firstOf(3), N1, cut)
                    .ifPresent(fault -> {
                        assertThat(fault.kind()).isEqualTo(FaultKind.CLIENT_SLOW);
                        assertThat(fault.links()).isNotEmpty().doesNotContain(link, link.back());
                        slowed.add(fault.links());
                    });
        }
        assertThat(slowed).hasSizeGreaterThan(1);
    }

    @Test
    void aFailoverNeedsALeader() {
        assertThat(Aim.at(
                        FaultKind.FAILOVER,
                        List.of(),
                        0,
                        RANDOM,
                        Node.firstOf(3),
                        Aim.Known.of(Optional.empty()),
                        List.of()))
                .isEmpty();
        assertThat(Aim.at(FaultKind.FAILOVER, List.of(), 0, RANDOM, Node.firstOf(3), N1, List.of()))
                .contains(new Fault.Failover(new Node("n1")));
    }

    @Test
    void aRollingRestartComesToAllAndAnyOfThemIsTheLast() {
        Set<Node> last = new HashSet<>();
        for (int draw = 0; draw < 50; draw++) {
            Fault restart = Aim.at(FaultKind.ROLLING_RESTART, List.of(), draw, RANDOM, Node.firstOf(3), N1, List.of())
                    .orElseThrow();
            assertThat(restart.nodes()).containsExactlyElementsOf(Node.firstOf(3));
            assertThat(restart.restartedBefore()).hasSize(2).doesNotContainAnyElementsOf(restart.down());
            last.addAll(restart.down());
        }
        assertThat(last).containsExactlyInAnyOrderElementsOf(Node.firstOf(3));
        assertThat(new Fault.RollingRestart(new TreeSet<>(Node.firstOf(3)), 1).describe())
                .isEqualTo("rolling restart of n2 n3 n1");
    }

    @Test
    void aFaultIsDescribedByWhatItStrikes() {
        List<Node> three = Node.firstOf(3);
        assertThat(Partitions.between(three.subList(0, 1), three).describe()).isEqualTo("partition n1 │ n2 n3");
        assertThat(new Fault.Crash(new TreeSet<>(three.subList(1, 2))).describe())
                .isEqualTo("crash n2");
    }
}
