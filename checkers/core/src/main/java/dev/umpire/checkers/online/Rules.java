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
 * @param uniqueValues whether a key to which a value is written twice cannot be judged
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
        boolean uniqueValues,
        int window,
        Optional<String> assumes,
        String vacuous,
        Checker offline,
        Supplier<KeyJudge<W>> judge) {}
