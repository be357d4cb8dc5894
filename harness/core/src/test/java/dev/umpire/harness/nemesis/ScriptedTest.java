package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedTest {

    private static final KeyedRandom RANDOM = new KeyedRandom(Long.getLong("umpire.test.seed", 1));
    private static final List<FaultKind> KINDS = List.of(FaultKind.values());
    private static final List<Node> NODES = Node.firstOf(3);
    private static final SortedSet<Link> LINKS = new TreeSet<>(List.of(new Link(NODES.get(0), NODES.get(1))));
    private static final SortedSet<Link> BOTH_WAYS =
            new TreeSet<>(List.of(new Link(NODES.get(0), NODES.get(1)), new Link(NODES.get(1), NODES.get(0))));

    @TempDir
    private Path folder;

    @Test
    void aFaultOfPoorLinksStrikesAgainAsItDid() throws IOException {
        Path file = folder.resolve("strikes.jsonl");
        for (Fault fault : List.of(
                new Fault.PoorLinks(FaultKind.LOSS, LINKS, 30),
                new Fault.PoorLinks(FaultKind.THROTTLE, LINKS, 9_000),
                new Fault.PoorLinks(FaultKind.RESET, BOTH_WAYS, 250))) {
            Script.Strike strike = Scripted.strike(fault, 5, 90);
            Scripted.require(strike, NODES);
            ScriptFile.write(file, Script.ofStrikes(List.of(strike)), NODES);

            assertThat(ScriptFile.read(file).strikes()).map(Scripted::fault).containsExactly(fault);
        }
    }

    @Test
    void aDegreeThatNoProbeCouldTellIsRefused() {
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.LOSS, 81), NODES))
                .hasMessageEndingWith("percent: found 81, expected 1 to 80");
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.THROTTLE, 0), NODES))
                .hasMessage("schedule: throttle from 0 ms: found [] and links [n1→n2]:"
                        + " bytesPerSecond: found 0, expected 1024 to 262144");
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.RESET, 501), NODES))
                .hasMessageEndingWith("everyMillis: found 501, expected 10 to 500");
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.SLOW, 9), NODES))
                .hasMessage("schedule: slow from 0 ms: found [] and links [n1→n2]:"
                        + " moreMillis: found 9, expected 10 or more");
        for (int percent : List.of(0, 101)) {
            assertThatThrownBy(() -> Scripted.require(strike(FaultKind.DUPLICATION, percent), NODES))
                    .hasMessageEndingWith("percent: found " + percent + ", expected 1 to 100");
        }
        for (long jump : List.of(0L, 9L, -9L)) {
            assertThatThrownBy(() -> Scripted.require(clock(jump, 0), NODES))
                    .hasMessage("schedule: clock from 0 ms: found [n1] and links []: jumpMillis: found " + jump
                            + ", expected 10 or more, or -10 or less");
        }
        assertThatThrownBy(() -> Scripted.require(clock(100, 100_001), NODES))
                .hasMessageEndingWith("partsPerMillion: found 100001, expected -100000 to 100000");
    }

    /** Cut down to 32 bits each of these is one that could be. */
    @Test
    void anAmountIsRefusedThatIsFarTooLarge() {
        long amount = (1L << 32) + 30;
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.LOSS, amount), NODES))
                .hasMessageEndingWith("percent: found 4294967326, expected 1 to 80");
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.DUPLICATION, amount), NODES))
                .hasMessageEndingWith("percent: found 4294967326, expected 1 to 100");
        Script.Strike restart = new Script.Strike(
                FaultKind.ROLLING_RESTART, new TreeSet<>(NODES), new TreeSet<>(), "", amount, 0, 5, 90);
        assertThatThrownBy(() -> Scripted.require(restart, NODES))
                .hasMessage("schedule: rolling-restart from 0 ms: found [n1, n2, n3] and links []:"
                        + " first: found 4294967326, expected 0 to 2147483647");
    }

    @Test
    void whatMakesNoPoorLinksIsRefused() {
        assertThatThrownBy(() -> new Fault.PoorLinks(FaultKind.SLOW, LINKS, 30))
                .hasMessage("kind: found slow, expected one of [loss, duplication, throttle, reset]");
    }

    @Test
    void aResetOfOneWayIsRefusedAsItWouldStrikeBoth() {
        assertThatThrownBy(() -> Scripted.require(strike(FaultKind.RESET, 100), NODES))
                .hasMessage("schedule: reset from 0 ms: found [] and links [n1→n2]: links: found n1→n2 without n2→n1,"
                        + " expected both, as a connection uses both ways");
    }

    @Test
    void faultsOfOneKindThatAreInForceTogetherOnALinkAreRefused() {
        Script.Strike one = strike(FaultKind.SLOW, 20).during(1_000_000, 3_000_000);

        assertThatThrownBy(() -> Nemesis.requirePossible(
                        Script.ofStrikes(List.of(one, one.during(2_000_000, 4_000_000))), NODES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schedule: slow from 2 ms: found n1 to n2 while slow from 1 to 3 ms strikes n1 to n2,"
                        + " expected one of a kind at a time on a node or link");

        SortedSet<Link> elsewhere = new TreeSet<>(List.of(new Link(NODES.get(1), NODES.get(0))));
        Nemesis.requirePossible(
                Script.ofStrikes(List.of(
                        one,
                        one.during(3_000_000, 4_000_000),
                        strike(FaultKind.LOSS, 20).during(2_000_000, 4_000_000),
                        one.on(new TreeSet<>(), elsewhere, "").during(2_000_000, 4_000_000))),
                NODES);
    }

    @Test
    void whatIsWrittenOfFaultsThatCouldNotBeUndoneInTimeCanStrikeAgain() {
        Script.Strike one = strike(FaultKind.SLOW, 20).during(1, 9);

        List<Script.Strike> apart = Scripted.apart(List.of(one, one.during(4, 6), one.during(6, 8)));

        assertThat(apart).containsExactly(one.during(1, 4), one.during(4, 6), one.during(6, 8));
        Nemesis.requirePossible(Script.ofStrikes(apart), NODES);
    }

    /** Faults come and go at random, as a nemesis draws them, each turn a nanosecond. */
    @Test
    void nothingThatIsDrawnIsWorseThanWhatIsDrawn() {
        for (int count = 2; count <= 7; count++) {
            nothingThatIsDrawnIsWorse(count, false);
            nothingThatIsDrawnIsWorse(count, true);
        }
    }

    private static void nothingThatIsDrawnIsWorse(int count, boolean sendsAgain) {
        KeyedRandom.Stream stream = RANDOM.stream("drawn").split(count);
        Map<Fault, Integer> inForce = new LinkedHashMap<>();
        List<Script.Strike> strikes = new ArrayList<>();
        for (int turn = 0; turn < 4_000; turn++) {
            FaultKind kind = KINDS.get(stream.below(KINDS.size(), 2L * turn));
            if (stream.chance(0.6, 2L * turn + 1)) {
                Aim.Known known = Aim.Known.of(Optional.of(NODES.get(0)));
                int now = turn;
                if (Aim.allowed(kind, count, inForce.keySet(), sendsAgain)) {
                    Aim.at(kind, List.of(), turn, RANDOM, Node.firstOf(count), known, inForce.keySet())
                            .ifPresent(fault -> inForce.put(fault, now));
                }
            } else {
                for (Map.Entry<Fault, Integer> one : inForce.entrySet()) {
                    if (one.getKey().kind() == kind) {
                        strikes.add(Scripted.strike(one.getKey(), one.getValue(), turn));
                    }
                }
                inForce.keySet().removeIf(fault -> fault.kind() == kind);
            }
        }
        Script script = Script.ofStrikes(strikes);

        assertThat(strikes).hasSizeGreaterThan(100);
        assertThat(Scripted.worseThanDrawn(script.strikes(), count, sendsAgain))
                .as(RANDOM + ", nodes " + count + ", sent again " + sendsAgain)
                .isEmpty();
        Nemesis.requirePossible(script, Node.firstOf(count));
    }

    @Test
    void aHigherDegreeThanIsDrawnIsWorse() {
        assertThat(worse(strike(FaultKind.SLOW, 60), strike(FaultKind.LOSS, 45).during(90, 99)))
                .isEmpty();
        assertThat(worse(strike(FaultKind.SLOW, 61), strike(FaultKind.LOSS, 46).during(90, 99)))
                .containsExactly(FaultKind.SLOW, FaultKind.LOSS);
        assertThat(worse(strike(FaultKind.DUPLICATION, 81))).containsExactly(FaultKind.DUPLICATION);
        assertThat(worse(strike(FaultKind.THROTTLE, 8_191))).containsExactly(FaultKind.THROTTLE);
        assertThat(worse(strike(FaultKind.RESET, 100).on(new TreeSet<>(), BOTH_WAYS, "")))
                .isEmpty();
        assertThat(worse(strike(FaultKind.RESET, 99).on(new TreeSet<>(), BOTH_WAYS, "")))
                .containsExactly(FaultKind.RESET);
        assertThat(worse(clock(-1_000, -2_000))).isEmpty();
        assertThat(worse(clock(500, 2_001))).containsExactly(FaultKind.CLOCK);
        assertThat(worse(clock(1_001, 0))).containsExactly(FaultKind.CLOCK);
        assertThat(worse(clock(500, 0).on(new TreeSet<>(NODES), new TreeSet<>(), "")))
                .containsExactly(FaultKind.CLOCK);
    }

    @Test
    void moreThanAMinorityDownIsWorseAndSoIsWhatIsNeverDrawnBesideAnother() {
        Script.Strike one = new Script.Strike(
                FaultKind.PAUSE, new TreeSet<>(NODES.subList(0, 1)), new TreeSet<>(), "", 0, 0, 5, 90);

        assertThat(worse(one)).isEmpty();
        assertThat(worse(one.on(new TreeSet<>(NODES.subList(0, 2)), new TreeSet<>(), "")))
                .containsExactly(FaultKind.PAUSE);
        Script.Strike crash = new Script.Strike(
                FaultKind.CRASH, new TreeSet<>(NODES.subList(1, 2)), new TreeSet<>(), "", 0, 0, 89, 99);
        assertThat(worse(one, crash)).containsExactly(FaultKind.CRASH);
        assertThat(worse(one, crash.during(90, 99))).isEmpty();
        assertThat(worse(strike(FaultKind.SLOW, 20), strike(FaultKind.THROTTLE, 9_000)))
                .containsExactly(FaultKind.THROTTLE);
    }

    @Test
    void whereWhatIsLostIsSentAgainLossIsWorseBesideWhatItIsNeverDrawnBeside() {
        Script.Strike loss = strike(FaultKind.LOSS, 20);
        Script.Strike failover = new Script.Strike(
                FaultKind.FAILOVER, new TreeSet<>(NODES.subList(0, 1)), new TreeSet<>(), "", 0, 0, 6, 90);
        Script.Strike cut = strike(FaultKind.PARTITION, 0).during(6, 90);
        Script.Strike crash = new Script.Strike(
                FaultKind.CRASH, new TreeSet<>(NODES.subList(0, 1)), new TreeSet<>(), "", 0, 0, 6, 90);

        for (Script.Strike other : List.of(failover, cut, crash)) {
            assertThat(worse(loss, other)).as(other.targets()).isEmpty();
        }
        assertThat(Scripted.worseThanDrawn(List.of(loss, failover), 3, true)).containsExactly(FaultKind.FAILOVER);
        assertThat(Scripted.worseThanDrawn(List.of(cut, loss.during(7, 90)), 3, true))
                .containsExactly(FaultKind.LOSS);
        assertThat(Scripted.worseThanDrawn(List.of(loss, crash, failover.during(90, 99)), 3, true))
                .isEmpty();
    }

    private static Set<FaultKind> worse(Script.Strike... strikes) {
        return Scripted.worseThanDrawn(List.of(strikes), NODES.size(), false);
    }

    private static Script.Strike clock(long jumpMillis, int rate) {
        return new Script.Strike(
                FaultKind.CLOCK, new TreeSet<>(List.of(NODES.get(0))), new TreeSet<>(), "", jumpMillis, rate, 5, 90);
    }

    private static Script.Strike strike(FaultKind kind, long amount) {
        return new Script.Strike(kind, new TreeSet<>(), LINKS, "", amount, 0, 5, 90);
    }

    @Test
    void poorLinksAreDescribedByTheirDegree() {
        assertThat(new Fault.PoorLinks(FaultKind.THROTTLE, LINKS, 9_000).describe())
                .isEqualTo("throttle n1→n2 to 9000 bytes a second");
        assertThat(new Fault.PoorLinks(FaultKind.RESET, BOTH_WAYS, 250).describe())
                .isEqualTo("reset n1→n2 n2→n1 every 250 ms");
    }
}
