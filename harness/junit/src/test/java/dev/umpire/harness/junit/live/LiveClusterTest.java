package dev.umpire.harness.junit.live;

import static dev.umpire.checkers.Guarantee.LINEARIZABLE;
import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.nemesis.Fault;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveClusterTest {
    private static final Map<String, String> STALE = Map.of("reads", "any-follower", "failover", "on");
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private LiveCluster cluster;

    @BeforeEach
    void aClusterWhoseReadsGoToAnyFollower() throws IOException {
        cluster = started(STALE);
    }

    @AfterEach
    void isStopped() {
        cluster.close();
    }

    private LiveCluster started(Map<String, String> settings) throws IOException {
        SimulatedTarget target = new SimulatedTarget();
        return LiveCluster.start(PlanBuilder.of(target, settings).seed(7).build(), target, folder);
    }

    private static Value result(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElse(Value.NIL);
    }

    @Test
    void whatASessionWritesItReadsAndBothAreRecorded() {
        LiveSession alice = cluster.session("alice");

        assertThat(alice.write("cart", 3)).isInstanceOf(Response.Ok.class);
        await().until(cluster.converged());
        assertThat(result(alice.read("cart"))).isEqualTo(Value.of(3));

        History history = cluster.history();
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.sessionCount()).isEqualTo(1);
        assertThat(history).satisfies(READ_YOUR_WRITES);
        assertThat(cluster.session("alice")).isSameAs(alice);
    }

    @Test
    void aReplicaThatIsCutOffIsBehindUntilItIsMended() {
        String leader = cluster.leader().orElseThrow();
        String follower = cluster.nodes().stream()
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
        LiveSession alice = cluster.session("alice").moveTo(leader);
        Condition caughtUp = cluster.replica(follower).caughtUpWith(leader);

        try (Strike cut = cluster.nemesis().partition(follower)) {
            assertThat(cut.evidence()).isNotEmpty();
            assertThat(cluster.nemesis().inForce()).containsExactly(cut.toString());
            alice.write("cart", 3);
            assertThat(result(alice.readAt(follower, "cart"))).isEqualTo(Value.NIL);
            assertThatThrownBy(() -> await().atMost(SHORT).untilAsserted(caughtUp::require))
                    .isInstanceOf(ConditionTimeoutException.class)
                    .hasMessageContaining("awaited that " + follower + " has caught up with " + leader)
                    .hasMessageContaining("last seen: " + follower + " is at ")
                    .hasMessageContaining(leader + " is at ");
        }
        await().until(caughtUp);

        assertThat(result(alice.readAt(follower, "cart"))).isEqualTo(Value.of(3));
        assertThat(cluster.nemesis().inForce()).isEmpty();
        assertThat(cluster.history()).breaks(READ_YOUR_WRITES).onKey("cart");
        assertThat(cluster.history().nemesisEvents().stream().map(NemesisEvent::function))
                .containsExactly("inject", "confirm", "heal", "gone");
    }

    @Test
    void aConditionThatIsNotTrueSaysWhatItSaw() {
        Strike crash = cluster.nemesis().crash("n2");

        assertThatThrownBy(() -> await().atMost(SHORT).until(cluster.converged()))
                .isInstanceOf(ConditionTimeoutException.class)
                .hasMessageContaining("converged");
        assertThatThrownBy(() -> cluster.replica("n2").answers().require())
                .hasMessageContaining("awaited that n2 answers; last seen: ");
        assertThat(cluster.told())
                .anySatisfy(line -> assertThat(line).isEqualTo("in force: crash n2"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("awaited that all replicas have everything; last seen: n1 ")
                        .contains("n2 does not answer"));

        crash.heal();
        await().until(cluster.converged());
        await().until(cluster.replica("n2").answers());
        await().until(cluster.hasLeader());
    }

    @Test
    void theLeaderIsIsolatedAndAnotherOneFound() {
        String old = cluster.leader().orElseThrow();

        try (Strike cut = cluster.nemesis().isolateLeader()) {
            assertThat(cut)
                    .hasToString("partition " + old + " │ "
                            + String.join(
                                    " ",
                                    cluster.nodes().stream()
                                            .filter(node -> !node.equals(old))
                                            .toList()));
        }
        await().until(cluster.hasLeader());
        Strike failover = cluster.nemesis().failOver();
        failover.heal();
        failover.heal();
        await().until(cluster.converged());
    }

    @Test
    void linksAreSlowAndNodesStandStill() {
        cluster.nemesis().slow(Duration.ofMillis(200), "n1");
        cluster.nemesis().healAll();
        try (Strike pause = cluster.nemesis().pause("n3")) {
            assertThat(pause.evidence()).isNotEmpty();
            assertThat(cluster.replica("n3").answers().call()).isFalse();
        }
        await().until(cluster.replica("n3").answers());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> cluster.session("alice").moveTo("n4"))
                .hasMessage("node: found n4, expected one of [n1, n2, n3]");
        assertThatThrownBy(() -> cluster.nemesis().crash())
                .hasMessage("nodes: found none, expected one or more of [n1, n2, n3]");
        assertThatThrownBy(
                        () -> cluster.nemesis().inject(new Fault.Replacement(new TreeSet<>(List.of(new Node("n1"))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fault: found replacement, expected one of [");
        assertThatThrownBy(() -> started(Map.of("reads", "nobody")))
                .hasMessageContaining("reads: found nobody, expected one of");
    }

    @Test
    void aClusterOfATestIsStruckByNoSchedule() {
        Script.Strike crash = new Script.Strike(
                FaultKind.CRASH, new TreeSet<>(List.of(new Node("n2"))), new TreeSet<>(), "", 0, 0, 1, 2);
        SimulatedTarget target = new SimulatedTarget();
        PlanBuilder plan = PlanBuilder.of(target, STALE).schedule(List.of(crash));

        assertThatThrownBy(() -> LiveCluster.start(plan.build(), target, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schedule: found 1, expected no fault");
    }

    @Test
    void clientsOfTheTestsOwnAreRecordedByTheSameClock() {
        cluster.session("alice").write("cart", 1);
        cluster.recorder().session("bob").read("cart", () -> 1);

        History history = cluster.history();

        assertThat(history).satisfies(LINEARIZABLE);
        assertThat(history.size()).isEqualTo(2);
    }

    @Test
    void theHistoryIsWrittenForTheCommandLine() throws IOException {
        cluster.session("alice").write("cart", 1);
        cluster.nemesis().crash("n2").heal();
        cluster.writeHistory(folder);

        History read = HistoryFiles.read(folder.resolve("history.jsonl"), ReadOptions.DEFAULT);

        assertThat(read.size()).isEqualTo(1);
        assertThat(read.nemesisEvents()).hasSize(4);
    }

    @Test
    void oneSeedHasOneHistory() throws IOException {
        try (LiveCluster again = started(STALE)) {
            for (LiveCluster one : new LiveCluster[] {cluster, again}) {
                one.session("alice").write("cart", 1);
                one.nemesis().partition("n2").heal();
                one.session("alice").readAt("n2", "cart");
            }
            assertThat(again.history().events())
                    .containsExactlyElementsOf(cluster.history().events());
        }
    }

    @Test
    void whatIsInForceWhenItIsClosedIsHealedFirst() {
        cluster.nemesis().partition("n2");
        cluster.nemesis().crash("n3");

        cluster.close();

        assertThat(cluster.history().nemesisEvents().stream()
                        .filter(event -> event.function().equals("gone")))
                .hasSize(2);
        cluster.close();
    }

    @Test
    void aRequestWithoutAnAnswerHasAnUnknownOutcomeAndTheSessionGoesOn() {
        LiveSession alice = cluster.session("alice").moveTo(cluster.leader().orElseThrow());
        try (Strike pause = cluster.nemesis().pause(cluster.nodes().toArray(String[]::new))) {
            assertThat(pause.evidence()).isNotEmpty();
            assertThat(alice.write("cart", 1)).isInstanceOf(Response.Info.class);
        }
        await().until(cluster.hasLeader());
        await().until(() -> alice.write("cart", 2) instanceof Response.Ok);
        assertThat(cluster.leader()).isNotEqualTo(Optional.empty());
    }
}
