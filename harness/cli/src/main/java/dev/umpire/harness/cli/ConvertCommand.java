package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.plan.WholeFile;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryFormat;
import dev.umpire.histories.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code umpire convert}: a history in another format.
 *
 * <p>What is read is detected from its content, what is written is named by {@link HistoryFormat}; a format added there is known
 * here.
 */
@Command(
        name = "convert",
        description = "Write a history in another format. Refused where that would lose something.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Formats: jsonl, edn, binary (.umpire), json, dbcop, dbcop-json, plume, awdit. A's is detected from its content.",
            "Exit codes: 0 written, 2 wrong use, bad input, or refused.",
            "",
            "Examples:",
            "  umpire convert history.edn history.jsonl",
            "  umpire convert history.jsonl history.umpire    read thirty times as fast",
            "  umpire convert --redact history.jsonl to-share.jsonl",
            "  umpire convert --to plume --lossy run7/history.jsonl for-plume.txt"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "A", description = "The history; - is standard input.")
    String from = "";

    @Parameters(index = "1", paramLabel = "B", description = "The file to write; it is replaced.")
    String into = "";

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            completionCandidates = Candidates.Formats.class,
            description = "The format of B. Default: what the extension of B says.")
    @Nullable
    String to;

    @Option(
            names = "--lossy",
            description = "Write B even if its format cannot say all of A; what is left out is told.")
    boolean lossy;

    @Option(
            names = "--redact",
            description = {
                "Hide keys, values and names before B is shared: what equals what and the order of numbers stay, and so does"
                        + " every verdict. Keep A: what is hidden cannot be found again."
            })
    boolean redact;

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed.")
    boolean verbose;

    ConvertCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try {
            HistoryFormat format = format();
            Optional<History> history = new RecordedFiles(surroundings, verbose).read(from, reading.readOptions());
            return history.isPresent() && write(redact ? redacted(history.get()) : history.get(), format)
                    ? Exit.HELD.code()
                    : Exit.FAILED.code();
        } catch (WrongUse e) {
            tell(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            refused(from + " cannot be written as " + to() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            refused(into + " cannot be written: " + e, e);
        }
        return Exit.FAILED.code();
    }

    private String to() {
        return to == null ? into.substring(into.lastIndexOf('.') + 1) : to;
    }

    private HistoryFormat format() throws WrongUse {
        Optional<HistoryFormat> format = to == null ? HistoryFormat.ofFileName(into) : HistoryFormat.ofName(to);
        String known = Arrays.stream(HistoryFormat.values())
                .map(HistoryFormat::formatName)
                .collect(Collectors.joining(", "));
        return format.orElseThrow(() -> new WrongUse(
                to == null
                        ? into + ": the extension names no format, expected --to with one of " + known
                        : "--to: found " + to + ", expected one of " + known));
    }

    private History redacted(History history) {
        Redaction redaction = Redaction.of(history);
        redaction.notHidden().forEach(phrase -> surroundings.terminal().err().println(SafeText.visible(phrase)));
        return redaction.history();
    }

    private boolean write(History history, HistoryFormat format) throws IOException {
        List<String> losses = new ArrayList<>(HistoryFiles.losses(history, format));
        if (!history.source().complete() && format != HistoryFormat.BINARY) {
            losses.add("that the recording was interrupted");
        }
        String left = String.join("; ", losses);
        if (!losses.isEmpty() && !lossy) {
            tell(from + ": " + format.formatName() + " cannot say " + left + "; --lossy writes " + into + " without");
            return false;
        }
        Path target = surroundings.directory().resolve(into).toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = Files.newOutputStream(target)) {
                HistoryFiles.write(history, out, format);
            }
        } else {
            // a history refused half-way leaves the target as it was
            WholeFile.write(target, part -> HistoryFiles.write(history, part, format));
        }
        Terminal terminal = surroundings.terminal();
        terminal.err()
                .println(SafeText.visible(into) + ": "
                        + Numbers.counted(history.eventCount(), "event") + " as " + format.formatName()
                        + (losses.isEmpty() ? "" : ", without " + SafeText.visible(left)));
        return true;
    }

    private void refused(String text, Exception cause) {
        tell(text);
        if (verbose) {
            cause.printStackTrace(surroundings.terminal().err());
        }
    }

    private void tell(String text) {
        surroundings.terminal().err().println("umpire convert: " + SafeText.visible(text));
    }
}
