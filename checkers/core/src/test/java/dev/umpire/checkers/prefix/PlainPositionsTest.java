package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pass over plain reads and writes with positions against the way of all other histories. */
class PlainPositionsTest {
    private int plain;

    @Test
    void whatIsPlainlyValidIsValid() {
        check(6000, new Shape(8, 3, 2, false, false, false, 2));
        check(3000, new Shape(8, 2, 2, true, false, true, 2));
        assertThat(plain).isPositive();
    }

    private void check(int count, Shape shape) {
        new RandomHistories().check(count, shape, this::isJudgedAsElsewhere);
    }

    private boolean isJudgedAsElsewhere(SmallHistory small) {
        Verdict verdict = ConsistentPrefix.check(small.history(), CheckOptions.DEFAULT);
        plain += PlainPositions.verdict(small.history(), Promise.CONSISTENT).isPresent() ? 1 : 0;
        return verdict.equals(ConsistentPrefix.check(notPlain(small).history(), CheckOptions.DEFAULT));
    }

    /** The same with a cas that failed, which says nothing here. */
    private static SmallHistory notPlain(SmallHistory small) {
        List<SmallOperation> operations = new ArrayList<>(small.operations());
        operations.add(SmallOperation.cas(90, 0, 900, 901, Outcome.FAIL, 10_000, 10_001));
        return new SmallHistory(operations);
    }

    @Test
    void aSessionThatWritesBehindWhatItSawIsNot() throws MalformedHistoryException {
        assertThat(PlainPositions.verdict(seenAndWritten(1, 2), Promise.CONSISTENT))
                .isPresent();
        assertThat(PlainPositions.verdict(seenAndWritten(2, 1), Promise.CONSISTENT))
                .isEmpty();
        assertThat(PlainPositions.verdict(seenAndWritten(2, 2), Promise.CONSISTENT))
                .isEmpty();
        assertThat(PlainPositions.verdict(seenAndWritten(1, 2), Promise.STRICT)).isEmpty();
    }

    private static History seenAndWritten(int seen, int written) throws MalformedHistoryException {
        return History.parse("""
                {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"type":"ok","process":0,"f":"write","key":"x","value":1,"position":SEEN}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":1}
                {"type":"invoke","process":1,"f":"write","key":"y","value":2}
                {"type":"ok","process":1,"f":"write","key":"y","value":2,"position":WRITTEN}
                """.replace("SEEN", "" + seen).replace("WRITTEN", "" + written));
    }
}
