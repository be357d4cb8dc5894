package dev.umpire.checkers.joined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.oracle.RandomTransactions;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order that is taken for a proof, step by step with the model, which knows nothing of joined reads. */
class ProvingOrderTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theModelAcceptsWhatIsTakenForAProof(boolean lists) {
        Model<?> model = lists ? Models.LIST_APPEND : Models.MULTI_REGISTER;
        int proofs = 0;
        for (RandomTransactions.Store store : RandomTransactions.Store.values()) {
            for (long seed = FIRST; seed < FIRST + Share.of(100); seed++) {
                History history =
                        RandomTransactions.drawn(seed, lists, store, 40).history();
                for (Precedence precedence : Precedence.values()) {
                    proofs += proves(history, model, precedence) ? 1 : 0;
                }
            }
        }
        assertThat(proofs).isGreaterThan(Share.seen(250));
    }

    @Test
    void theModelAcceptsTheOrderOfTenThousandTransactions() throws IOException {
        Path file = Path.of(System.getProperty("umpire.shared.data", "absent"), "jepsen", "list-append-huge-scc.edn");
        Assumptions.assumeTrue(Files.exists(file), "a recorded history is not here: " + file);

        assertThat(proves(History.read(file), Models.LIST_APPEND, Precedence.SESSION))
                .isTrue();
    }

    /** Whether there is such an order; fails if the model refuses it. */
    private static <S> boolean proves(History history, Model<S> model, Precedence precedence) {
        Calls calls = new Calls(history);
        int[] operations = IntStream.range(0, history.size())
                .filter(operation -> calls.matters(operation, model))
                .toArray();
        ReadsFrom readsFrom =
                ReadsFrom.of(history, new ReadRules(history, calls, model, NilReads.ABSENT), operations, precedence);
        Constraints constraints = Constraints.beside(readsFrom, 1_000_000, 1L << 28, Deadline.NONE);
        if (readsFrom.fault.isPresent() || constraints.saturate()) {
            return false;
        }
        int[] order = EarliestFirst.order(readsFrom, constraints.graph());
        if (!EarliestFirst.isProof(readsFrom, order)) {
            return false;
        }
        S state = model.initial(history.value(history.initialValue()));
        for (int node : order) {
            int operation = readsFrom.lanes.operation[node];
            Optional<S> after = model.step(state, calls.of(operation));
            assertThat(after).as("operation " + operation).isPresent();
            state = after.get();
        }
        return true;
    }
}
