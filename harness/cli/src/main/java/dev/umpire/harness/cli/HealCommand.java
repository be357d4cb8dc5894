package dev.umpire.harness.cli;

import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.report.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code umpire heal}: undoes what killed runs of real stores left. */
@Command(
        name = "heal",
        description = "Undo what runs of real stores left that were killed: processes, temporary folders, containers.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The next run does this too. Runs that go on are left alone, and so are the folders of runs. The exit is 2"
                    + " where something could not be undone.",
            "",
            "Examples:",
            "  umpire heal"
        })
final class HealCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    HealCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            List<String> undone = Launcher.heal();
            undone.forEach(sentence -> terminal.out().println(SafeText.visible(sentence)));
            if (undone.isEmpty()) {
                terminal.out().println("found nothing to undo");
            }
            return Exit.HELD.code();
        } catch (IOException e) {
            return Failure.tell(terminal, "heal", e, false);
        }
    }
}
