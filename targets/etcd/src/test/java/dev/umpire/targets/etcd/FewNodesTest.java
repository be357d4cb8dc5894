package dev.umpire.targets.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of two members one that is left alone can agree on nothing. */
class FewNodesTest {

    private static final EtcdTarget ETCD = new EtcdTarget();

    @Test
    void anotherMembershipOfTwoIsRefusedBeforeTheStart() {
        assertThatThrownBy(() -> Runner.requirePossible(
                        PlanBuilder.real("etcd").nodes(2).nemesis("membership").build(), ETCD))
                .hasMessage("nemesis: found membership with nodes=2, expected 3 nodes or more");
    }

    @Test
    void allFaultsOfTwoAreAllButAnotherMembership() {
        assertThat(NemesisKinds.meantByAll(ETCD, SettingsResolver.resolve(ETCD, Map.of()), 2))
                .contains(FaultKind.CRASH)
                .doesNotContain(FaultKind.MEMBERSHIP);
        assertThat(NemesisKinds.meantByAll(ETCD, SettingsResolver.resolve(ETCD, Map.of()), 3))
                .contains(FaultKind.MEMBERSHIP);
        Runner.requirePossible(PlanBuilder.real("etcd").nodes(2).nemesis("all").build(), ETCD);
    }
}
