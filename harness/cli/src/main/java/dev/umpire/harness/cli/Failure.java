package dev.umpire.harness.cli;

import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.RunException;

/** Why a command could not do what it was asked to, on standard error. */
final class Failure {
    private Failure() {}

    /**
     * Tells it.
     *
     * @param command the name of the command
     * @param verbose whether with the stack trace
     * @return the code with which the process ends
     */
    static int tell(Terminal terminal, String command, Exception failure, boolean verbose) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        terminal.err()
                .println("umpire " + command + ": " + (failure instanceof RunException ? "the run failed: " : "")
                        + SafeText.visible(
                                failure instanceof IllegalArgumentException ? PlanFields.typed(text) : text));
        if (verbose) {
            failure.printStackTrace(terminal.err());
        }
        return Exit.FAILED.code();
    }
}
