package dev.umpire.checkers.session;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;

/** Both session guarantees under one version order; what {@code a+b} will ask. */
final class SharedOrder {
    private SharedOrder() {}

    static Verdict check(History history, CheckOptions options) {
        return new SessionCheck("both", new Bindings(true, true), history, options).verdict("nothing was obliged");
    }
}
