package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real run cannot be made again: what it shows beside its row is kept. */
class SheetRunCarrierTest {

    private static Run run(String read, List<CheckerFailure> failures, List<String> missing, List<String> troubles)
            throws MalformedHistoryException {
        History history = History.parse("""
                {:type :invoke, :process 0, :f :write, :key "x", :value 1, :node "n1"}
                {:type :ok, :process 0, :f :write, :key "x", :value 1, :node "n1"}
                {:type :invoke, :process 0, :f :read, :key "x", :value nil, :node "n1"}
                {:type :ok, :process 0, :f :read, :key "x", :value READ, :node "n1"}
                """.replace("READ", read));
        List<Guarantee> guarantees = List.of(Guarantee.named("read-your-writes"));
        Judgement judgement = Judgement.of(history, guarantees, CheckOptions.DEFAULT, () -> 0);
        return new Run(
                PlanBuilder.real("store").build(),
                history,
                judgement.judged(),
                failures,
                missing,
                troubles,
                Path.of("history.jsonl"));
    }

    @Test
    void aRunIsKeptThatLacksSomethingOrBrokeAGuaranteeOrAChecker() throws MalformedHistoryException {
        CheckerFailure failure = new CheckerFailure("eventual", new IllegalStateException("no such key"));

        assertThat(SheetRunCarrier.isEvidence(run("1", List.of(), List.of(), List.of())))
                .isFalse();
        assertThat(SheetRunCarrier.isEvidence(run("nil", List.of(), List.of(), List.of())))
                .isTrue();
        assertThat(SheetRunCarrier.isEvidence(run("1", List.of(failure), List.of(), List.of())))
                .isTrue();
        assertThat(SheetRunCarrier.isEvidence(run("1", List.of(), List.of("a read"), List.of())))
                .isTrue();
        assertThat(SheetRunCarrier.isEvidence(run("1", List.of(), List.of(), List.of("no report"))))
                .isTrue();
    }
}
