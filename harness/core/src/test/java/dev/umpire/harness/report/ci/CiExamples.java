package dev.umpire.harness.report.ci;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.harness.report.RunExamples;
import dev.umpire.harness.report.ci.CheckedHistory.Decided;
import dev.umpire.harness.report.ci.CheckedHistory.Refused;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Promised;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Histories that stand in each way there is. */
final class CiExamples {
    static final History HISTORY = RunExamples.history(RunExamples.STALE_OWN_READ);
    static final Anomaly STALE =
            new Anomaly("STALE_OWN_READ", "x", "session 3 no longer sees its own write", List.of(1, 2));

    /** Opens a tag, ends a fence and a cell, moves a cursor, turns the text around, and is half a pair; XML cannot say the last. */
    static final String HOSTILE =
            "</testcase><script>alert(1)</script> ``` | [a](http://x) @all \u001b[2J \u202e \ud800 \uffff ]]>";

    private CiExamples() {}

    private static Judgement judgement() {
        return new Judgement(
                List.of(
                        new Judged(RunExamples.broken("read-your-writes", STALE), 1_500_000),
                        new Judged(RunExamples.held("integrity"), 2_000_000),
                        new Judged(RunExamples.undecided("causal", "too long"), 0)),
                List.of());
    }

    static Decided broken(String name) {
        return new Decided(name, HISTORY, judgement(), List.of());
    }

    static Decided promised(String name) {
        Promised promised = new Promised(
                "configuration *", List.of("read-your-writes", "integrity"), "real-time", List.of("clock"));
        return new Decided(name, HISTORY, judgement(), List.of(), Optional.of(promised));
    }

    static Decided told(String name) {
        return new Decided(name, HISTORY, judgement().requiring(Set.of()), List.of());
    }

    static Decided held(String name) {
        return new Decided(
                name,
                HISTORY,
                new Judgement(List.of(new Judged(RunExamples.held("integrity"), 1)), List.of()),
                List.of());
    }

    static Decided lacking(String name) {
        return new Decided(name, HISTORY, held(name).judgement(), List.of("no write was acknowledged"));
    }

    static Decided failed(String name) {
        return new Decided(
                name,
                HISTORY,
                new Judgement(
                        List.of(new Judged(RunExamples.held("integrity"), 1)),
                        List.of(new CheckerFailure("durability", new IllegalStateException("no")))),
                List.of());
    }

    static Decided hostile() {
        Anomaly anomaly = new Anomaly("K", HOSTILE, HOSTILE + "x".repeat(1 << 20), List.of(1, 2), List.of(HOSTILE));
        return new Decided(
                HOSTILE,
                HISTORY,
                new Judgement(List.of(new Judged(RunExamples.broken("read-your-writes", anomaly), 1)), List.of()),
                List.of());
    }

    static List<CheckedHistory> all() {
        return List.of(
                broken("broken.edn"),
                told("told.edn"),
                held("held.edn"),
                lacking("lacking.edn"),
                failed("failed.edn"),
                new Refused("cut.edn", "cut.edn:1:41: found end of file"));
    }
}
