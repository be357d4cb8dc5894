package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The pass over plain keys against the one that judges any key. */
class PlainSessionsTest {
    private static final List<Bindings> COMBINATIONS = List.of(
            new Bindings(true, false),
            new Bindings(false, true),
            new Bindings(true, true),
            new Bindings(false, false, true, false),
            new Bindings(false, false, false, true),
            new Bindings(true, true, true, true),
            new Bindings(true, false, false, true),
            new Bindings(false, true, true, false),
            new Bindings(false, true, false, true),
            new Bindings(true, true, false, true));

    private int held;
    private int decided;
    private int heldTogether;
    private int brokenTogether;

    @Test
    void inferredOrdersAreJudgedAsKeyByKey() {
        check(3000, new Shape(14, 3, 1, false, false, false, 0));
        check(1500, new Shape(40, 4, 2, false, false, false, 0));
        check(1500, new Shape(10, 2, 1, true, false, true, 0));
    }

    @Test
    void reportedVersionsAreJudgedAsKeyByKey() {
        check(3000, new Shape(14, 3, 1, false, false, false, 1));
        check(1500, new Shape(10, 2, 2, true, false, true, 1));
    }

    @Test
    void reportedPositionsAreJudgedAsKeyByKey() {
        check(3000, new Shape(14, 3, 2, false, false, false, 2));
        check(1500, new Shape(10, 2, 1, true, false, true, 2));
    }

    @Test
    void keysThatLagApartAreJudgedAsTheGraphsOfAllKeysTogether() {
        heldTogether = 0;
        new RandomHistories().check(3000, "lagging keys", PlainSessionsTest::lagging, this::isJudgedAsKeyByKey);
        assertThat(heldTogether).as("held").isGreaterThanOrEqualTo(Share.seen(2001));
        assertThat(brokenTogether).as("broken, held " + heldTogether).isGreaterThanOrEqualTo(Share.seen(21));
    }

    /** On each key all is well, as a session's reads never go back there; but each key is as old as it likes. */
    private static SmallHistory lagging(Random random) {
        int sessions = 3;
        int keys = 3;
        List<List<Integer>> written = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            written.add(new ArrayList<>(List.of(0)));
        }
        int[][] least = new int[sessions][keys];
        List<SmallOperation> operations = new ArrayList<>();
        int size = 4 + random.nextInt(12);
        for (int i = 0; i < size; i++) {
            int session = random.nextInt(sessions);
            int key = random.nextInt(keys);
            List<Integer> versions = written.get(key);
            if (random.nextInt(5) < 2) {
                least[session][key] = versions.size();
                versions.add(i + 1);
                operations.add(SmallOperation.write(session, key, i + 1, Outcome.OK, 2 * i, 2 * i + 1)
                        .withVersion(versions.size()));
            } else {
                int older = random.nextInt(4) == 0 ? random.nextInt(versions.size() - least[session][key]) : 0;
                least[session][key] = versions.size() - 1 - older;
                operations.add(SmallOperation.read(session, key, versions.get(least[session][key]), 2 * i, 2 * i + 1));
            }
        }
        return new SmallHistory(operations);
    }

    @Test
    void bondsOfOverlappingWritesMayGoRoundInACircle() throws MalformedHistoryException {
        // both writes are open until the end, and two sessions see them in opposite orders
        History history = History.parse("""
                {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"type":"invoke","process":1,"f":"write","key":"x","value":2}
                {"type":"invoke","process":2,"f":"read","key":"x"}
                {"type":"ok","process":2,"f":"read","key":"x","value":1}
                {"type":"invoke","process":3,"f":"read","key":"x"}
                {"type":"ok","process":3,"f":"read","key":"x","value":2}
                {"type":"invoke","process":2,"f":"read","key":"x"}
                {"type":"ok","process":2,"f":"read","key":"x","value":2}
                {"type":"invoke","process":3,"f":"read","key":"x"}
                {"type":"ok","process":3,"f":"read","key":"x","value":1}
                {"type":"ok","process":0,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":2}
                """);

        assertThat(plain(history, new Bindings(false, true)).hold(0)).isFalse();
        assertThat(plain(history, new Bindings(true, false)).hold(0)).isTrue();
    }

    @Test
    void aBondMayReachBehindWhatRealTimeForbids() throws MalformedHistoryException {
        // 1 before 2 and 2 before 3, all overlapping their neighbours, but 3 was completed before 1 began
        History history = History.parse("""
                {"type":"invoke","process":1,"f":"write","key":"x","value":2}
                {"type":"invoke","process":2,"f":"write","key":"x","value":3}
                {"type":"ok","process":2,"f":"write","key":"x","value":3}
                {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"type":"invoke","process":3,"f":"read","key":"x"}
                {"type":"ok","process":3,"f":"read","key":"x","value":1}
                {"type":"invoke","process":3,"f":"read","key":"x"}
                {"type":"ok","process":3,"f":"read","key":"x","value":2}
                {"type":"invoke","process":4,"f":"read","key":"x"}
                {"type":"ok","process":4,"f":"read","key":"x","value":2}
                {"type":"invoke","process":4,"f":"read","key":"x"}
                {"type":"ok","process":4,"f":"read","key":"x","value":3}
                {"type":"ok","process":0,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":2}
                """);

        assertThat(plain(history, new Bindings(false, true)).hold(0)).isFalse();
        assertThat(MonotonicReads.check(history, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aFarVersionIsLeftToOthers() throws MalformedHistoryException {
        History history = History.parse("""
                {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"type":"ok","process":0,"f":"write","key":"x","value":1,"version":1}
                {"type":"invoke","process":0,"f":"write","key":"x","value":2}
                {"type":"ok","process":0,"f":"write","key":"x","value":2,"version":9000000000000000000}
                {"type":"invoke","process":0,"f":"read","key":"x"}
                {"type":"ok","process":0,"f":"read","key":"x","value":2}
                """);

        assertThat(plain(history, new Bindings(true, false)).hold(0)).isFalse();
        assertThat(ReadYourWrites.check(history, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.VALID);
    }

    private void check(int count, Shape shape) {
        held = 0;
        decided = 0;
        new RandomHistories().check(count, shape, this::isJudgedAsKeyByKey);
        assertThat(held).as("keys held of " + decided + " decided").isGreaterThan(decided / 10);
    }

    private boolean isJudgedAsKeyByKey(SmallHistory small) {
        boolean equal = true;
        for (Bindings bindings : COMBINATIONS) {
            Verdict fast = verdict(small.history(), bindings);
            Verdict thorough = verdict(notPlain(small).history(), bindings);
            equal &= fast.answer() == thorough.answer()
                    && fast.obliged() == thorough.obliged()
                    && fast.examined() == thorough.examined()
                    && fast.anomalyCount() == thorough.anomalyCount()
                    && fast.assumes().equals(thorough.assumes())
                    && fast.algorithm().equals(thorough.algorithm());
            brokenTogether += thorough.answer() == Answer.INVALID
                            && plain(small.history(), bindings).holdEverywhere()
                    ? 1
                    : 0;
            if (thorough.answer() == Answer.VALID) {
                decided++;
                held += plain(small.history(), bindings).holdEverywhere() ? 1 : 0;
                heldTogether += PlainSessions.of(small.history(), bindings, WriteOrder.REAL_TIME, true)
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        return equal;
    }

    /** The same with a cas of each key that failed, which says nothing to any of the guarantees. */
    private static SmallHistory notPlain(SmallHistory small) {
        List<SmallOperation> operations = new ArrayList<>(small.operations());
        int end = 10_000;
        for (int key = 0; key < small.keyCount(); key++) {
            operations.add(SmallOperation.cas(90 + key, key, 900, 901, Outcome.FAIL, end, end + 1));
            end += 2;
        }
        return new SmallHistory(operations);
    }

    private static Verdict verdict(History history, Bindings bindings) {
        return new SessionCheck("session guarantees", bindings, history, CheckOptions.DEFAULT).verdict("vacuous");
    }

    private static PlainSessions plain(History history, Bindings bindings) {
        return PlainSessions.of(history, bindings, WriteOrder.REAL_TIME, false).orElseThrow();
    }
}
