package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchOptionsTest {
    private static final Path DATA = Path.of(System.getProperty("umpire.shared.data", "absent"));

    private static final String NIL_AFTER_A_WRITE = """
            {"type":"invoke","process":0,"f":"write","key":"x","value":1}
            {"type":"ok","process":0,"f":"write","key":"x","value":1}
            {"type":"invoke","process":0,"f":"read","key":"x"}
            {"type":"ok","process":0,"f":"read","key":"x","value":null}
            {"type":"invoke","process":0,"f":"read","key":"x"}
            {"type":"ok","process":0,"f":"read","key":"x","value":1}
            """;

    private final Command command;

    SearchOptionsTest(@TempDir Path folder) {
        command = Command.in(folder).file("nil.jsonl", NIL_AFTER_A_WRITE);
    }

    @Test
    void theHelpNamesEveryModel() {
        String help = command.run("check", "--help").out().replaceAll("\\s+", " ");

        assertThat(Models.names()).allSatisfy(name -> assertThat(help).containsPattern("[ :]" + name + "[ ,.]"));
    }

    @Test
    void aReadOfNilTellsNothingWhereItIsTakenAsUnknown() {
        assertThat(linearizable("nil.jsonl").code()).isEqualTo(1);
        assertThat(linearizable("nil.jsonl", "--nil-reads=absent").code()).isEqualTo(1);
        assertThat(linearizable("nil.jsonl", "--nil-reads=unknown").code()).isZero();
    }

    @Test
    void aMeaningThatThereIsNotIsRefused() {
        Command.Answered answered = linearizable("nil.jsonl", "--nil-reads=unknwon");

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err()).contains("--nil-reads: found unknwon, expected one of absent, unknown");
    }

    @ParameterizedTest
    @CsvSource({"queue, fifo-queue", "lock, mutex", "key-value, kv", "register, register"})
    void aModelMayBeCalledByItsOtherName(String other, String name) {
        Command judging = command.with((history, guarantees, options) -> {
            assertThat(options.model()).contains(name);
            return Judgement.of(history, guarantees, options, () -> 0);
        });
        Command.Answered answered = judging.run("check", "-g", "linearizable", "nil.jsonl", "--model", other);

        assertThat(answered.code()).as(answered.err()).isNotEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"qeue, queue", "mutx, mutex", "key-valu, key-value"})
    void aModelThatThereIsNotIsToldTheNearest(String wrong, String nearest) {
        Command.Answered answered = linearizable("nil.jsonl", "--model", wrong);

        assertThat(answered.code()).isEqualTo(2);
        assertThat(answered.err())
                .startsWith("umpire check: --model: found " + wrong + ", expected one of register, ")
                .contains("fifo-queue", "owner-aware-mutex")
                .endsWith("; the nearest is " + nearest + System.lineSeparator());
    }

    @Test
    void aLimitOfTimeThatIsNotReachedChangesNothing() {
        Command.Answered without = command.run("check", "nil.jsonl", "--guarantees=sequential,linearizable,integrity");
        Command.Answered with =
                command.run("check", "nil.jsonl", "--guarantees=sequential,linearizable,integrity", "--time-limit=1h");

        assertThat(with).isEqualTo(without);
        assertThat(command.run("check", "nil.jsonl", "--time-limit", "1h"))
                .isEqualTo(command.run("check", "nil.jsonl"));
    }

    @Test
    void noTimeAtAllIsRefused() {
        assertThat(linearizable("nil.jsonl", "--time-limit=0s").err())
                .contains("--time-limit: found 0, expected 1ms or more");
    }

    @Test
    void everyRecordedLogGetsItsRecordedVerdict() throws IOException {
        Path folder = DATA.resolve("porcupine");
        Assumptions.assumeTrue(Files.isDirectory(folder), "recorded histories are not here: " + folder);
        List<String> lines = Files.readAllLines(folder.resolve("verdicts.tsv"));
        List<Verdict> verdicts = new ArrayList<>();
        Command judging = command.with((history, guarantees, options) -> {
            Judgement judgement = Judgement.of(history, guarantees, options, () -> 0);
            judgement.judged().stream()
                    .map(Judged::verdict)
                    .filter(one -> one.guarantee().equals("linearizable"))
                    .forEach(verdicts::add);
            return judgement;
        });
        Map<String, String> models = Map.of("kv-append", "kv");
        List<String> expected = new ArrayList<>();
        for (String model : lines.stream()
                .skip(1)
                .map(line -> line.split("\t", -1)[1])
                .distinct()
                .toList()) {
            List<String> files = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split("\t", -1);
                if (fields[1].equals(model)) {
                    files.add(folder.resolve(fields[0]).toAbsolutePath().toString());
                    expected.add(fields[2].equals("linearizable") ? "VALID" : "INVALID");
                }
            }
            String[] arguments = Stream.concat(
                            Stream.of("check", "-g", "linearizable", "--model", models.getOrDefault(model, model)),
                            files.stream())
                    .toArray(String[]::new);
            assertThat(judging.run(arguments).code()).isEqualTo(1);
        }

        assertThat(verdicts).hasSize(56).extracting(one -> one.answer().name()).isEqualTo(expected);
    }

    private Command.Answered linearizable(String... arguments) {
        return command.run(Stream.concat(Stream.of("check", "-g", "linearizable"), Stream.of(arguments))
                .toArray(String[]::new));
    }
}
