package dev.umpire.checkers;

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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Histories in Jepsen's form that others recorded or made up, against what they say of them. */
class JepsenVerdictsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("umpire.shared.data", "absent")).resolve("jepsen");

    /**
     * Which guarantee of ours asks what the source asked, and the answer: where the source asks for snapshot isolation, all
     * that are kept by it and the first that is not; else the one of that name or that meaning.
     */
    private static final List<Asked> ASKED = List.of(
            new Asked("multi-register.edn", "linearizable, initial {x 0, y 0}", "linearizable", Answer.VALID),
            new Asked("multi-register.edn", "linearizable, initial absent", "linearizable", Answer.INVALID),
            new Asked("mutex-etcd.edn", "linearizable, initially free", "linearizable", Answer.INVALID),
            new Asked("list-append-tidb.edn", "(none stated)", "strict-consistent-prefix", Answer.VALID),
            new Asked("list-append-tidb.edn", "(none stated)", "sequential", Answer.INVALID),
            new Asked("list-append-huge-scc.edn", "strong snapshot isolation", "linearizable", Answer.INVALID),
            new Asked(
                    "list-append-si-without-g-single.edn",
                    "snapshot isolation and repeatable read",
                    "strict-consistent-prefix",
                    Answer.VALID),
            new Asked(
                    "list-append-si-without-g-single.edn",
                    "snapshot isolation and repeatable read",
                    "sequential",
                    Answer.INVALID),
            new Asked("list-append-paper-example.edn", "strict serializable", "linearizable", Answer.INVALID),
            new Asked("list-append-gh-30.edn", "serializable", "sequential", Answer.INVALID),
            new Asked("rw-register.edn", "elle-cli rw-register defaults", "integrity", Answer.INVALID),
            new Asked("long-fork.edn", "no long fork", "sequential", Answer.INVALID),
            new Asked("set.edn", "set", "durability", Answer.VALID),
            new Asked("set-full.edn", "set-full", "durability", Answer.VALID),
            new Asked("counter.edn", "counter", "counter", Answer.UNKNOWN),
            new Asked("bank.edn", "bank", "conserved-total", Answer.VALID),
            new Asked("bank-tidb.edn", "bank", "conserved-total", Answer.INVALID));

    /** A phantom read, nothing that could be violated, and pairs of key and element read without the key. */
    private static final Set<String> JUDGED_OTHERWISE = Set.of("rw-register.edn", "counter.edn", "set-full.edn");

    private record Asked(String file, String question, String guarantee, Answer answer) {

        Verdict verdict() throws IOException {
            boolean zero = question.contains("x 0");
            ReadOptions options = zero ? ReadOptions.DEFAULT.withInitial(Value.of(0)) : ReadOptions.DEFAULT;
            return Guarantee.named(guarantee).check(History.read(FOLDER.resolve(file), options), CheckOptions.DEFAULT);
        }
    }

    @Test
    void everyFileIsJudgedAsItsSourceSaysWhereAGuaranteeApplies() throws IOException {
        List<String> differing = new ArrayList<>();
        for (String line : lines()) {
            String[] fields = line.split("\t", -1);
            List<Asked> asked = ASKED.stream()
                    .filter(one ->
                            one.file().equals(fields[0]) && one.question().equals(fields[2]))
                    .toList();
            if (asked.isEmpty()) {
                differing.add(line + " but nothing is asked");
            }
            for (Asked one : asked) {
                Verdict verdict = one.verdict();
                boolean agree = JUDGED_OTHERWISE.contains(one.file()) || agree(fields[3], one.answer());
                if (verdict.answer() != one.answer() || !agree) {
                    differing.add(line + " but " + verdict);
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    /** Of what the source says of several questions at once nothing is compared. */
    private static boolean agree(String stated, Answer answer) {
        return switch (stated.split("[: ;]", -1)[0]) {
            case "valid", "linearizable" -> answer == Answer.VALID;
            case "invalid", "not-linearizable" -> answer == Answer.INVALID;
            default -> true;
        };
    }

    @Test
    void everyFileHasAVerdictBesideIt() throws IOException {
        List<String> named = lines().stream()
                .map(line -> line.split("\t", -1)[0])
                .distinct()
                .sorted()
                .toList();
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".edn"))
                            .sorted())
                    .isEqualTo(named);
        }
    }

    @Test
    void twoTransactionsShowThatAnEnormousComponentKeepsNoRealTime() throws IOException {
        lines();
        History history = History.read(FOLDER.resolve("list-append-huge-scc.edn"));

        Verdict linearizable = Guarantee.LINEARIZABLE.check(history);
        Verdict sequential = Guarantee.SEQUENTIAL.check(history);

        assertThat(linearizable.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.operations()).hasSize(2);
            assertThat(anomaly.sentence())
                    .isEqualTo("session 11 appended 3 to 7 (461 ms to 537 ms), before session 90 read 7 (34,851 ms to"
                            + " 34,928 ms), which returned []; session 90 read 7, which returned [], before session 11"
                            + " appended 3 to 7: no one order of all operations that keeps real time has it all");
        });
        assertThat(sequential.answer()).isEqualTo(Answer.VALID);
    }

    private static List<String> lines() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "recorded histories are not here: " + FOLDER);
        List<String> lines = Files.readAllLines(FOLDER.resolve("verdicts.tsv"));
        return lines.subList(1, lines.size());
    }
}
