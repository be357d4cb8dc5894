package dev.umpire.targets.kafka;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Observation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Who belongs to a cluster of three, of which the third may have left it, and where copies are to be. */
class MembersTest {

    @Test
    void aMemberIsAVoterAndABroker() {
        Members all = members(Set.of(1, 2, 3), 1, 2, 3);

        assertThat(all.observation(N1, N3, 3))
                .isEqualTo(new Observation(true, "n1 lists n3 as a voter and as a broker"));
        assertThat(all.isWithout(3)).isFalse();
    }

    @Test
    void whoLeftIsNeither() {
        Members others = members(Set.of(1, 2), 1, 2);

        assertThat(others.observation(N2, N3, 3))
                .isEqualTo(new Observation(false, "n2 lists n3 as no voter and as no broker"));
        assertThat(others.isWithout(3)).isTrue();
    }

    @Test
    void whoIsOneOfBothHasNeitherLeftNorJoined() {
        Observation killed = members(Set.of(1, 2), 1, 2, 3).observation(N1, N3, 3);
        Observation started = members(Set.of(1, 2, 3), 1, 2).observation(N1, N3, 3);

        assertThat(killed).isEqualTo(Observation.unknown("n1 lists n3 as a voter and as no broker"));
        assertThat(started).isEqualTo(Observation.unknown("n1 lists n3 as no voter and as a broker"));
    }

    @Test
    void copiesOfAllThatSessionsAndTheirGroupUseAreAtTheSameBrokers() {
        assertThat(Topics.replicas("umpire", 2, List.of(1, 2)))
                .isEqualTo(Map.of(
                        new TopicPartition("umpire", 0), List.of(1, 2),
                        new TopicPartition("umpire", 1), List.of(1, 2),
                        new TopicPartition("__consumer_offsets", 0), List.of(1, 2),
                        new TopicPartition("__transaction_state", 0), List.of(1, 2)));
    }

    private static Members members(Set<Integer> brokers, int... voters) {
        return new Members(
                IntStream.of(voters)
                        .mapToObj(id -> new Members.Replica(id, new Uuid(1, id), 100))
                        .toList(),
                List.of(),
                100,
                brokers);
    }
}
