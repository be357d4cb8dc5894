package dev.umpire.harness.run;

/**
 * A checker that ended with an exception: neither held, nor broken, nor undecided, but a bug or a lack of memory.
 *
 * @param guarantee the name of the guarantee that it was to judge
 * @param cause what it threw
 */
public record CheckerFailure(String guarantee, Throwable cause) {

    /** One sentence for people. */
    public String sentence() {
        String text = cause.getMessage();
        String what = cause.getClass().getSimpleName() + (text == null || text.isBlank() ? "" : ": " + text.strip());
        return "the checker of " + guarantee + " failed: " + what;
    }
}
