package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real bash that has read the script completes what is typed. */
class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "umpire su,                           survey",
        "umpire list tar,                     targets",
        "umpire check --req,                  --require",
        "umpire check --require mono,         monotonic-reads",
        "umpire run --nemesis part,           partition",
        "umpire run --workload base,          baseball",
        "umpire check --write-order ses,      session",
        "umpire diff --guarantees mono,       monotonic-reads",
        "umpire check --model cas,            cas-register",
        "umpire convert --to plu,             plume",
        "umpire check --guarantees linea,     linearizable"
    })
    void aShellCompletes(String typed, String expected) throws Exception {
        assertThat(completed(typed)).contains(expected);
    }

    @Test
    void theScriptIsAllThatIsPrinted() {
        Command.Answered answered = Command.in(folder).run("completion");

        assertThat(answered.code()).isZero();
        assertThat(answered.out()).startsWith("#!/usr/bin/env bash");
        assertThat(answered.err()).isEmpty();
    }

    private List<String> completed(String typed) throws IOException, InterruptedException {
        assumeThat(BASH).exists();
        Path script = folder.resolve("umpire.bash");
        Files.writeString(script, Command.in(folder).run("completion").out());
        String words = "COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='" + typed
                + "'; COMP_POINT=${#COMP_LINE}; ";
        Process bash = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "source '" + script + "'; " + words + "_complete_umpire; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return answer.lines().toList();
    }
}
