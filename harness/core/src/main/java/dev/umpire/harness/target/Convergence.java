package dev.umpire.harness.target;

/**
 * Whether all replicas have everything.
 *
 * @param reached whether they have
 * @param never whether they have not and never will by themselves: what is to come has come, and at least one of them has
 *     stopped for good. Nobody waits any longer then
 * @param lastSeen one sentence for people: what each replica has; where they never will, which one has stopped and why
 */
public record Convergence(boolean reached, boolean never, String lastSeen) {
    public Convergence {
        if (reached && never) {
            throw new IllegalArgumentException("never: found true of what is reached, expected false");
        }
    }

    /** What may be reached later where it is not. */
    public Convergence(boolean reached, String lastSeen) {
        this(reached, false, lastSeen);
    }

    /** What will never be reached, and why: a sentence without its full stop. */
    public static Convergence never(String why) {
        return new Convergence(false, true, why);
    }
}
