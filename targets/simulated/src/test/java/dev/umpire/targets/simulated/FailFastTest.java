package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.online.OnlineChecker;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that end at the first violation. */
class FailFastTest {
    private static final int OPERATIONS = 2_000;

    private static PlanBuilder plan(String reads, String... guarantees) {
        return PlanBuilder.simulated("simulated")
                .set("reads", reads)
                .operations(OPERATIONS)
                .rate(0)
                .nemesis("partition")
                .guarantees(guarantees)
                .seed(11);
    }

    @Test
    void aRunEndsAtItsFirstViolationAndItsRecordingIsWhole() throws Exception {
        Run run = Runner.simulate(
                plan("any-follower", "monotonic-reads", "read-your-writes", "durability")
                        .failFast()
                        .build(),
                new SimulatedTarget());

        EarlyStop stop = run.stopped().orElseThrow();
        assertThat(run.answer()).isEqualTo(Answer.INVALID);
        assertThat(run.judged().stream()
                        .filter(one -> one.verdict().answer() == Answer.INVALID)
                        .map(one -> one.verdict().guarantee()))
                .contains(stop.guarantee());
        History history = run.history();
        int asked = 0;
        int last = 0;
        for (int o = 0; o < history.size(); o++) {
            asked += history.isFinal(o) ? 0 : 1;
            last = history.isFinal(o) ? last : o;
        }
        assertThat(asked).isLessThan(OPERATIONS / 2);
        // what was under way when it was stopped is there, and nothing more was asked
        assertThat(history.invoked(last)).isLessThan(history.completed(stop.operation()));
        assertThat(history.size() - asked).isEqualTo(history.keyCount() * history.nodeCount());
        assertThat(run.missing()).allMatch(one -> one.endsWith("(the run was stopped early)"));
        assertThat(run.troubles()).isEmpty();
    }

    @Test
    void untilThenItIsTheRunThatItWouldHaveBeenAndTheSameEveryTime(@TempDir Path folder) throws Exception {
        List<String> whole = lines(
                folder.resolve("whole"),
                plan("any-follower", "read-your-writes").build());
        Plan early = plan("any-follower", "read-your-writes").failFast().build();
        List<String> once = lines(folder.resolve("once"), early);
        List<String> again = lines(folder.resolve("again"), early);

        assertThat(again).isEqualTo(once).hasSizeLessThan(whole.size());
        EarlyStop stop = Runner.simulate(early, new SimulatedTarget()).stopped().orElseThrow();
        History history = History.read(folder.resolve("once/history.jsonl"));
        int common = 1 + history.completed(stop.operation());
        assertThat(once.subList(0, common)).isEqualTo(whole.subList(0, common));
    }

    private static List<String> lines(Path folder, Plan plan) throws Exception {
        Files.createDirectories(folder);
        Runner.run(plan, new SimulatedTarget(), RunListener.SILENT, folder);
        return Files.readAllLines(folder.resolve("history.jsonl"));
    }

    @Test
    void aRunInWhichNothingBreaksIsTheSameWithAndWithout(@TempDir Path folder) throws Exception {
        PlanBuilder healthy = plan("leader", "read-your-writes", "monotonic-reads");
        List<String> without = lines(folder.resolve("without"), healthy.build());

        assertThat(lines(folder.resolve("with"), healthy.failFast().build())).isEqualTo(without);
    }

    @Test
    void whatIsWatchedIsToldAndIntegrityAlways() {
        Plan plan = plan("leader", "durability", "linearizable", "bounded-staleness:50ms")
                .failFast()
                .build();
        assertThat(Runner.watched(plan, new SimulatedTarget()))
                .containsExactly("linearizable", "bounded-staleness:50ms", "integrity");
        assertThat(Runner.watched(plan("leader", "durability").build(), new SimulatedTarget()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "leader, read-your-writes, VALID",
        "leader, bounded-staleness:100ms, VALID",
        "leader, integrity, VALID",
        "leader, linearizable, UNKNOWN",
        "any-follower, read-your-writes, INVALID",
        "any-follower, monotonic-reads, INVALID",
        "any-follower, bounded-staleness:1ms, INVALID",
        "any-follower, bounded-staleness:1versions, INVALID",
        "any-follower, linearizable, INVALID",
        "any-follower, integrity, VALID"
    })
    void wholeRunsAreJudgedOnlineAsTheyAreAfterwards(String reads, String guarantee, Answer expected) throws Exception {
        History history =
                Runner.simulate(plan(reads).build(), new SimulatedTarget()).history();
        List<Event> events = new ArrayList<>();
        history.events().forEach(events::add);
        OnlineChecker online =
                OnlineChecker.of(guarantee, CheckOptions.DEFAULT, Value.NIL).orElseThrow();
        Answer before = Answer.UNKNOWN;
        for (int i = 0; i < events.size(); i++) {
            online.accept(events.get(i));
            boolean changed = online.answer() != before;
            before = online.answer();
            // snapshots make linearizable a search, which is bounded
            boolean decided = before != Answer.UNKNOWN || !guarantee.equals("linearizable");
            if (decided && (changed || i == events.size() - 1)) {
                History prefix = History.of(events.subList(0, i + 1));
                assertThat(Guarantee.named(guarantee).check(prefix).answer())
                        .as("after event " + i)
                        .isEqualTo(before);
            }
        }
        assertThat(online.answer()).isEqualTo(expected);
    }
}
