package dev.umpire.checkers.verdict;

import dev.umpire.histories.History;

/** Judges one guarantee: a pure function of the history and the options. */
@FunctionalInterface
public interface Checker {
    Verdict check(History history, CheckOptions options);
}
