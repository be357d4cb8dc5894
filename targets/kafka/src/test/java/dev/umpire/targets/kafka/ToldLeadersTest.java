package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.target.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldLeadersTest {

    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");

    private final List<Leadership> ofAnySession = List.of(new Leadership(N1), new Leadership(N1));

    @Test
    void whatAnotherSessionIsToldChangesNothingOfWhomThisOneAsks() {
        ToldLeaders one = new ToldLeaders(ofAnySession);
        ToldLeaders behind = new ToldLeaders(ofAnySession);

        one.tell(1, N2);
        behind.tell(1, N1);

        assertThat(one.leader(1)).isEqualTo(N2);
        assertThat(one.leader(0)).isEqualTo(N1);
        assertThat(one.leaderToldToAny(1)).isEqualTo(N1);
    }

    @Test
    void aSessionThatBeginsKnowsWhatAnyWasToldLast() {
        new ToldLeaders(ofAnySession).tell(0, N2);

        assertThat(new ToldLeaders(ofAnySession).leader(0)).isEqualTo(N2);
    }
}
