package dev.umpire.targets.mariadb;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MembershipTest {

    @Test
    void aMemberIsKnownByTheWholeOfItsPort() {
        Membership said = membership("Primary", "127.0.0.1:13306,127.0.0.1:3307");

        assertThat(said.counts(13306)).isTrue();
        assertThat(said.counts(3307)).isTrue();
        assertThat(said.counts(3306)).isFalse();
        assertThat(said.counts(330)).isFalse();
        assertThat(membership("Primary", "").counts(3306)).isFalse();
    }

    @Test
    void aNodeThatTakesNoStatementsOrHasNoQuorumIsNotReady() {
        assertThat(membership("Primary", "").readyAmong(2)).isTrue();
        assertThat(membership("Primary", "").readyAmong(3)).isFalse();
        assertThat(membership("non-Primary", "").readyAmong(2)).isFalse();
        assertThat(membership("non-Primary", "").hasQuorum()).isFalse();
    }

    @Test
    void whatThoseWithAQuorumDoNotAgreeOnIsNotKnown() {
        Membership counting = membership("Primary", "127.0.0.1:3306,127.0.0.1:3307,127.0.0.1:3308");
        Membership without = membership("Primary", "127.0.0.1:3306,127.0.0.1:3307");
        Membership alone = membership("non-Primary", "127.0.0.1:3307");

        assertThat(counted(counting, counting).evidence()).isEqualTo("n1 counts n3 among 2 members");
        assertThat(counted(alone, without).evidence()).isEqualTo("n2 does not count n3 among 2 members");
        assertThat(counted(without, without).positive()).isFalse();
        assertThat(counted(counting, without).known()).isFalse();
        assertThatThrownBy(() -> counted(alone, alone)).hasMessageStartingWith("no node that has a quorum tells");
    }

    private static Observation counted(Membership atN1, Membership atN2) {
        Map<Node, Optional<Membership>> answers = new LinkedHashMap<>();
        answers.put(N1, Optional.of(atN1));
        answers.put(N2, Optional.of(atN2));
        return GaleraStanding.counted(new NodeAnswers<>(answers), N3, 3308);
    }

    private static Membership membership(String component, String members) {
        return new Membership(true, "Synced", component, "4", 2, members, 17);
    }
}
