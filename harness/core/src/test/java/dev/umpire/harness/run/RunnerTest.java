package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Settings;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.Operation;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RunnerTest {

    private final TinyTarget target = new TinyTarget(true);

    static Plan plan(long operations, Map<String, String> settings, String... nemeses) {
        return new Plan(
                Plan.VERSION,
                "tiny",
                3,
                settings,
                new Plan.WorkloadPlan("register", Map.of()),
                8,
                20,
                OptionalLong.of(operations),
                OptionalLong.empty(),
                1_000,
                Load.CLOSED.label(),
                200,
                2_000,
                new Plan.NemesisPlan(List.of(nemeses), 50, 200, 50, 200),
                List.of(),
                "real-time",
                7,
                false);
    }

    @Test
    void aTargetIsToldHowManySessionsWillConnect() throws Exception {
        Plan plan = plan(20, Map.of());

        Runner.simulate(plan, target);

        assertThat(target.announced).isEqualTo(plan.sessions());
    }

    @Test
    void aRunKnowsWhatItsConfigurationPromisesAndWhichOfItsFaultsThatLeavesOut() throws Exception {
        Map<String, String> settings = Map.of("configuration", "at-leader");

        assertThat(Runner.simulate(plan(20, settings, "crash"), target).promised())
                .contains(new Promised("configuration at-leader", List.of(), "real-time", List.of("crash")));
        assertThat(Runner.simulate(plan(20, settings), target)
                        .promised()
                        .orElseThrow()
                        .beyond())
                .isEmpty();
        assertThat(Runner.simulate(plan(20, Map.of()), target).promised()).isEmpty();
    }

    @Test
    void aRunThatAScheduleStrikesIsHeldToWhatIsPromisedUnderItsFaults() throws Exception {
        Map<String, String> settings = Map.of("configuration", "at-leader");
        Plan plan = plan(300, settings).struckBy(strikes(FaultKind.CRASH, "n2", 100));

        Run run = Runner.simulate(plan, target);

        assertThat(run.plan()).isEqualTo(plan);
        assertThat(run.missing()).isEmpty();
        assertThat(run.promised().orElseThrow().beyond()).containsExactly("crash");
        assertThat(target.levers).containsExactly("crash n2", "restart n2");
    }

    @Test
    void whatADrawnRunWroteIsPossibleAgainAndNoWorse() throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            List<Script> written = new ArrayList<>();
            Plan drawn = lasting(10_000, Map.of(), "all").withSeed(seed);
            Runner.simulate(drawn, target, new RunListener() {
                @Override
                public void scheduled(Script whole) {
                    written.add(whole);
                }
            });

            Plan again = drawn.struckBy(written.get(0).strikes());
            assertThat(written.get(0).strikes()).hasSizeGreaterThan(10);
            assertThat(NemesisKinds.worseThanDrawn(again.nemesis(), target, again.nodes()))
                    .as("seed " + seed)
                    .isEmpty();
            Runner.requirePossible(again, target);
        }
    }

    @Test
    void lossBesideAnotherFaultOfLinksIsWorseThanDrawnOfARealStoreAlone() {
        SortedSet<Link> links = new TreeSet<>(Set.of(new Link(new Node("n1"), new Node("n2"))));
        Plan.NemesisPlan plan = plan(300, Map.of())
                .struckBy(List.of(
                        new Script.Strike(FaultKind.LOSS, new TreeSet<>(), links, "", 20, 0, 1, 90),
                        new Script.Strike(FaultKind.SLOW, new TreeSet<>(), links, "", 20, 0, 2, 90)))
                .nemesis();

        assertThat(NemesisKinds.worseThanDrawn(plan, new TinyTarget(true), 3)).isEmpty();
        assertThat(NemesisKinds.worseThanDrawn(plan, new TinyTarget(false), 3)).containsExactly(FaultKind.SLOW);
    }

    @Test
    void aScriptWithASessionThatThePlanDoesNotHaveIsRefusedBeforeTheStart() {
        Plan plan = plan(300, Map.of());
        Script script =
                new Script(List.of(new Script.Ask(plan.sessions(), 1, 0, Request.read(Value.of("x")))), List.of());

        assertThatThrownBy(() -> Runner.simulate(plan, Optional.of(script), target))
                .hasMessage("session: found " + plan.sessions() + " in the script, expected 0 to "
                        + (plan.sessions() - 1) + ", as the plan has " + plan.sessions());
    }

    @Test
    void aPausedMajorityIsWorseThanWhatIsPromised() throws Exception {
        List<Script.Strike> strikes = new ArrayList<>(strikes(FaultKind.PAUSE, "n2", 100));
        Plan plan = plan(300, Map.of("configuration", "at-home"));
        assertThat(Runner.simulate(plan.struckBy(strikes), target)
                        .promised()
                        .orElseThrow()
                        .beyond())
                .isEmpty();

        strikes.addAll(strikes(FaultKind.CRASH, "n1", 300));
        strikes.addAll(strikes(FaultKind.PAUSE, "n3", 350));
        assertThat(Runner.simulate(plan.struckBy(strikes), target)
                        .promised()
                        .orElseThrow()
                        .beyond())
                .containsExactly("crash", "pause worse than a nemesis draws it");
    }

    @Test
    void theFolderOfAScriptedRunHasItsScheduleInThePlanAndAScriptOnlyWhereThatAsks(
            @TempDir Path first, @TempDir Path second, @TempDir Path asking) throws Exception {
        List<Script.Strike> strikes = strikes(FaultKind.PAUSE, "n3", 100);
        Plan plan = plan(300, Map.of());

        Runner.run(plan, Optional.of(Script.ofStrikes(strikes)), target, RunListener.SILENT, first);
        Plan recorded = PlanFile.read(first.resolve("plan.json"));
        assertThat(recorded).isEqualTo(plan.struckBy(strikes));
        assertThat(first.resolve("script.jsonl")).doesNotExist();

        Runner.run(recorded, target, RunListener.SILENT, second);
        assertThat(second.resolve("history.jsonl")).hasSameBinaryContentAs(first.resolve("history.jsonl"));

        Script whole = ScriptFile.read(first.resolve(Runner.SCHEDULE));
        Runner.run(plan(300, Map.of(), "crash"), Optional.of(whole), target, RunListener.SILENT, asking);
        assertThat(ScriptFile.read(asking.resolve("script.jsonl"))).isEqualTo(whole);
        assertThat(PlanFile.read(asking.resolve("plan.json")).nemesis().schedule())
                .isEqualTo(whole.strikes());
    }

    @Test
    void eachFaultOfAScheduleThatNeverCameIsMissed() throws Exception {
        List<Script.Strike> strikes = new ArrayList<>(strikes(FaultKind.PAUSE, "n3", 100));
        strikes.addAll(strikes(FaultKind.PAUSE, "n3", 60_000));
        strikes.addAll(strikes(FaultKind.CRASH, "n1", 70_000));

        Run run = Runner.simulate(plan(300, Map.of()).struckBy(strikes), target);

        assertThat(run.missing())
                .containsExactly(
                        "pause n3, scheduled for 60000 ms, was never injected",
                        "crash n1, scheduled for 70000 ms, was never injected");
    }

    private static List<Script.Strike> strikes(FaultKind kind, String node, long fromMillis) {
        return List.of(new Script.Strike(
                kind,
                new TreeSet<>(Set.of(new Node(node))),
                new TreeSet<>(),
                "",
                0,
                0,
                fromMillis * 1_000_000,
                (fromMillis + 100) * 1_000_000));
    }

    private static Plan lasting(long millis, Map<String, String> settings, String... nemeses) {
        Plan base = plan(1, settings, nemeses);
        return new Plan(
                base.version(),
                base.target(),
                base.nodes(),
                base.settings(),
                base.workload(),
                base.sessions(),
                base.moveEvery(),
                OptionalLong.empty(),
                OptionalLong.of(millis),
                base.ratePerSecond(),
                base.load(),
                base.operationTimeoutMillis(),
                base.convergenceTimeoutMillis(),
                base.nemesis(),
                base.guarantees(),
                base.writeOrder(),
                base.seed(),
                false);
    }

    private static List<Operation> operations(History history) {
        return IntStream.range(0, history.size()).mapToObj(history::operation).toList();
    }

    @Test
    void everyOperationOfAHealthyStoreIsAnsweredAndEveryKeyIsReadAtEveryNodeInTheEnd() throws RunException {
        Run run = Runner.simulate(plan(500, Map.of()), target);

        assertThat(operations(run.history()).stream()
                        .filter(one -> !run.history().isFinal(one.number())))
                .hasSize(500)
                .allMatch(one -> one.outcome() == Outcome.OK);
        Set<String> finallyRead = new HashSet<>();
        operations(run.history()).stream()
                .filter(one -> run.history().isFinal(one.number()))
                .forEach(one -> finallyRead.add(
                        one.key().orElseThrow() + "@" + one.node().orElseThrow()));
        assertThat(finallyRead).hasSize(17 * 3).contains("x0@n1", "x16@n3");
        assertThat(run.missing()).isEmpty();
        assertThat(run.troubles()).isEmpty();
        assertThat(target.stopped).isTrue();
    }

    @Test
    void everyWrittenValueIsNew() throws RunException {
        Run run = Runner.simulate(plan(500, Map.of()), target);

        List<Value> written = operations(run.history()).stream()
                .filter(one -> one.function().equals("write"))
                .map(Operation::argument)
                .toList();
        assertThat(written).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void aSessionMovesAfterTwentyOperationsAndNeverToTheNodeWhereItIs() throws RunException {
        Run run = Runner.simulate(plan(2_000, Map.of("reads", "home")), target);

        for (int session = 0; session < 8; session++) {
            List<String> homes = new ArrayList<>();
            int number = session;
            operations(run.history()).stream()
                    .filter(one -> one.session().equals(Value.of(number))
                            && !run.history().isFinal(one.number()))
                    .filter(one -> !one.function().equals("write"))
                    .map(one -> one.node().orElseThrow())
                    .forEach(node -> {
                        if (homes.isEmpty() || !homes.get(homes.size() - 1).equals(node)) {
                            homes.add(node);
                        }
                    });
            assertThat(homes).hasSizeGreaterThan(5).contains("n1", "n2", "n3");
        }
    }

    @Test
    void thePlanGivesTheSameBytesAgain(@TempDir Path one, @TempDir Path other) throws Exception {
        Plan plan = plan(1_000, Map.of("reads", "home"), "all");

        Run run = Runner.run(plan, target, RunListener.SILENT, one);
        Runner.run(plan, new TinyTarget(true), RunListener.SILENT, other);

        for (String file : List.of("plan.json", "history.jsonl", "nemesis.jsonl", "nodes/n1.log")) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
        assertThat(run.history().size()).isEqualTo(1_000 + 27 * 3);
        assertThat(run.history().source().complete()).isTrue();
        assertThat(run.history().nodes()).containsExactly("n1", "n2", "n3");
    }

    @Test
    void aRollingRestartGoesOnWhenTheNodeBeforeIsBackAndIsHealedByTheLast() throws RunException {
        TinyTarget rolled = new TinyTarget(true, Set.of(FaultKind.ROLLING_RESTART));

        Run run = Runner.simulate(plan(2_000, Map.of(), "rolling-restart"), rolled);

        assertThat(run.missing()).isEmpty();
        assertThat(run.history().nemesisEvents())
                .extracting(NemesisEvent::function)
                .startsWith("inject", "confirm", "heal", "gone");
        List<String> first = rolled.levers.subList(0, 5);
        assertThat(first.stream().map(lever -> lever.split(" ", 2)[0]))
                .containsExactly("stop", "restart", "stop", "restart", "stop");
        assertThat(first.get(0).replace("stop", "restart")).isEqualTo(first.get(1));
        assertThat(first.get(2).replace("stop", "restart")).isEqualTo(first.get(3));
        assertThat(first).filteredOn(lever -> lever.startsWith("stop")).doesNotHaveDuplicates();
        assertThat(rolled.levers).contains(first.get(4).replace("stop", "restart"));
    }

    @Test
    void anOperationWithoutAnAnswerIsUnknownAndItsSessionGoesOnInANewProcess() throws RunException {
        Run run = Runner.simulate(plan(300, Map.of("bug", "mute")), target);

        List<Operation> unknown = operations(run.history()).stream()
                .filter(one -> one.outcome() == Outcome.INFO)
                .toList();
        assertThat(unknown).hasSizeGreaterThan(1).allMatch(one -> one.session().equals(Value.of(1)));
        assertThat(unknown.get(0).endedNanos().orElseThrow()
                        - unknown.get(0).invokedNanos().orElseThrow())
                .isEqualTo(200_000_000);
        List<Value> processes = unknown.stream()
                .map(one -> run.history().processName(run.history().process(one.number())))
                .toList();
        assertThat(processes.get(0)).isEqualTo(Value.of(1));
        assertThat(processes.get(1)).isEqualTo(Value.of(9));
        assertThat(errors(run)).containsOnly("timeout after 200 ms");
    }

    @Test
    void anExceptionOfTheClientIsUnknownWithItsText() throws RunException {
        Run run = Runner.simulate(plan(300, Map.of("bug", "throws")), target);

        assertThat(errors(run)).containsOnly("IllegalStateException: connection reset");
    }

    private static Set<String> errors(Run run) {
        Set<String> errors = new HashSet<>();
        run.history().events().forEach(event -> event.error().ifPresent(error -> errors.add(error.toString())));
        return errors;
    }

    @Nested
    class UnderFaults {

        @Test
        void everyFaultIsSeenInForceAndGone() throws RunException {
            Run run = Runner.simulate(lasting(10_000, Map.of("reads", "home"), "all"), target);

            assertThat(run.missing()).isEmpty();
            Set<String> seen = new HashSet<>();
            for (NemesisEvent event : run.history().nemesisEvents()) {
                seen.add(event.function() + " " + field(event, "fault"));
            }
            for (FaultKind kind : target.faults(new Settings(Map.of()))) {
                for (String function : List.of("inject", "confirm", "heal", "gone")) {
                    assertThat(seen).contains(function + " " + kind.optionName());
                }
            }
        }

        @Test
        void neverIsMoreThanAMinorityDown() throws RunException {
            Runner.simulate(lasting(20_000, Map.of(), "all"), target);

            int down = 0;
            for (String lever : target.levers) {
                if (lever.startsWith("crash") || lever.startsWith("pause") || lever.startsWith("failover")) {
                    down++;
                } else if (lever.startsWith("restart") || lever.startsWith("resume")) {
                    down--;
                }
                assertThat(down).isBetween(0, 1);
            }
            assertThat(target.levers).hasSizeGreaterThan(20);
            assertThat(down).isZero();
        }

        @Test
        void aCutThatTakesNoHoldLeavesTheRunWithoutEvidence() throws RunException {
            Run run = Runner.simulate(lasting(1_000, Map.of("bug", "no-cut"), "partition"), target);

            String evidence = run.history().nemesisEvents().stream()
                    .filter(event -> event.function().equals("unconfirmed"))
                    .map(event -> ((Value.MapOf) event.value()).entries().get(Value.of("evidence")))
                    .map(value -> ((Value.Text) value).value())
                    .findFirst()
                    .orElseThrow();
            assertThat(evidence).contains("delivered");
            // and not what was seen once it was healed
            assertThat(run.missing()).isNotEmpty();
            assertThat(run.missing().get(0))
                    .startsWith("partition n")
                    .endsWith(" was never seen in force: " + evidence);
            assertThat(run.answer()).isEqualTo(Answer.UNKNOWN);
        }

        @Test
        void aRunThatEndsBeforeItsFirstFaultSaysSo() throws RunException {
            Run run = Runner.simulate(plan(5, Map.of(), "crash"), target);

            assertThat(run.missing()).contains("no crash was injected: the run ended before, or found no aim");
        }

        @Test
        void aFaultThatTheTargetCannotBeGivenIsRefusedBeforeAnythingStarts(@TempDir Path folder) {
            TinyTarget onlyPause = new TinyTarget(true, EnumSet.of(FaultKind.PAUSE));

            assertThatThrownBy(() -> Runner.run(plan(10, Map.of(), "partition"), onlyPause, RunListener.SILENT, folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("nemesis: found partition, but tiny with these settings can be given pause");
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void aScriptOfWhatTheTargetCannotBeGivenIsRefusedBeforeAnythingStarts() {
            TinyTarget onlyPause = new TinyTarget(true, EnumSet.of(FaultKind.PAUSE));

            assertThatThrownBy(() -> Runner.requirePossible(
                            plan(10, Map.of()), Optional.of(strike(FaultKind.CLOCK, "n2", 500)), onlyPause))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("nemesis: found clock, but tiny with these settings can be given pause");
            assertThatThrownBy(() -> Runner.requirePossible(
                            plan(10, Map.of()), Optional.of(strike(FaultKind.PAUSE, "n9", 0)), onlyPause))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("schedule: pause from 1000 ms: found n9, expected one of [n1, n2, n3]");
            Runner.requirePossible(plan(10, Map.of()), Optional.of(strike(FaultKind.PAUSE, "n3", 0)), onlyPause);
        }

        @Test
        void aScriptOfLinksThatAreNotThereIsRefused() {
            TinyTarget any = new TinyTarget(true, EnumSet.allOf(FaultKind.class));
            Script.Strike base = strike(FaultKind.PARTITION, "n1", 0).strikes().get(0);

            for (Link link :
                    List.of(new Link(new Node("n1"), new Node("n9")), new Link(new Node("n1"), Node.CLIENTS))) {
                Script cut =
                        Script.ofStrikes(List.of(base.on(new TreeSet<>(), new TreeSet<>(Set.of(link)), "somewhere")));
                assertThatThrownBy(() -> Runner.requirePossible(plan(10, Map.of()), Optional.of(cut), any))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("schedule: partition from 1000 ms: found " + link
                                + ", expected a link between two of [n1, n2, n3]");
            }
            assertThatThrownBy(() -> Runner.requirePossible(
                            plan(10, Map.of()), Optional.of(strike(FaultKind.PARTITION, "n1", 0)), any))
                    .hasMessageStartingWith("schedule: partition from 1000 ms: found [n1] and links []");
        }

        private static Script strike(FaultKind kind, String node, long amount) {
            return Script.ofStrikes(List.of(new Script.Strike(
                    kind,
                    new TreeSet<>(Set.of(new Node(node))),
                    new TreeSet<>(),
                    "",
                    amount,
                    0,
                    1_000_000_000L,
                    2_000_000_000L)));
        }

        private static String field(NemesisEvent event, String name) {
            return String.valueOf(((Value.MapOf) event.value()).entries().get(Value.of(name)));
        }
    }

    @Test
    void replicasThatNeverAgreeAreReportedAndReadAllTheSame() throws RunException {
        Plan plan = plan(200, Map.of("bug", "stale")).judgedBy(List.of("eventual", "durability", "integrity"));

        Run run = Runner.simulate(plan, target);

        assertThat(run.missing()).hasSize(1);
        // that one of them is behind does not show that it would have stayed behind
        assertThat(run.judged())
                .extracting(one -> one.verdict().answer())
                .containsExactly(Answer.UNKNOWN, Answer.UNKNOWN, Answer.VALID);
        assertThat(run.judged().get(0).verdict().reason().orElseThrow())
                .startsWith(run.missing().get(0));
        assertThat(run.missing().get(0))
                .startsWith("the replicas did not agree within 2000 ms after the last heal: applied [");
        assertThat(operations(run.history()).stream()
                        .filter(one -> run.history().isFinal(one.number())))
                .hasSize(11 * 3);
    }

    @Test
    void aReplicaThatHasStoppedForGoodBreaksWhatIsPromisedOfTheEnd() throws RunException {
        Plan plan = plan(200, Map.of("bug", "stopped")).judgedBy(List.of("eventual", "durability", "integrity"));

        Run run = Runner.simulate(plan, target);

        assertThat(run.missing()).isEmpty();
        assertThat(run.judged())
                .extracting(one -> one.verdict().answer())
                .containsExactly(Answer.INVALID, Answer.INVALID, Answer.VALID);
        assertThat(run.judged().get(0).verdict().anomalies().get(0).sentence())
                .endsWith("; the replicas will not agree, however long they are given: n3 applies nothing");
    }

    @Test
    void aStoreThatDoesNotStartIsAFailureOfTheRunWithItsOwnWords(@TempDir Path folder) {
        assertThatThrownBy(() -> Runner.run(plan(10, Map.of("bug", "no-start")), target, RunListener.SILENT, folder))
                .isInstanceOf(RunException.class)
                .hasMessage("tiny is not installed");
        assertThat(folder.resolve("plan.json")).exists();
    }

    @Test
    void whatHappenedBeforeTheRunBrokeDownIsKeptAndEverythingIsHealedAndStopped(@TempDir Path folder) throws Exception {
        Plan plan = plan(100_000, Map.of(), "pause");
        AtomicBoolean struck = new AtomicBoolean();
        RunListener breaksAtTheFirstFault = new RunListener() {
            @Override
            public void recorded(Event event) {
                if (event.function().filter("confirm"::equals).isPresent()) {
                    struck.set(true);
                } else if (struck.get()) {
                    struck.set(false);
                    throw new IllegalStateException("the disk is full");
                }
            }
        };

        assertThatThrownBy(() -> Runner.run(plan, target, breaksAtTheFirstFault, folder))
                .isInstanceOf(RunException.class)
                .hasMessage("the disk is full");

        assertThat(target.stopped).isTrue();
        assertThat(target.levers.get(0)).startsWith("pause");
        assertThat(target.levers.get(target.levers.size() - 1)).startsWith("resume");
        assertThat(History.read(folder.resolve("history.jsonl")).size()).isGreaterThan(10);
        assertThat(Files.readString(folder.resolve("nemesis.jsonl"))).contains("\"heal\"");
        for (String recording : List.of("history.jsonl", "nemesis.jsonl")) {
            assertThat(History.read(folder.resolve(recording)).source().complete())
                    .as("all of " + recording + " was recorded")
                    .isFalse();
        }
    }

    @Test
    void theCallsOfTheRunningLoopThatBreakEndTheRun() {
        assertThatThrownBy(() -> Runner.simulate(plan(300, Map.of("bug", "fatal")), target))
                .isInstanceOf(RunException.class)
                .hasMessage("the loop itself is broken");
        assertThat(target.stopped).isTrue();
    }
}
