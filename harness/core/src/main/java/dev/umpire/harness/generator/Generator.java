package dev.umpire.harness.generator;

/**
 * What is to be done next, as an immutable value. Pure: the same context gives the same step, and asking changes nothing.
 */
public interface Generator {

    /** The next step. Asked again whenever something completed or the time that it wished to wait for has come. */
    Step next(Context context);

    /** The generator that follows when an action completed; the default does not care. */
    default Generator update(Context context, Completion completion) {
        return this;
    }
}
