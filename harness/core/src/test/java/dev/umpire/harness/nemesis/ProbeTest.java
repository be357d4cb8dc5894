package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What shows that a node is no member any more, and that it is one again. */
class ProbeTest {

    private static final Fault LOST = new Fault.Membership(new TreeSet<>(List.of(new Node("n3"))));

    @Test
    void aDeadNodeThatTheOthersStillCountInIsAMember() {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1))) {
            assertThat(inForce(environment, true, false).positive()).isFalse();
            assertThat(inForce(environment, false, false).evidence()).isEqualTo("listed: false");
            assertThat(inForce(environment, false, false).positive()).isTrue();
        }
    }

    @Test
    void aNodeIsBackWhenTheOthersCountItInAndItAnswers() {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1))) {
            assertThat(gone(environment, false, true).positive()).isFalse();
            assertThat(gone(environment, true, false).positive()).isFalse();
            assertThat(gone(environment, true, true).evidence()).isEqualTo("listed: true, answers: true");
            assertThat(gone(environment, true, true).positive()).isTrue();
        }
    }

    private static Observation inForce(RealEnvironment environment, boolean listed, boolean answers) {
        Probe probe = new Probe(environment, cluster(listed, answers));
        return environment.await("test", probe.inForce(LOST, Probe.Before.NOTHING, Set.of(), Set.of(), 0));
    }

    private static Observation gone(RealEnvironment environment, boolean listed, boolean answers) {
        Probe probe = new Probe(environment, cluster(listed, answers));
        return environment.await("test", probe.gone(LOST, Probe.Before.NOTHING, Set.of(), Set.of(), 0));
    }

    private static Cluster cluster(boolean listed, boolean answers) {
        FaultControl faults = pretend(
                FaultControl.class,
                Map.of(
                        "isMember", CompletableFuture.completedStage(new Observation(listed, "listed: " + listed)),
                        "answers", CompletableFuture.completedStage(new Observation(answers, "answers: " + answers))));
        return pretend(Cluster.class, Map.of("faults", faults));
    }

    private static <T> T pretend(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError(method);
                    }
                    return answer;
                }));
    }
}
