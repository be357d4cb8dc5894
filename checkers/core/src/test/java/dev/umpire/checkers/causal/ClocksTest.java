package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the clocks and the conflicts tell, against the closure of the causal order, however many chains a pass looks at. */
class ClocksTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Clocks.WIDEST})
    void aNodeKnowsExactlyWhatIsInItsPast(int widest) {
        RandomHistories random = new RandomHistories();
        random.check(2_000, new Shape(24, 6, 3, true, true, true, 0), small -> knowsItsPast(small, widest));
        random.check(1_000, new Shape(40, 5, 1, false, true, false, 0), small -> knowsItsPast(small, widest));
    }

    private static boolean knowsItsPast(SmallHistory small, int widest) {
        CausalClosure closure = new CausalClosure(small.history());
        if (closure.causal.cyclic()) {
            return true;
        }
        Clocks clocks = new Clocks(closure.causal, widest);
        LookAtEverything looking = new LookAtEverything(closure, clocks);
        clocks.run(looking);
        // every node was asked about every other, in one pass or another
        assertThat(looking.asked).isEqualTo((long) closure.size() * closure.size());
        return looking.right;
    }

    /** Compares all that the clocks tell with the closure. */
    private static final class LookAtEverything implements Clocks.Visitor {
        private final CausalClosure closure;
        private final Clocks clocks;
        private boolean right = true;
        private long asked;

        LookAtEverything(CausalClosure closure, Clocks clocks) {
            this.closure = closure;
            this.clocks = clocks;
        }

        @Override
        public void begin() {}

        @Override
        public void visit(int node) {
            int[] chain = closure.causal.sessions.chain;
            for (int past = 0; past < closure.size(); past++) {
                if (clocks.covers(chain[past])) {
                    asked++;
                    right &= clocks.isKnown(past) == closure.isBefore(past, node);
                    right &= clocks.known(chain[past]) == closure.countBefore(chain[past], node);
                    for (int source : closure.sources(node)) {
                        right &= clocks.isKnownTo(source, past) == closure.isBefore(past, source);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Clocks.WIDEST})
    void conflictsAreThoseOfTheDefinitionAndWhatFollowsFromThemIsTheSame(int widest) {
        RandomHistories random = new RandomHistories();
        random.check(2_000, new Shape(24, 6, 3, true, true, true, 0), small -> conflictsAreRight(small, widest));
        random.check(500, "many writes of one key", ClocksTest::manyWrites, small -> conflictsAreRight(small, widest));
    }

    /** One operation after the other, of four sessions on one key; a read returns any of the values so far. */
    private static SmallHistory manyWrites(Random random) {
        List<SmallOperation> operations = new ArrayList<>();
        List<Integer> values = new ArrayList<>(List.of(0));
        for (int i = 0; i < 120; i++) {
            int session = random.nextInt(4);
            if (random.nextInt(2) == 0) {
                operations.add(SmallOperation.write(session, 0, i + 1, Outcome.OK, 2 * i, 2 * i + 1));
                values.add(i + 1);
            } else {
                int value = values.get(random.nextInt(values.size()));
                operations.add(SmallOperation.read(session, 0, value, 2 * i, 2 * i + 1));
            }
        }
        return new SmallHistory(operations);
    }

    private static boolean conflictsAreRight(SmallHistory small, int widest) {
        CausalClosure closure = new CausalClosure(small.history());
        if (closure.causal.cyclic()) {
            return true;
        }
        Clocks clocks = new Clocks(closure.causal, widest);
        Conflicts conflicts = new Conflicts(closure.causal, clocks);
        clocks.run(conflicts);
        CausalClosure told = closure.with(conflicts::tell);
        CausalClosure defined = closure.with(closure::tellConflicts);
        boolean right = conflicts.complete() && told.isEqualTo(defined);
        for (int i = 0; i < conflicts.size(); i++) {
            right &= closure.isConflict(conflicts.earlier.getInt(i), conflicts.read.getInt(i));
        }
        right &= conflicts.initialRead.intStream().distinct().count()
                == closure.initialReadsWithAWriteInTheirPast().size();
        for (int i = 0; i < conflicts.initialRead.size(); i++) {
            right &= closure.isConflict(conflicts.written.getInt(i), conflicts.initialRead.getInt(i));
        }
        return right;
    }
}
