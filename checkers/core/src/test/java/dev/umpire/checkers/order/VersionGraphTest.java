package dev.umpire.checkers.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without cas, the edges of an assumption let one write stand before another in every order just where it says so itself. */
class VersionGraphTest {

    @Test
    void ofOverlappingWritesOfASessionNeitherIsOlderAndWhatFollowsBothIsNewer() {
        assertThat(ordered(WriteOrder.SESSION, """
                10..30 ms  session 1  n1  write x 1  ok
                20..40 ms  session 1  n1  write x 2  ok
                50..60 ms  session 1  n1  write x 3  ok
                70..80 ms  session 2  n1  write x 4  ok
                """)).containsExactly("1 < 3", "2 < 3");
    }

    @Test
    void whatASessionAskedAfterOneOfItsOverlappingWritesIsNewerThanThatOneAlone() {
        assertThat(ordered(WriteOrder.SESSION, """
                10..20 ms  session 1  n1  write x 1  ok
                10..40 ms  session 1  n1  write x 2  ok
                30..50 ms  session 1  n1  write x 3  info
                60..70 ms  session 2  n1  read  x    ok 3
                """)).containsExactly("1 < 3");
    }

    @Test
    void theOrderOfEveryTwoWritesIsThatOfTheAssumption() {
        RandomHistories random = new RandomHistories();
        random.check(300, new Shape(14, 2, 1, true, false, true, 0), VersionGraphTest::isAsAssumed);
        random.check(300, new Shape(14, 3, 2, false, false, true, 0), VersionGraphTest::isAsAssumed);
    }

    private static boolean isAsAssumed(SmallHistory small) {
        Registers registers = Registers.of(small.history());
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            for (WriteOrder order : WriteOrder.values()) {
                for (int[] pair : pairs(register)) {
                    if (standsBefore(register, order, pair[0], pair[1])
                            != isAssumedBefore(register, order, pair[0], pair[1])) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isAssumedBefore(Register register, WriteOrder order, int first, int second) {
        int one = register.accessOfWrite(first);
        int other = register.accessOfWrite(second);
        boolean before = register.isAcknowledged(first) && register.completed(one) < register.invoked(other);
        return switch (order) {
            case REAL_TIME -> before;
            case SESSION -> before && register.session(one) == register.session(other);
            case NONE -> false;
        };
    }

    private static List<String> ordered(WriteOrder order, String lines) {
        History history = Transcript.parse(lines);
        Register register = Registers.of(history).register(0);
        return pairs(register).stream()
                .filter(pair -> standsBefore(register, order, pair[0], pair[1]))
                .map(pair -> written(register, pair[0]) + " < " + written(register, pair[1]))
                .toList();
    }

    private static String written(Register register, int write) {
        return register.history()
                .value(register.written(register.accessOfWrite(write)))
                .toString();
    }

    private static List<int[]> pairs(Register register) {
        List<int[]> pairs = new ArrayList<>();
        for (int first = 0; first < register.writeCount(); first++) {
            for (int second = 0; second < register.writeCount(); second++) {
                if (first != second && register.isEffective(first) && register.isEffective(second)) {
                    pairs.add(new int[] {first, second});
                }
            }
        }
        return pairs;
    }

    /** Whether no order is left once the later one stands before the earlier one. */
    private static boolean standsBefore(Register register, WriteOrder order, int earlier, int later) {
        VersionGraph graph = new VersionGraph(register, OrderSource.assumed(order));
        graph.addEdge(later, earlier);
        return !graph.contradictions().isEmpty();
    }
}
