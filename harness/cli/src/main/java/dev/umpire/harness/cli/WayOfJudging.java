package dev.umpire.harness.cli;

import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Promised;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** By what recorded histories are judged, one after the other. */
@FunctionalInterface
interface WayOfJudging {

    /**
     * What a history of this name is to be judged by, settled before it is read.
     *
     * @throws WrongUse if nothing tells by what
     */
    Judge judgeOf(String name) throws WrongUse;

    /** Judges one history. */
    @FunctionalInterface
    interface Judge {
        Outcome judge(History history);
    }

    /**
     * What became of one history.
     *
     * @param ladder where it stands among the guarantees, if that was asked for
     * @param remarks a label and what it says, in this order, below the verdicts
     * @param weighing makes the exit of the history from that of its judgement
     * @param promised what is promised of it; empty: nobody asked
     */
    record Outcome(
            Judgement judgement,
            Optional<Ladder> ladder,
            List<Remark> remarks,
            UnaryOperator<Exit> weighing,
            Optional<Promised> promised) {

        /** A judgement that speaks for itself. */
        static Outcome of(Judgement judgement) {
            return new Outcome(judgement, Optional.empty(), List.of(), UnaryOperator.identity(), Optional.empty());
        }
    }

    /** A line below the verdicts. */
    record Remark(String label, String text) {}
}
