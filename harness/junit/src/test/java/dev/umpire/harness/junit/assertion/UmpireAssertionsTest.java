package dev.umpire.harness.junit.assertion;

import static dev.umpire.checkers.Guarantee.BOUNDED_STALENESS;
import static dev.umpire.checkers.Guarantee.MONOTONIC_READS;
import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.error.AssertJMultipleFailuresError;
import org.junit.jupiter.api.Test;

class UmpireAssertionsTest {

    /** A session writes 3, and then reads the 2 that another had written before, 5 ms after it was overwritten. */
    private static final String STALE = """
            {:type :invoke, :process 1, :f :write, :key "cart", :value 2, :time 0}
            {:type :ok, :process 1, :f :write, :key "cart", :value 2, :time 1000000}
            {:type :invoke, :process 0, :f :write, :key "cart", :value 3, :time 2000000}
            {:type :ok, :process 0, :f :write, :key "cart", :value 3, :time 3000000}
            {:type :invoke, :process 0, :f :read, :key "cart", :value nil, :time 8000000}
            {:type :ok, :process 0, :f :read, :key "cart", :value 2, :time 9000000}
            """;

    private static final String FRESH =
            STALE.replace(":f :read, :key \"cart\", :value 2", ":f :read, :key \"cart\", :value 3");

    private static History history(String text) throws MalformedHistoryException {
        return History.parse(text);
    }

    private static AssertionError failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable sentence) {
        return catchThrowableOfType(AssertionError.class, sentence);
    }

    @Test
    void aHistoryThatKeepsItsGuaranteesPasses() throws Exception {
        assertThat(history(FRESH))
                .readsItsOwnWrites()
                .isLinearizable()
                .isLinearizable(Models.REGISTER)
                .hasStalenessBelow(Duration.ofMillis(1));
    }

    @Test
    void theMessageTellsTheGuaranteeTheSentenceAndTheWitness() throws Exception {
        History stale = history(STALE);

        AssertionError failure = failure(() -> assertThat(stale).as("the cart").satisfies(READ_YOUR_WRITES));

        assertThat(failure).hasMessage("""
                [the cart] read-your-writes is broken: session 0 wrote cart=3 (2 ms to 3 ms, acknowledged) and then read cart \
                (8 ms to 9 ms), which returned 2: 2 was written by session 1 and acknowledged at 1 ms, 1 ms before 3 was \
                invoked, so it is older (real-time write order); the session no longer sees its own write
                  session 1   wrote cart=2   0 ms to 1 ms   acknowledged
                  session 0   wrote cart=3   2 ms to 3 ms   acknowledged
                  session 0   read cart      8 ms to 9 ms   returned 2
                  STALE_OWN_READ, the one anomaly; 1 of 1 read that had an own write to see; assumed real-time write order""");
    }

    @Test
    void aLongWitnessIsToldInTenLines() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("""
                    {:type :invoke, :process 0, :f :write, :key "cart", :value %d, :time %d}
                    {:type :ok, :process 0, :f :write, :key "cart", :value %1$d, :time %2$d}
                    """.formatted(i, i));
        }
        List<Integer> all = IntStream.range(0, 40).boxed().toList();

        List<String> lines = Telling.witness(history(text.toString()), new Anomaly("KIND", "cart", "all of them", all));
        List<String> ten = Telling.witness(
                history(text.toString()), new Anomaly("KIND", "cart", "ten of them", all.subList(0, 10)));

        assertThat(lines).hasSize(10).endsWith("  and 31 more operations");
        assertThat(lines.subList(0, 9)).allMatch(line -> line.startsWith("  session 0"));
        assertThat(ten).hasSize(10).allMatch(line -> line.startsWith("  session 0"));
    }

    @Test
    void allGuaranteesThatAreNotKeptAreToldAtOnce() throws Exception {
        History stale = history(STALE);

        AssertionError failure = failure(() -> assertThat(stale).satisfies(READ_YOUR_WRITES, MONOTONIC_READS));

        assertThat(failure)
                .hasMessageContaining("read-your-writes is broken")
                .hasMessageContaining("monotonic-reads is undecided, which is not a pass");
    }

    @Test
    void undecidedIsNeverAPass() throws Exception {
        History stale = history(STALE);

        assertThat(failure(() -> assertThat(stale).readsMonotonically()))
                .hasMessageContaining("monotonic-reads is undecided")
                .hasMessageContaining("looked at");
        assertThat(failure(() -> assertThat(stale).breaks(MONOTONIC_READS)))
                .hasMessageContaining("monotonic-reads is undecided, expected it to be broken");
        assertThat(failure(() -> assertThat(stale).satisfies(BOUNDED_STALENESS)))
                .hasMessageContaining("undecided");
    }

    @Test
    void aBrokenGuaranteeIsKnownByItsWitnessItsKindAndItsKey() throws Exception {
        History stale = history(STALE);

        assertThat(stale)
                .breaks(READ_YOUR_WRITES)
                .withWitness(0, 1, 2)
                .withAnomaly("STALE_OWN_READ")
                .onKey("cart");
        assertThat(failure(() -> assertThat(stale).breaks(READ_YOUR_WRITES).withWitness(0, 2)))
                .hasMessageContaining("expected by the witness [0, 2], found [0, 1, 2]");
        assertThat(failure(() -> assertThat(stale).breaks(READ_YOUR_WRITES).onKey("basket")))
                .hasMessageContaining("expected by an anomaly of key basket, found cart");
        assertThatIllegalStateException().isThrownBy(() -> assertThat(stale).withWitness(1));
    }

    @Test
    void aGuaranteeThatHeldIsNotBroken() throws Exception {
        History fresh = history(FRESH);

        assertThat(failure(() -> assertThat(fresh).breaks(READ_YOUR_WRITES)))
                .hasMessageContaining(
                        "read-your-writes is held, expected it to be broken: 1 read that had an own write");
    }

    @Test
    void withoutAnOrderOfWritesNothingIsStale() throws Exception {
        History stale = history(STALE);

        assertThat(stale).assuming(WriteOrder.NONE).readsItsOwnWrites();
        assertThat(failure(() -> assertThat(stale).isLinearizable())).hasMessageContaining("linearizable is broken");
    }

    @Test
    void stalenessIsBoundedInTime() throws Exception {
        History stale = history(STALE);

        assertThat(stale).hasStalenessBelow(Duration.ofMillis(5));
        assertThat(failure(() -> assertThat(stale).hasStalenessBelow(Duration.ofMillis(4))))
                .hasMessageContaining("bounded-staleness:4000us is broken");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(stale).hasStalenessBelow(Duration.ofNanos(1)))
                .withMessageContaining("whole microseconds");
    }

    @Test
    void softAssertionsTellAllThatIsWrong() throws Exception {
        History stale = history(STALE);

        AssertJMultipleFailuresError failures = catchThrowableOfType(
                AssertJMultipleFailuresError.class,
                () -> UmpireSoftAssertions.assertAllOf(softly -> {
                    softly.assertThat(stale).readsItsOwnWrites();
                    softly.assertThat(stale).breaks(MONOTONIC_READS).withWitness(1);
                    softly.assertThat(stale).isLinearizable();
                }));

        assertThat(failures.getFailures()).hasSize(3);
        assertThatCode(() -> UmpireSoftAssertions.assertAllOf(
                        softly -> softly.assertThat(stale).breaks(READ_YOUR_WRITES)))
                .doesNotThrowAnyException();
    }

    @Test
    void softAssertionsSpeakOfRunsToo() throws RunException {
        Run run = run(plan().set("reads", "any-follower").nemesis("partition").operations(4_000));

        AssertJMultipleFailuresError failures = catchThrowableOfType(
                AssertJMultipleFailuresError.class,
                () -> UmpireSoftAssertions.assertAllOf(softly -> {
                    softly.assertThat(run).as("the run").satisfies(READ_YOUR_WRITES);
                    softly.assertThat(run).keptItsPromise();
                }));

        assertThat(failures.getFailures()).hasSize(2);
        assertThat(failures).hasMessageContaining("[the run] read-your-writes is broken");
    }

    @Test
    void aPromiseThatWasNotKeptIsToldAndOneThatWasNotGivenIsNotHeldAgainstAnybody() throws RunException {
        Run broken =
                run(plan().set("configuration", "sl-any").nemesis("partition").operations(4_000));
        Configuration promisingMore = new Configuration(
                "more",
                Map.of(),
                List.of("read-your-writes"),
                Set.of(FaultKind.PARTITION),
                "real-time",
                "what nobody documents");
        Configuration withoutFaults =
                new Configuration("calm", Map.of(), List.of("durability"), Set.of(), "real-time", "fair weather");
        Run changed = run(plan().set("configuration", "sl-sync").set("reads", "any-follower"));

        assertThat(broken).keptItsPromise();
        assertThat(failure(() -> assertThat(broken).keptThePromiseOf(promisingMore)))
                .hasMessageStartingWith("read-your-writes is broken: session ");
        assertThat(failure(() -> assertThat(broken).keptThePromiseOf(withoutFaults)))
                .hasMessageStartingWith("the promise of calm does not cover partition, by which the run was struck");
        assertThat(failure(() -> assertThat(changed).keptItsPromise()))
                .hasMessageStartingWith("the promise of sl-sync does not cover ");
    }

    @Test
    void noPromiseIsHeldAgainstARunThatWasStruckWorseThanANemesisDraws() throws RunException {
        SortedSet<Node> most = new TreeSet<>(Node.firstOf(2));
        Run run = Runner.simulate(
                plan().set("configuration", "sl-any")
                        .build()
                        .struckBy(List.of(new Script.Strike(
                                FaultKind.PAUSE, most, new TreeSet<>(), "", 0, 0, 100_000_000, 300_000_000))),
                new SimulatedTarget());

        assertThat(failure(() -> assertThat(run).keptItsPromise()))
                .hasMessageStartingWith("the promise of sl-any does not cover pause worse than a nemesis draws it");
    }

    @Test
    void aRunIsHeldToThePromiseOfItsConfiguration() throws RunException {
        Run kept = run(plan().set("configuration", "sl-leader").nemesis("partition"));

        assertThat(kept).keptItsPromise();
    }

    @Test
    void aRunWithoutAConfigurationHasNoPromise() throws RunException {
        Run run = run(plan());

        assertThat(failure(() -> assertThat(run).keptItsPromise())).hasMessageContaining("nothing is promised");
    }

    @Test
    void aRunThatBreaksWhatItsPlanAsksForIsToldWithTheFaultInForce() throws RunException {
        Run run = run(plan().set("reads", "any-follower").nemesis("partition").operations(4_000));

        assertThat(failure(() -> assertThat(run).held()))
                .hasMessageContaining("read-your-writes is broken")
                .hasMessageContaining("fault in force: partition");
        assertThat(failure(() -> assertThat(run).satisfies(READ_YOUR_WRITES)))
                .hasMessageContaining("read-your-writes is broken");
        assertThat(run).history().breaks(READ_YOUR_WRITES);
    }

    @Test
    void aRunThatLacksEvidenceHoldsNothing() throws RunException {
        Run whole = run(plan());
        Run lacking = new Run(
                whole.plan(),
                whole.history(),
                whole.judged(),
                List.of("no write was acknowledged"),
                List.of(),
                whole.historyFile());

        assertThat(failure(() -> assertThat(lacking).satisfies(READ_YOUR_WRITES)))
                .hasMessage("the run lacks evidence: no write was acknowledged");
    }

    private static PlanBuilder plan() {
        return PlanBuilder.simulated("simulated").seed(1).operations(1_000);
    }

    private static Run run(PlanBuilder plan) throws RunException {
        return Runner.simulate(plan.build(), new SimulatedTarget());
    }
}
