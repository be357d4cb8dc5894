package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.lint.Finding;
import dev.umpire.checkers.lint.Lint;
import dev.umpire.checkers.online.OnlineChecker;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recordings, and beside each what every guarantee answers and the whole text of some verdicts, of lint and of the checkers
 * that look on while it is recorded. The examples show each kind of sentence at least once.
 *
 * <p>An example is a file: the options, the recording, and what is told. Where sentences change on purpose,
 * {@code -Dumpire.examples=DIRECTORY} writes what is told now to a directory; read the differences before they replace the
 * examples.
 */
class ExamplesTest {
    private static final String END_OF_RECORDING = "----\n";

    /** What is judged beside all guarantees without a bound. */
    private static final List<String> NAMED = List.of(
            "bounded-staleness:2ms",
            "bounded-staleness:1versions",
            "read-your-writes+monotonic-reads+monotonic-writes+writes-follow-reads");

    @ParameterizedTest
    @MethodSource("examples")
    void everythingThatIsToldIsWhatIsWrittenBeside(String name) throws IOException {
        String example = Files.readString(directory().resolve(name));
        int end = example.indexOf(END_OF_RECORDING) + END_OF_RECORDING.length();
        String told = example.substring(0, end)
                + told(example.substring(0, end - END_OF_RECORDING.length()), sections(example));
        String rewritten = System.getProperty("umpire.examples", "");
        if (!rewritten.isEmpty()) {
            Files.writeString(Path.of(rewritten).resolve(name), told);
        }
        assertThat(told).isEqualTo(example);
    }

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The recording of an example. */
    static History recorded(String example) throws IOException {
        String text = Files.readString(directory().resolve(example));
        return parsed(text.substring(text.indexOf('\n') + 1, text.indexOf("\n----\n") + 1));
    }

    /** The options with which the recording of an example is judged. */
    static CheckOptions optionsOf(String example) throws IOException {
        String text = Files.readString(directory().resolve(example));
        return options(text.substring(0, text.indexOf('\n')));
    }

    private static Path directory() {
        try {
            return Path.of(ExamplesTest.class.getResource("examples").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The guarantees of which the whole verdict is told. */
    private static List<String> sections(String example) {
        return example.lines()
                .filter(line -> line.startsWith("== "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** What is told of a recording: the answers of all guarantees, and of some the whole verdict. */
    static String told(String optionsAndRecording, List<String> sections) {
        int line = optionsAndRecording.indexOf('\n');
        CheckOptions options = options(optionsAndRecording.substring(0, line));
        History history = parsed(optionsAndRecording.substring(line + 1));
        StringBuilder text = new StringBuilder();
        List<Verdict> verdicts = guarantees(sections).stream()
                .map(guarantee -> guarantee.check(history, options))
                .toList();
        for (Answer answer : Answer.values()) {
            verdicts.stream()
                    .filter(verdict -> verdict.answer() == answer)
                    .forEach(verdict -> text.append(answer + " " + verdict.guarantee() + " " + verdict.obliged() + "/"
                            + verdict.examined() + " " + (verdict.anomalyCountIsLowerBound() ? "at least " : "")
                            + verdict.anomalyCount() + "\n"));
        }
        for (String section : sections) {
            text.append("== ").append(section).append('\n').append(section(section, history, options, verdicts));
        }
        return text.toString();
    }

    /** What an example is judged by: all that every example is, and what is judged only where it is asked for by name. */
    static List<Guarantee> guaranteesOf(String example) throws IOException {
        return guarantees(sections(Files.readString(directory().resolve(example))));
    }

    private static List<Guarantee> guarantees(List<String> sections) {
        List<Guarantee> all = new ArrayList<>(guarantees());
        sections.stream()
                .filter(section -> section.startsWith("recovers-within:") || section.startsWith("available-within:"))
                .forEach(section -> all.add(Guarantee.named(section)));
        return all;
    }

    private static List<Guarantee> guarantees() {
        List<Guarantee> all = new ArrayList<>(Guarantee.all());
        all.remove(Guarantee.BOUNDED_STALENESS);
        NAMED.forEach(name -> all.add(Guarantee.named(name)));
        return all;
    }

    private static String section(String name, History history, CheckOptions options, List<Verdict> verdicts) {
        if (name.equals("lint")) {
            StringBuilder text = new StringBuilder();
            for (Finding finding : Lint.of(history)) {
                text.append(finding.mistake() + " " + finding.count() + ", first " + finding.operation() + ": "
                        + finding.sentence() + "\n");
            }
            return text.toString();
        }
        if (name.startsWith("online ")) {
            return online(name.substring("online ".length()), history, options);
        }
        return verdicts.stream()
                .filter(verdict -> verdict.guarantee().equals(name))
                .map(ExamplesTest::text)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The verdict at the end of the recording of a checker that looked on, and how much it remembered after each event; it
     * forgets all but three writes.
     */
    private static String online(String name, History history, CheckOptions options) {
        Optional<OnlineChecker> checker = OnlineChecker.of(name, options, history.value(history.initialValue()), 3);
        if (checker.isEmpty()) {
            return "not judged\n";
        }
        StringBuilder remembered = new StringBuilder("remembered");
        for (Event event : history.events()) {
            checker.get().accept(event);
            remembered.append(' ').append(checker.get().retained());
        }
        return text(checker.get().verdict()) + remembered.append('\n');
    }

    private static String text(Verdict verdict) {
        StringBuilder text = new StringBuilder(verdict.answer() + " by " + verdict.algorithm() + "\n");
        verdict.assumes()
                .ifPresent(assumed -> text.append("assumes ").append(assumed).append('\n'));
        verdict.reason()
                .ifPresent(reason -> text.append("reason ").append(reason).append('\n'));
        for (Anomaly anomaly : verdict.anomalies()) {
            text.append(anomaly.kind() + " of " + anomaly.key() + " " + anomaly.operations() + ": " + anomaly.sentence()
                    + "\n");
            anomaly.details()
                    .forEach(detail -> text.append("    ").append(detail).append('\n'));
        }
        verdict.figures()
                .forEach(figure -> text.append(figure.name() + " " + figure.value() + " " + figure.unit() + "\n"));
        return text.toString();
    }

    private static CheckOptions options(String line) {
        CheckOptions options = CheckOptions.DEFAULT;
        for (String option : line.strip().split(" ", -1)) {
            String value = option.substring(option.indexOf('=') + 1);
            options = switch (option.substring(0, option.indexOf('='))) {
                case "order" -> options.with(WriteOrder.valueOf(value));
                case "nil" -> options.with(NilReads.valueOf(value));
                case "limit" -> options.withAnomalyLimit(Integer.parseInt(value));
                case "budget" -> options.withSearchBudget(Long.parseLong(value));
                case "model" -> options.withModel(value);
                default -> throw new IllegalArgumentException("option: found " + option);
            };
        }
        return options;
    }

    private static History parsed(String recording) {
        try {
            return History.parse(recording);
        } catch (MalformedHistoryException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
