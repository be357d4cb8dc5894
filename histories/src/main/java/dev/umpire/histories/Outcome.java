package dev.umpire.histories;

/** How an operation ended, as far as its client can know. */
public enum Outcome {
    /** It took effect between its invocation and its completion. */
    OK,
    /** It certainly did not take effect. */
    FAIL,
    /** Nobody knows: it may take effect at any time after its invocation, once, or never. */
    INFO
}
