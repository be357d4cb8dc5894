package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.InitialValue;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.histories.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that reads recorded histories: what a file does not say of itself. */
final class ReadingOptions {

    @Option(
            names = "--initial",
            paramLabel = "VALUE",
            description = "The value of every key before its first write: nil, true, false, a number, or a text."
                    + " Default: what the file says, else nil.")
    @Nullable
    String initial;

    @Option(
            names = "--independent",
            negatable = true,
            description = "Values are [key value] pairs, or (--no-independent) are not. Default: detected.")
    @Nullable
    Boolean independent;

    ReadOptions readOptions() throws WrongUse {
        ReadOptions options = ReadOptions.DEFAULT;
        if (initial != null) {
            options = options.withInitial(InitialValue.parse(initial));
        }
        if (independent != null) {
            options = options.withKeys(independent ? ReadOptions.Keys.INDEPENDENT : ReadOptions.Keys.SINGLE);
        }
        return options;
    }
}
