package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictFileTest {

    @Test
    void whatWasKeptOfARunIsReadAgain() throws Exception {
        History history = RunExamples.history(RunExamples.STALE_OWN_READ);
        Run run = new Run(
                PlanBuilder.simulated("simulated").build(),
                history,
                List.of(new Judged(Guarantee.READ_YOUR_WRITES.check(history), 1)),
                List.of("no fault took hold"),
                List.of(),
                Path.of("history.jsonl"));

        VerdictFile read = VerdictFile.parse("verdict.json", VerdictJson.file(run));

        assertThat(read.verdict()).isEqualTo("INVALID");
        assertThat(read.operations()).isEqualTo(history.size());
        assertThat(read.guarantees())
                .containsExactly(new BriefVerdict("read-your-writes", Answer.INVALID, 1, 1, false));
        assertThat(read.broken()).containsExactly("read-your-writes");
        assertThat(read.missing()).containsExactly("no fault took hold");
        assertThat(read.storeVersion()).isEmpty();
    }

    @Test
    void whatIsNoVerdictIsRefusedWithItsName() {
        assertThatThrownBy(() -> VerdictFile.parse("verdict.json", "{\"guarantees\":"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("verdict.json: ")
                .hasMessageEndingWith("expected the verdict of a run");
        assertThatThrownBy(() -> VerdictFile.parse("verdict.json", "{}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> VerdictFile.parse("verdict.json", "null")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> VerdictFile.parse(
                        "verdict.json", "{\"guarantees\":[{\"guarantee\":\"x\",\"verdict\":\"MAYBE\"}]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("MAYBE");
    }
}
