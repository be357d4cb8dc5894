package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.nemesis.Nemesis.Probed;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.ClockReading;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The nemesis on a cluster whose levers and answers are wrong as the test wishes. */
class NemesisTest {

    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");
    private static final Link WAY = new Link(N1, N2);

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(1));
    private final Wrong cluster = new Wrong();
    private final List<String> told = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();
    private final Nemesis nemesis = new Nemesis(environment, cluster, (function, value) -> {
        told.add(function);
        Optional.ofNullable(((Value.MapOf) value).entries().get(Value.of("evidence")))
                .ifPresent(said -> evidence.add(function + ": " + said));
    });

    @AfterEach
    void close() {
        environment.close();
    }

    private Probed strike(Fault fault) {
        return environment.await("strike", nemesis.strike(fault));
    }

    private Probed undo(Probed struck) {
        return environment.await("undo", nemesis.undo(struck.id()));
    }

    private static <T> SortedSet<T> only(T one) {
        return new TreeSet<>(Set.of(one));
    }

    @Test
    void aNodeThatSaysNothingIsEvidenceNeitherForACutNorForItsEnd() {
        cluster.silent = true;

        Probed cut = strike(new Fault.Partition("one way", only(WAY)));

        assertThat(cut.seen()).isFalse();
        assertThat(cut.evidence()).isEqualTo("n2 itself does not answer");
        assertThat(undo(cut).seen()).isFalse();
        assertThat(told)
                .startsWith("inject", "unconfirmed", "heal", "unconfirmed")
                .doesNotContain("confirm", "gone");
    }

    @Test
    void aCutIsSeenOnceTheNodeAtItsEndAnswers() {
        cluster.silent = true;
        environment.schedule(TimeUnit.SECONDS.toNanos(1), () -> cluster.silent = false);

        Probed cut = strike(new Fault.Partition("one way", only(WAY)));

        assertThat(cut.seen()).isTrue();
        assertThat(undo(cut).seen()).isTrue();
    }

    @Test
    void aLinkThatIsSlowAnywayIsNotSeenSlowed() {
        cluster.usualMillis = 40;
        cluster.deaf = true;

        Probed slow = strike(new Fault.Slowness(only(WAY), 30));

        assertThat(slow.seen()).isFalse();
        assertThat(slow.evidence()).isEqualTo("an ordinary message on n1→n2 took 40 ms, before the fault 40");
    }

    @Test
    void aLinkThatIsSlowAnywayIsSeenSlowerAndAsSlowAsEver() {
        cluster.usualMillis = 40;

        Probed slow = strike(new Fault.Slowness(only(WAY), 30));

        assertThat(slow.seen()).isTrue();
        assertThat(slow.evidence()).isEqualTo("an ordinary message on n1→n2 took 70 ms, before the fault 40");
        assertThat(undo(slow).seen()).isTrue();
    }

    @Test
    void aLinkOnWhichNothingArrivesIsNotSeenSlowed() {
        cluster.silent = true;

        assertThat(strike(new Fault.Slowness(only(WAY), 30)).evidence()).isEqualTo("nothing arrived on n1→n2");
        assertThat(told).containsExactly("inject", "unconfirmed");
    }

    @Test
    void aLinkThatTakesLongerThanASampleIsWaitedForIsSeenSlowedByItsEndThatAnswers() {
        cluster.lost = true;

        assertThat(strike(new Fault.Slowness(only(WAY), 30)).evidence())
                .isEqualTo("nothing arrived on n1→n2, and n2 answers");
        assertThat(told).containsExactly("inject", "confirm");
    }

    @Test
    void aClockThatJumpsTheOtherWayIsNotSeenInForce() {
        cluster.clockSign = -1;

        Probed clock = strike(new Fault.WrongClock(only(N2), 500, 0));

        assertThat(clock.seen()).isFalse();
        assertThat(clock.evidence())
                .isEqualTo("the clock of n2 is -500 ms ahead, before the fault 0, the other way than it was to jump");
        assertThat(undo(clock).seen()).isTrue();
    }

    @Test
    void aClockThatRunsWrongAndRightAgainIsSeenToDoSo() {
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, 2_000));
        after(TimeUnit.SECONDS.toNanos(4));
        undo(clock);
        after(TimeUnit.SECONDS.toNanos(4));
        environment.await("heal", nemesis.healAll());

        assertThat(nemesis.missing(List.of(FaultKind.CLOCK))).isEmpty();
        assertThat(evidence)
                .contains("heal: the clock of n2 ran at +2000 ppm, give or take 600, over 4000 ms")
                .contains("gone: the clock of n2 ran at +0 ppm, give or take 600, over 4000 ms");
    }

    @Test
    void aClockThatJumpsAndKeepsItsRateWasNotInForce() {
        cluster.rateIsDeaf = true;
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, 2_000));
        assertThat(clock.seen()).as("its jump").isTrue();
        after(TimeUnit.SECONDS.toNanos(4));
        undo(clock);

        assertThat(nemesis.missing(List.of()))
                .singleElement()
                .asString()
                .startsWith("clock of n2 by +500 ms (fault 0) was never seen in force: ")
                .endsWith("the clock of n2 ran at +0 ppm, give or take 600, over 4000 ms, expected +2000");
        assertThat(told).startsWith("inject", "confirm", "unconfirmed", "heal", "gone");
    }

    @Test
    void aClockThatJumpsBackAndRunsWrongIsNotGone() {
        cluster.rateIsStuck = true;
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, -2_000));
        after(TimeUnit.SECONDS.toNanos(4));
        assertThat(undo(clock).seen()).as("its jump").isTrue();
        after(TimeUnit.SECONDS.toNanos(4));
        strike(new Fault.WrongClock(only(N2), 500, 0));

        assertThat(nemesis.missing(List.of()).get(0))
                .contains("(fault 0) was never seen gone: ")
                .endsWith("the clock of n2 ran at −2000 ppm, give or take 600, over 4000 ms, expected +0");
    }

    @Test
    void aClockThatIsSeenToRunWrongAfterItsEndIsInForceUntilItIsToldItsRateAgain() {
        cluster.rateIsStuck = true;
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, -2_000));
        after(TimeUnit.SECONDS.toNanos(4));
        assertThat(undo(clock).seen()).as("its jump").isTrue();
        assertThat(nemesis.anyInForce()).isFalse();
        after(TimeUnit.SECONDS.toNanos(4));
        undo(strike(new Fault.Pause(only(N1))));
        assertThat(nemesis.inForce()).containsExactly(new Fault.WrongClock(only(N2), 500, -2_000));

        cluster.rateIsStuck = false;
        environment.await("inject", nemesis.perform(new Action.Inject(FaultKind.CLOCK, List.of(), 0)));
        after(TimeUnit.SECONDS.toNanos(4));
        environment.await("heal", nemesis.healAll());

        assertThat(cluster.clockAheadMillis).as("it jumped back once").isZero();
        assertThat(cluster.rate).isZero();
        assertThat(nemesis.anyInForce()).isFalse();
        assertThat(nemesis.missing(List.of())).isEmpty();
    }

    @Test
    void aClockThatIsDrawnWhereAnotherStillRunsWrongUndoesThatFirst() {
        cluster.rateIsStuck = true;
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, -2_000));
        after(TimeUnit.SECONDS.toNanos(4));
        undo(clock);
        after(TimeUnit.SECONDS.toNanos(4));
        cluster.rateIsStuck = false;
        environment.await("inject", nemesis.perform(new Action.Inject(FaultKind.CLOCK, List.of(), 0)));

        assertThat(told).containsExactly("inject", "confirm", "heal", "gone", "unconfirmed", "heal", "gone");
        assertThat(nemesis.anyInForce()).isFalse();
    }

    @Test
    void theRateOfAClockIsToldByTheTimesAtWhichItWasRead() {
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, 2_000));
        after(TimeUnit.SECONDS.toNanos(1));
        cluster.clockTellsAfterNanos = TimeUnit.MILLISECONDS.toNanos(400);
        cluster.clockIsReadFinerEachTime = true;
        undo(clock);

        assertThat(evidence)
                .filteredOn(said -> said.startsWith("heal: "))
                .singleElement()
                .asString()
                .startsWith("heal: the clock of n2 ran at +2000 ppm, give or take ")
                .endsWith(", over 3000 ms");
    }

    @Test
    void aRateThatCannotBeReadKeepsNoScriptedClockFromBeingStruckAndUndone() {
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, 2_000));
        after(TimeUnit.SECONDS.toNanos(4));
        undo(clock);
        cluster.clockFailures = 1;
        long now = environment.nowNanos();
        nemesis.follow(
                Script.ofStrikes(List.of(clock(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(60)))), now);
        after(TimeUnit.SECONDS.toNanos(2));

        environment.await("heal", nemesis.healAll());

        assertThat(told).filteredOn("confirm"::equals).hasSize(2);
        assertThat(cluster.clockAheadMillis).isZero();
    }

    private static Script.Strike clock(long fromNanos, long untilNanos) {
        return new Script.Strike(FaultKind.CLOCK, only(N2), new TreeSet<>(), "", 500, 0, fromNanos, untilNanos);
    }

    @Test
    void aFailoverFromANodeThatDoesNotLeadIsNotCarriedOut() {
        cluster.leader = Optional.of(N1);

        Probed failover = strike(new Fault.Failover(N2));

        assertThat(failover.seen()).isFalse();
        assertThat(failover.evidence()).isEqualTo("n1 leads, not n2");
        assertThat(told).containsExactly("unconfirmed");
        assertThat(cluster.failovers).isZero();
        assertThat(nemesis.anyInForce()).isFalse();
        assertThat(nemesis.struck(0)).isEmpty();
        assertThat(nemesis.missing(List.of()))
                .containsExactly("failover from n2 (fault 0) was never seen in force: n1 leads, not n2");
    }

    @Test
    void aScriptedFailoverStrikesTheNodeThatLeads() {
        cluster.leader = Optional.of(N2);
        nemesis.follow(
                Script.ofStrikes(List.of(
                        new Script.Strike(
                                FaultKind.FAILOVER,
                                only(N2),
                                new TreeSet<>(),
                                "",
                                0,
                                0,
                                1,
                                TimeUnit.SECONDS.toNanos(3)),
                        new Script.Strike(
                                FaultKind.FAILOVER,
                                only(N2),
                                new TreeSet<>(),
                                "",
                                0,
                                0,
                                TimeUnit.SECONDS.toNanos(8),
                                TimeUnit.SECONDS.toNanos(9)))),
                0);
        after(TimeUnit.SECONDS.toNanos(10));
        environment.await("heal", nemesis.healAll());

        assertThat(cluster.failovers).isEqualTo(1);
        assertThat(told).containsExactly("inject", "confirm", "heal", "gone", "unconfirmed");
    }

    @Test
    void readingsThatAreTooNearProveNothingOfTheRateOfAClock() {
        cluster.rateIsDeaf = true;
        cluster.clockErrorNanos = TimeUnit.MILLISECONDS.toNanos(20);
        Probed clock = strike(new Fault.WrongClock(only(N2), 500, 2_000));
        after(TimeUnit.SECONDS.toNanos(4));
        undo(clock);

        assertThat(nemesis.missing(List.of())).isEmpty();
        assertThat(evidence)
                .contains("heal: the clock of n2 ran at +0 ppm, give or take 10100, over 4000 ms, too short a time to"
                        + " tell +2000 from +0");
    }

    @Test
    void aNodeThatCouldNotBeStartedAgainIsDownUntilItIs() {
        cluster.failingRestarts = 3;
        int most = 0;
        for (int draw = 0; draw < 20; draw++) {
            environment.await("inject", nemesis.perform(new Action.Inject(FaultKind.CRASH, List.of(), draw)));
            most = Math.max(most, cluster.down.size());
            environment.await("heal", nemesis.perform(new Action.Heal(FaultKind.CRASH)));
            most = Math.max(most, cluster.down.size());
        }

        assertThat(most).as("one of three").isEqualTo(1);
        assertThat(told.subList(0, 6))
                .containsExactly("inject", "confirm", "heal", "unconfirmed", "heal", "unconfirmed");
        assertThat(told).filteredOn("confirm"::equals).hasSizeGreaterThan(10);
        assertThat(nemesis.missing(List.of(FaultKind.CRASH))).isEmpty();
    }

    @Test
    void aNodeThatIsStartedAndDoesNotComeBackIsDownUntilItIsSeen() {
        cluster.slowToCome = true;
        environment.await("inject", nemesis.perform(new Action.Inject(FaultKind.CRASH, List.of(), 0)));
        environment.await("heal", nemesis.perform(new Action.Heal(FaultKind.CRASH)));
        environment.await("inject", nemesis.perform(new Action.Inject(FaultKind.CRASH, List.of(), 1)));

        assertThat(cluster.down).hasSize(1);
        assertThat(nemesis.anyInForce()).isTrue();

        cluster.slowToCome = false;
        environment.await("heal", nemesis.healAll());

        assertThat(nemesis.anyInForce()).isFalse();
        assertThat(told)
                .containsExactly("inject", "confirm", "heal", "unconfirmed", "heal", "unconfirmed", "heal", "gone");
        assertThat(nemesis.missing(List.of())).isEmpty();
    }

    @Test
    void theLastHealTriesAgainWhatOneBeforeItCouldNotUndo() {
        cluster.failingRestarts = 1;
        Probed crash = strike(new Fault.Crash(only(N2)));
        assertThat(undo(crash).seen()).isFalse();
        assertThat(nemesis.anyInForce()).isTrue();

        environment.await("heal", nemesis.healAll());

        assertThat(cluster.down).isEmpty();
        assertThat(nemesis.anyInForce()).isFalse();
    }

    @Test
    void aNodeThatCannotComeBackWhileLinksAreCutIsBackAfterTheLastHeal() {
        cluster.meetsOthersFirst = true;
        strike(new Fault.Crash(only(N2)));
        strike(new Fault.Partition("one way", only(new Link(N1, new Node("n3")))));

        environment.await("heal", nemesis.healAll());

        assertThat(cluster.down).isEmpty();
        assertThat(nemesis.missing(List.of(FaultKind.CRASH, FaultKind.PARTITION)))
                .isEmpty();
    }

    @Test
    void aScriptedFaultThatIsMeasuredFirstIsUndoneByTheLastHeal() {
        cluster.clockTellsAfterNanos = TimeUnit.MILLISECONDS.toNanos(100);
        nemesis.follow(
                Script.ofStrikes(List.of(new Script.Strike(
                        FaultKind.CLOCK, only(N2), new TreeSet<>(), "", 500, 0, 0, TimeUnit.SECONDS.toNanos(60)))),
                0);
        after(TimeUnit.MILLISECONDS.toNanos(50));

        environment.await("heal", nemesis.healAll());
        after(TimeUnit.SECONDS.toNanos(5));

        assertThat(cluster.clockAheadMillis).isZero();
        assertThat(told).startsWith("inject", "heal", "gone");
    }

    @Test
    void aFaultWhoseScriptedEndIsUnderWayIsUndoneOnce() {
        cluster.leverNanos = TimeUnit.MILLISECONDS.toNanos(100);
        long end = TimeUnit.SECONDS.toNanos(1);
        nemesis.follow(
                Script.ofStrikes(
                        List.of(new Script.Strike(FaultKind.CLOCK, only(N2), new TreeSet<>(), "", 500, 0, 0, end))),
                0);
        after(end + cluster.leverNanos / 2);

        environment.await("heal", nemesis.healAll());

        assertThat(cluster.clockAheadMillis).isZero();
        assertThat(told).filteredOn("heal"::equals).hasSize(1);
    }

    private void after(long nanos) {
        environment.await("time", environment.after(nanos));
    }

    /** Three nodes in memory, of which only what a fault strikes is there. */
    private final class Wrong implements Cluster, FaultControl {
        private final SortedSet<Node> down = new TreeSet<>();
        private final Set<Link> cut = new TreeSet<>();
        /** No end of a link tells what arrives there. */
        private boolean silent;
        /** No sample arrives in time. */
        private boolean lost;
        /** Links are told to be slow and do not care. */
        private boolean deaf;
        /** So many starts of a node fail. */
        private int failingRestarts;
        /** Nodes are started and do not come back. */
        private boolean slowToCome;
        /** A node that is started while a link is cut does not come back. */
        private boolean meetsOthersFirst;

        private Optional<Node> leader = Optional.empty();
        private int failovers;
        /** So many questions for a clock fail at once. */
        private int clockFailures;
        /** Each answer of a clock is less wrong than the one before. */
        private boolean clockIsReadFinerEachTime;

        private long usualMillis;
        private long slowerMillis;
        private long clockSign = 1;
        private long clockAheadMillis;
        private long clockTellsAfterNanos;
        private long clockErrorNanos = TimeUnit.MILLISECONDS.toNanos(1);
        /** Clocks jump and keep their own rate. */
        private boolean rateIsDeaf;
        /** Clocks never come back to their own rate. */
        private boolean rateIsStuck;

        private long rate;
        private long rateSinceNanos;
        private long driftNanos;
        private long leverNanos;

        @Override
        public List<Node> nodes() {
            return Node.firstOf(3);
        }

        @Override
        public CompletionStage<Optional<Node>> leader() {
            return CompletableFuture.completedStage(leader);
        }

        @Override
        public CompletionStage<Node> failOver(Node old) {
            failovers++;
            leader = Optional.of(N1);
            return CompletableFuture.completedStage(N1);
        }

        @Override
        public Client connect(Session session, Node home) {
            throw new UnsupportedOperationException("found a session, expected none");
        }

        @Override
        public FaultControl faults() {
            return this;
        }

        @Override
        public CompletionStage<Convergence> convergence() {
            return CompletableFuture.completedStage(new Convergence(true, "nothing to agree on"));
        }

        @Override
        public CompletionStage<Void> stop() {
            return done(() -> {});
        }

        private CompletionStage<Void> done(Runnable effect) {
            effect.run();
            return later(leverNanos, true).thenAccept(passed -> {});
        }

        private <T> CompletionStage<T> later(long nanos, T value) {
            return environment.after(nanos).thenApply(passed -> value);
        }

        @Override
        public CompletionStage<Void> crash(Node node) {
            return done(() -> down.add(node));
        }

        @Override
        public CompletionStage<Void> restart(Node node) {
            if (failingRestarts > 0) {
                failingRestarts--;
                return CompletableFuture.failedStage(new IllegalStateException(node + " cannot be started"));
            }
            return done(() -> {
                if (!slowToCome && (cut.isEmpty() || !meetsOthersFirst)) {
                    down.remove(node);
                }
            });
        }

        @Override
        public CompletionStage<Void> pause(Node node) {
            return done(() -> down.add(node));
        }

        @Override
        public CompletionStage<Void> resume(Node node) {
            return done(() -> down.remove(node));
        }

        @Override
        public CompletionStage<Void> cut(Set<Link> links) {
            return done(() -> cut.addAll(links));
        }

        @Override
        public CompletionStage<Void> mend(Set<Link> links) {
            return done(() -> cut.removeAll(links));
        }

        @Override
        public CompletionStage<Void> slow(Set<Link> links, Duration longer) {
            return done(() -> slowerMillis = deaf ? 0 : longer.toMillis());
        }

        @Override
        public CompletionStage<Void> disturbClock(Node node, Duration jump, int partsPerMillion) {
            return done(() -> {
                driftNanos = driftNanos();
                rateSinceNanos = environment.nowNanos();
                rate = rateIsDeaf ? 0 : partsPerMillion == 0 && rateIsStuck ? rate : partsPerMillion;
                clockAheadMillis += clockSign * jump.toMillis();
            });
        }

        private long driftNanos() {
            return driftNanos + (environment.nowNanos() - rateSinceNanos) * rate / 1_000_000;
        }

        @Override
        public CompletionStage<Observation> answers(Node node) {
            boolean up = !down.contains(node) && !silent;
            return CompletableFuture.completedStage(new Observation(up, node + (up ? " answered" : " did not answer")));
        }

        @Override
        public CompletionStage<Observation> delivers(Link link) {
            return CompletableFuture.completedStage(
                    silent
                            ? Observation.unknown(link.to() + " itself does not answer")
                            : new Observation(!cut.contains(link), "a message on " + link));
        }

        @Override
        public CompletionStage<LinkSample> sample(Link link) {
            return CompletableFuture.completedStage(
                    silent || lost
                            ? new LinkSample(1, 0, 0, Duration.ZERO)
                            : new LinkSample(7, 7, 0, Duration.ofMillis(usualMillis + slowerMillis)));
        }

        @Override
        public CompletionStage<ClockReading> clockAhead(Node node) {
            if (clockFailures > 0) {
                clockFailures--;
                throw new IllegalStateException("the clock of " + node + " cannot be asked");
            }
            if (clockIsReadFinerEachTime) {
                clockErrorNanos -= 1_000;
            }
            return later(clockTellsAfterNanos, true)
                    .thenApply(passed -> new ClockReading(
                            Duration.ofMillis(clockAheadMillis).plusNanos(driftNanos()),
                            Duration.ofNanos(clockErrorNanos)));
        }
    }
}
