package dev.umpire.harness.cli;

import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.ci.CheckedHistory;
import dev.umpire.harness.report.ci.JUnitXml;
import dev.umpire.harness.report.ci.MarkdownSummary;
import dev.umpire.harness.report.ci.SarifLog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that judges: the files that CI systems read. */
final class CiOptions {

    @Option(
            names = "--junit-xml",
            paramLabel = "FILE",
            description = "Write JUnit XML, too: a test suite for each history, a test case for each guarantee.")
    @Nullable
    String junitXml;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Write a SARIF 2.1.0 log, too: a result for each broken guarantee.")
    @Nullable
    String sarif;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Append a summary in Markdown, for the page of a CI job ($GITHUB_STEP_SUMMARY).")
    @Nullable
    String markdown;

    /** Whether any file was asked for. */
    boolean areAsked() {
        return junitXml != null || sarif != null || markdown != null;
    }

    /** Writes what was asked for; tells what cannot be written, which is a failure. */
    Exit write(List<CheckedHistory> histories, Surroundings surroundings) {
        Exit exit = Exit.HELD;
        if (junitXml != null) {
            exit = exit.and(write("--junit-xml", junitXml, JUnitXml.of(histories), surroundings));
        }
        if (sarif != null) {
            exit = exit.and(write("--sarif", sarif, SarifLog.of(histories), surroundings));
        }
        if (markdown != null) {
            exit = exit.and(write(
                    "--markdown",
                    markdown,
                    MarkdownSummary.of(histories),
                    surroundings,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND));
        }
        return exit;
    }

    private static Exit write(
            String option, String file, String content, Surroundings surroundings, OpenOption... options) {
        try {
            Path path = surroundings.directory().resolve(file);
            if (Files.isDirectory(path)) {
                throw new IOException("found a folder, expected the name of a file");
            }
            Files.writeString(path, content, options);
            return Exit.HELD;
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException
                    ? "found no such folder"
                    : e instanceof AccessDeniedException ? "found a place that may not be written" : e.getMessage();
            surroundings
                    .terminal()
                    .err()
                    .println(SafeText.visible("umpire: " + option + " " + file + ": cannot be written: " + reason));
            return Exit.FAILED;
        }
    }
}
