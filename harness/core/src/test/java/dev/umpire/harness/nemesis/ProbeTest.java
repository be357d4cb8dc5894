package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What shows that a fault is in force, and that it is gone. */
class ProbeTest {

    private static final Fault LOST = new Fault.Membership(new TreeSet<>(List.of(new Node("n3"))));

    private static final SortedSet<Link> LINKS = new TreeSet<>(List.of(new Link(new Node("n1"), new Node("n2"))));

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

    @Test
    void aThrottleIsSeenByWhatPassesInASecond() {
        Fault throttle = new Fault.PoorLinks(FaultKind.THROTTLE, LINKS, 10_000);
        assertThat(seen(throttle, Map.of("bytesPerSecond", stage(14_000L)), false))
                .isEqualTo(new Observation(true, "14000 bytes a second passed on n1→n2"));
        assertThat(seen(throttle, Map.of("bytesPerSecond", stage(14_000L)), true)
                        .positive())
                .isFalse();
        assertThat(seen(throttle, Map.of("bytesPerSecond", stage(16_000L)), false)
                        .positive())
                .isFalse();
        assertThat(seen(throttle, Map.of("bytesPerSecond", stage(16_000L)), true)
                        .positive())
                .isTrue();
    }

    @Test
    void whereNothingPassesAtAllNoThrottleIsSeen() {
        Fault throttle = new Fault.PoorLinks(FaultKind.THROTTLE, LINKS, 10_000);
        assertThat(seen(throttle, Map.of("bytesPerSecond", stage(0L)), false).positive())
                .isFalse();
        assertThat(seen(throttle, Map.of("bytesPerSecond", stage(0L)), true).positive())
                .isFalse();
    }

    @Test
    void aResetIsSeenByAConnectionThatDoesNotStand() {
        SortedSet<Link> bothWays = new TreeSet<>(LINKS);
        LINKS.forEach(link -> bothWays.add(link.back()));
        Fault reset = new Fault.PoorLinks(FaultKind.RESET, bothWays, 100);
        Map<String, Object> fell = Map.of("stands", stage(new Observation(false, "it fell")));
        assertThat(seen(reset, fell, false)).isEqualTo(new Observation(true, "it fell"));
        assertThat(seen(reset, fell, true).positive()).isFalse();
        assertThat(seen(reset, Map.of("stands", stage(new Observation(true, "it stood"))), true)
                        .positive())
                .isTrue();
        Map<String, Object> unknown = Map.of("stands", stage(Observation.unknown("the machine was busy")));
        assertThat(seen(reset, unknown, false).positive()).isFalse();
        assertThat(seen(reset, unknown, true).positive()).isFalse();
    }

    @Test
    void lossIsSeenByWhatIsSentAgainWhereThatIsDone() {
        Map<String, Object> some =
                Map.of("losses", stage(new LinkSample(16, 10, 0, Duration.ofMillis(1))), "sendsAgain", true);
        assertThat(seen(new Fault.PoorLinks(FaultKind.LOSS, LINKS, 40), some, false))
                .isEqualTo(new Observation(true, "6 of 16 messages on n1→n2 were to be sent again"));
        assertThat(seen(new Fault.PoorLinks(FaultKind.LOSS, LINKS, 40), some, true)
                        .positive())
                .isFalse();
    }

    /** What a probe says of a fault where questions of its links are answered so. */
    private static Observation seen(Fault fault, Map<String, Object> answers, boolean gone) {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1))) {
            Probe probe = new Probe(
                    environment, pretend(Cluster.class, Map.of("faults", pretend(FaultControl.class, answers))));
            return environment.await(
                    "test",
                    gone
                            ? probe.gone(fault, Probe.Before.NOTHING, Set.of(), Set.of(), 0)
                            : probe.inForce(fault, Probe.Before.NOTHING, Set.of(), Set.of(), 0));
        }
    }

    private static <T> CompletionStage<T> stage(T value) {
        return CompletableFuture.completedStage(value);
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
