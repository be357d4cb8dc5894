package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AimTest {

    private static final KeyedRandom RANDOM = new KeyedRandom(Long.getLong("umpire.test.seed", 1));

    private static final List<FaultKind> KINDS = List.of(FaultKind.values());

    private static List<Node> nodes(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> new Node("n" + i)).toList();
    }

    private static final Optional<Node> N1 = Optional.of(new Node("n1"));

    /** Faults come and go at random; whatever is in force together keeps the rules of the package. */
    @Test
    void whateverIsInForceKeepsAMajorityUp() {
        for (int count = 2; count <= 7; count++) {
            List<Fault> inForce = new ArrayList<>();
            KeyedRandom.Stream stream = RANDOM.stream("walk").split(count);
            int most = 0;
            for (int turn = 0; turn < 2_000; turn++) {
                FaultKind kind = KINDS.get(stream.below(KINDS.size(), 2L * turn));
                if (stream.chance(0.6, 2L * turn + 1)) {
                    Aim.at(kind, turn, RANDOM, nodes(count), N1, inForce).ifPresent(inForce::add);
                } else {
                    inForce.removeIf(fault -> fault.kind() == kind);
                }
                String place = RANDOM + ", nodes " + count + ", turn " + turn + ": " + inForce;
                int struck =
                        inForce.stream().mapToInt(fault -> fault.nodes().size()).sum();
                assertThat(struck).as(place).isLessThanOrEqualTo(Math.max(1, (count - 1) / 2));
                assertThat(Aim.down(inForce)).as(place).hasSize(struck);
                assertThat(inForce.stream().map(Fault::kind)).as(place).doesNotHaveDuplicates();
                if (inForce.stream().anyMatch(fault -> fault.kind() == FaultKind.FAILOVER)) {
                    assertThat(inForce).as(place).hasSize(1);
                }
                most = Math.max(most, inForce.size());
            }
            assertThat(most).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void partitionsIsolateTheLeaderAnyNodeOrAMinority() {
        Set<SortedSet<Node>> sides = new HashSet<>();
        int leaderAlone = 0;
        for (int draw = 0; draw < 1_000; draw++) {
            Fault.Partition partition =
                    (Fault.Partition) Aim.at(FaultKind.PARTITION, draw, RANDOM, nodes(5), N1, List.of())
                            .orElseThrow();
            sides.add(partition.one());
            leaderAlone += partition.one().equals(new TreeSet<>(nodes(1))) ? 1 : 0;
            assertThat(partition.one().size()).isBetween(1, 2);
            assertThat(partition.links())
                    .hasSize(2 * partition.one().size() * partition.other().size());
        }
        assertThat(sides).hasSize(5 + 10);
        assertThat(leaderAlone).isBetween(400, 600);
    }

    @Test
    void aFailoverNeedsALeader() {
        assertThat(Aim.at(FaultKind.FAILOVER, 0, RANDOM, nodes(3), Optional.empty(), List.of()))
                .isEmpty();
        assertThat(Aim.at(FaultKind.FAILOVER, 0, RANDOM, nodes(3), N1, List.of()))
                .contains(new Fault.Failover(new Node("n1")));
    }

    @Test
    void aFaultIsDescribedByWhatItStrikes() {
        List<Node> three = nodes(3);
        assertThat(new Fault.Partition(new TreeSet<>(three.subList(0, 1)), new TreeSet<>(three.subList(1, 3)))
                        .describe())
                .isEqualTo("partition n1 │ n2 n3");
        assertThat(new Fault.Crash(new TreeSet<>(three.subList(1, 2))).describe())
                .isEqualTo("crash n2");
    }
}
