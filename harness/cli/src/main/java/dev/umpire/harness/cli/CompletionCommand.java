package dev.umpire.harness.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code umpire completion}: what lets a shell complete commands, options and their values. */
@Command(
        name = "completion",
        description = "Print a script that lets bash or zsh complete commands, options and the values that have names.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  source <(umpire completion)",
            "  umpire completion > ~/.local/share/bash-completion/completions/umpire",
        })
final class CompletionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    CommandSpec spec = CommandSpec.create();

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings
                .terminal()
                .out()
                .print(AutoComplete.bash("umpire", spec.root().commandLine()));
        return Exit.HELD.code();
    }
}
