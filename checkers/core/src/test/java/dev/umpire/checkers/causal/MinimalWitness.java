package dev.umpire.checkers.causal;

import dev.umpire.checkers.oracle.CausalOracle;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.oracle.Verdicts;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import java.util.ArrayList;
import java.util.List;

/** What a witness must be, by definition. */
final class MinimalWitness {
    private MinimalWitness() {}

    /** The operations alone break the guarantee, and no longer if any of them is left out. */
    static boolean isMinimal(SmallHistory history, Anomaly anomaly, CausalOracle oracle) {
        List<SmallOperation> witness = new ArrayList<>();
        anomaly.operations().forEach(o -> witness.add(history.operations().get(o)));
        return Verdicts.isMinimal(witness, some -> oracle.judge(new SmallHistory(some)) == Answer.INVALID);
    }
}
