package dev.umpire.checkers.online;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Checker;
import dev.umpire.histories.value.Value;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What makes a checker of plain registers one of a certain guarantee.
 *
 * @param guarantee its name
 * @param options as asked
 * @param initial the value of every key before its first write
 * @param values whether a key to which a value is written twice can be judged
 * @param others what operations that are no plain reads and writes mean to the keys that they do not touch
 * @param window how many writes that nothing depends on are remembered
 * @param assumes what the verdict rests on, beside the recording
 * @param vacuous what is said where nothing was obliged
 * @param offline tells the violations
 * @param judge makes the judge of a key
 */
record Rules<W extends Write>(
        String guarantee,
        CheckOptions options,
        Value initial,
        Values values,
        Others others,
        int window,
        Optional<String> assumes,
        String vacuous,
        Checker offline,
        Supplier<KeyJudge<W>> judge) {

    /** How often a value may be written to a key. */
    enum Values {
        /** Reads are joined to the one write of their value. */
        ONCE,
        MAY_REPEAT
    }

    /** Whether keys are judged apart from one another. */
    enum Others {
        /** Each by itself, whatever happens to others; a snapshot is a read of each of its keys. */
        APART,
        /**
         * Operations of any other kind may change the model of all, and snapshots join keys: what breaks one of those keys
         * breaks all, but that each holds says nothing.
         */
        TOGETHER
    }
}
