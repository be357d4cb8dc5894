package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.run.RunRecorder.FinalRead;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
    private static FinalRead read(String key, String node) {
        return new FinalRead(Optional.of(Value.of(key)), Optional.of(node));
    }

    @Test
    void finalReadsThatWereNeverAnsweredAreToldNodeByNode() {
        List<FinalRead> reads = new ArrayList<>(List.of(read("x5", "n2"), read("x1", "n3"), read("x7", "n2")));

        assertThat(RunRecorder.unanswered(reads))
                .containsExactly(
                        "2 final reads at n2 were never answered: of x5, x7",
                        "the final read of x1 at n3 was never answered");

        for (int key = 10; key < 800; key++) {
            reads.add(read("x" + key, "n2"));
        }
        assertThat(RunRecorder.unanswered(reads))
                .startsWith("792 final reads at n2 were never answered: of x5, x7, x10 and others")
                .hasSize(2);
        assertThat(RunRecorder.unanswered(List.of())).isEmpty();
    }
}
