package dev.umpire.harness.cli.option;

/** A command that cannot be obeyed as it was typed. The message is one line for people. */
public final class WrongUse extends Exception {
    private static final long serialVersionUID = 1;

    public WrongUse(String message) {
        super(message);
    }
}
