package dev.umpire.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is judged where nobody names a guarantee. */
class UsualGuaranteesTest {
    private static final String PREFIX = "consistent-prefix";
    private static final String VERSIONS = "versions";

    private static UsualGuarantees of(Store store, String workload) {
        return UsualGuarantees.of(
                store, SettingsResolver.resolve(store, Map.of()), Workloads.named(workload), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "dialogue", "baseball", "comments"})
    void whereSingleKeysAreReadAndNoOrderIsToldNoPrefixIsAskedForAndThatIsSaid(String workload) {
        UsualGuarantees usual = of(new Store("no", Request.CAS), workload);

        List<String> others = new ArrayList<>(Workload.REGISTERS);
        others.remove(PREFIX);
        assertThat(usual.judged()).isEqualTo(others);
        assertThat(usual.notAsked())
                .extracting(UsualGuarantees.NotAsked::sentence)
                .containsExactly(
                        "consistent-prefix, as nothing that " + workload + " asks of this store could break it:"
                                + " each read is of one key, and no version or position of a write is told");
    }

    @Test
    void whatCouldShowAnOrderKeepsThePrefix() {
        assertThat(of(new Store("yes"), "register").judged()).isEqualTo(Workload.REGISTERS);
        assertThat(of(new Store("no", Request.SNAPSHOT), "register").judged()).contains(PREFIX);
        assertThat(of(new Store("no", Request.SNAPSHOT), "dialogue").judged()).contains(PREFIX);
        assertThat(of(new Store("no", Request.APPEND), "comments").judged()).contains(PREFIX);
        assertThat(of(new Store("no", Request.APPEND), "list-append").judged()).contains(PREFIX);
        assertThat(of(new Store("no", Request.CAS), "cas-register").judged()).contains(PREFIX);
        assertThat(of(new Store("no", Request.CAS), "cas-register").notAsked()).isEmpty();
    }

    @Test
    void whatAWorkloadShowsOfNoStoreIsNotMissed() {
        assertThat(of(new Store("no"), "profile").notAsked()).isEmpty();
        assertThat(of(new Store("no", Request.ADD), "set").judged())
                .isEqualTo(Workloads.named("set").shows());
    }

    @Test
    void thePlanOfATargetIsJudgedByItsSettingsAndItsWorkloadAsTheyAreInTheEnd() {
        Store silent = new Store("no", Request.CAS);
        assertThat(PlanBuilder.of(silent, Map.of()).build().guarantees()).doesNotContain(PREFIX);
        assertThat(PlanBuilder.of(silent, Map.of()).set(VERSIONS, "yes").build().guarantees())
                .contains(PREFIX);
        assertThat(PlanBuilder.of(silent, Map.of())
                        .workload("cas-register", Map.of())
                        .build()
                        .guarantees())
                .contains(PREFIX);
    }

    @Test
    void whatAWorkloadIsToldNotToAskShowsNoOrder() {
        Store store = new Store("no", Request.SNAPSHOT);
        for (Map<String, String> options : List.of(Map.of("snapshot-percent", "0"), Map.of("keys", "1"))) {
            Plan plan = PlanBuilder.of(store, Map.of())
                    .workload("register", options)
                    .build();
            assertThat(plan.guarantees()).as("%s", options).doesNotContain(PREFIX);
            assertThat(UsualGuarantees.notAsked(plan, store)).hasSize(1);
        }
        Plan swaps = PlanBuilder.of(new Store("no", Request.CAS), Map.of())
                .workload("cas-register", Map.of("cas-percent", "0"))
                .build();
        assertThat(swaps.guarantees()).doesNotContain(PREFIX);
        Plan plan = PlanBuilder.of(store, Map.of())
                .workload("register", Map.of("snapshot-percent", "1"))
                .build();
        assertThat(plan.guarantees()).contains(PREFIX);
    }

    @Test
    void nothingIsMissedOfAPlanWhoseGuaranteesWereChosen() {
        Store store = new Store("no");
        PlanBuilder plan = PlanBuilder.of(store, Map.of());

        assertThat(UsualGuarantees.notAsked(plan.build(), store)).hasSize(1);
        assertThat(UsualGuarantees.notAsked(plan.guarantees("durability").build(), store))
                .isEmpty();
        assertThat(UsualGuarantees.notAsked(
                        plan.guarantees(Workload.REGISTERS.toArray(String[]::new))
                                .build(),
                        store))
                .isEmpty();
    }

    /** A store that is only described. */
    private static final class Store implements Target {
        private final String versions;
        private final Set<String> more;

        /** @param versions whether it tells them where no setting says so */
        Store(String versions, String... more) {
            this.versions = versions;
            this.more = Set.of(more);
        }

        @Override
        public String name() {
            return "store";
        }

        @Override
        public String meaning() {
            return "";
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting(VERSIONS, List.of("yes", "no"), versions, ""));
        }

        @Override
        public List<Configuration> configurations() {
            return List.of();
        }

        @Override
        public String describe(Settings settings) {
            return "";
        }

        @Override
        public Set<FaultKind> faults(Settings settings) {
            return Set.of();
        }

        @Override
        public boolean tellsOrder(Settings settings) {
            return settings.get(VERSIONS).equals("yes");
        }

        @Override
        public Set<String> functions(Settings settings) {
            List<String> all = new ArrayList<>(List.of(Request.READ, Request.WRITE));
            all.addAll(more);
            return Set.copyOf(all);
        }

        @Override
        public CompletionStage<Cluster> start(StartContext context) {
            throw new UnsupportedOperationException("only described");
        }
    }
}
