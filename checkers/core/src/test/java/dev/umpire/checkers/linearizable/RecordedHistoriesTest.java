package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Histories recorded from real stores, with the verdicts of Porcupine and Knossos beside them. */
class RecordedHistoriesTest {
    private static final Path DATA = Path.of(System.getProperty("umpire.shared.data", "absent"));

    @Test
    void everyLogOfPorcupineGetsItsRecordedVerdict() throws IOException {
        Path folder = folder("porcupine");
        List<String> differing = new ArrayList<>();
        List<String> lines = Files.readAllLines(folder.resolve("verdicts.tsv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            String model = fields[1].equals("kv-append") ? "kv" : fields[1];
            History history = History.read(folder.resolve(fields[0]));
            Answer expected = fields[2].equals("linearizable") ? Answer.VALID : Answer.INVALID;

            Verdict named = Linearizable.check(history, CheckOptions.DEFAULT, model);
            Verdict unnamed = Linearizable.check(history, CheckOptions.DEFAULT);

            if (named.answer() != expected || !named.equals(unnamed)) {
                differing.add(line + " but " + named + " and without a model named " + unnamed);
            }
        }
        assertThat(differing).isEmpty();
        assertThat(lines).hasSize(57);
    }

    @Test
    void aLockOnEtcdWasHeldByTwo() throws IOException {
        History history = History.read(folder("jepsen").resolve("mutex-etcd.edn"));

        Verdict verdict = Linearizable.check(history, CheckOptions.DEFAULT);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        List<Integer> witness = verdict.anomalies().get(0).operations();
        int violating = witness.get(witness.size() - 1);
        assertThat(history.index(violating)).isEqualTo(1095);
        assertThat(history.completed(violating)).isEqualTo(1119);
    }

    @Test
    void transactionsOnTwoRegistersHoldFromZeroOnly() throws IOException {
        Path file = folder("jepsen").resolve("multi-register.edn");

        Verdict fromZero = Linearizable.check(
                History.read(file, ReadOptions.DEFAULT.withInitial(Value.of(0))), CheckOptions.DEFAULT);
        Verdict fromNil = Linearizable.check(History.read(file), CheckOptions.DEFAULT);

        assertThat(fromZero.answer()).isEqualTo(Answer.VALID);
        assertThat(fromNil.answer()).isEqualTo(Answer.INVALID);
        assertThat(fromNil.anomalies().get(0).sentence())
                .startsWith("session 0 called txn with [[:read, :x, nil], [:read, :y, nil]]")
                .contains(", which returned [[:read, :x, 0], [:read, :y, 0]], but nobody had written :y=0 by then");
    }

    private static Path folder(String name) {
        Path folder = DATA.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "recorded histories are not here: " + folder);
        return folder;
    }
}
