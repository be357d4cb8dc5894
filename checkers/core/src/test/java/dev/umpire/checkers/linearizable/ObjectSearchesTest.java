package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Many objects that are searched at once. */
class ObjectSearchesTest {

    @Test
    void theAnswerDoesNotDependOnTheNumberOfCores() throws Exception {
        long seed = Long.getLong("umpire.seed", 20261126L);
        Set<Answer> answers = EnumSet.noneOf(Answer.class);
        for (int run = 0; run < Share.of(60); run++) {
            Random random = new Random(seed * 1_000_003 + run);
            History history = draw(random, 1 + random.nextInt(150));
            CheckOptions options = new CheckOptions(
                    CheckOptions.DEFAULT.writeOrder(), 3, random.nextInt(4) == 0 ? 1_000_000 : random.nextInt(3_000));
            Verdict alone = withCores(1, history, options);
            assertThat(withCores(5, history, options).toString())
                    .as("umpire.seed=" + seed + " run " + run)
                    .isEqualTo(alone.toString());
            answers.add(alone.answer());
        }
        if (!Share.isSmall()) {
            assertThat(answers).containsExactlyInAnyOrder(Answer.values());
        }
    }

    private static Verdict withCores(int cores, History history, CheckOptions options) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(cores);
        try {
            return pool.submit(() -> Linearizable.check(history, options)).get();
        } finally {
            pool.shutdown();
        }
    }

    /** Registers with a few values, several sessions at once on each; one in twenty of what is read is anything. */
    private static History draw(Random random, int keys) throws MalformedHistoryException {
        StringBuilder events = new StringBuilder();
        boolean right = random.nextInt(3) > 0;
        int process = 0;
        for (int key = 0; key < keys; key++) {
            int state = 0;
            StringBuilder ends = new StringBuilder();
            for (int o = 0; o < 12; o++) {
                boolean read = o > 0 && random.nextBoolean();
                int value = read ? state : random.nextInt(3);
                if (read && !right && random.nextInt(keys * 3) == 0) {
                    value = random.nextInt(3);
                }
                state = read ? state : value;
                String head =
                        "{:process " + process++ + ", :f :" + (read ? "read" : "write") + ", :key " + key + ", :type ";
                events.append(head)
                        .append(":invoke, :value ")
                        .append(read ? "nil" : value)
                        .append("}\n");
                if (read || random.nextInt(12) > 0) {
                    ends.append(head).append(":ok, :value ").append(value).append("}\n");
                }
                if (o == 0 || random.nextInt(5) == 0) {
                    events.append(ends);
                    ends.setLength(0);
                }
            }
            events.append(ends);
        }
        return History.parse("{:process 999999, :f :write, :key -1, :value 0, :type :invoke}\n" + events);
    }
}
