package dev.umpire.targets.simulated.multileader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.multileader.Rules.Conflicts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What changes make of keys, in whatever order they come. */
class ContentsTest {
    private static final int LEADERS = 3;
    private static final Value X = Value.of("x");
    private static final List<Value> KEYS = List.of(X, Value.of("y"));

    private static Rules rules(Conflicts conflicts) {
        return new Rules(
                Topology.ALL_TO_ALL, conflicts, Rules.Sessions.STAY, false, false, true, true, true, true, true, true);
    }

    /** One leader's view: what it has, and what that makes. */
    private static final class View {
        private final Contents contents;
        private VersionVector has = VersionVector.none(LEADERS);

        private View(Conflicts conflicts) {
            contents = new Contents(rules(conflicts));
        }

        private void apply(Change change) {
            contents.apply(change, has);
            has = has.with(change.dot());
        }

        private Value shown(Value key) {
            return contents.read(key).value();
        }

        private Set<Value> siblings(Value key) {
            return new HashSet<>(contents.read(key).siblings());
        }
    }

    private static Change change(int origin, long sequence, long nanos, Deed deed) {
        return new Change(
                new Dot(origin, sequence), VersionVector.none(LEADERS), new Timestamp(nanos, 0, origin), deed);
    }

    private static Change write(int origin, long sequence, long nanos, long value, Dot... replaced) {
        return change(origin, sequence, nanos, new Deed.Write(X, Value.of(value), Set.of(replaced)));
    }

    @Test
    void aVersionThatComesAfterTheOneThatReplacedItStaysAway() {
        View view = new View(Conflicts.SIBLINGS);
        view.apply(write(1, 1, 20, 2, new Dot(0, 1)));
        view.apply(write(0, 1, 10, 1));
        assertThat(view.shown(X)).isEqualTo(Value.of(2));
        assertThat(view.siblings(X)).isEmpty();
    }

    @Test
    void aWriteOfWhichNobodyKnewStaysEvenAtItsOwnLeader() {
        View view = new View(Conflicts.SIBLINGS);
        view.apply(write(0, 1, 10, 1));
        view.apply(write(0, 2, 20, 2));
        assertThat(view.siblings(X)).containsExactlyInAnyOrder(Value.of(1), Value.of(2));
    }

    @Test
    void theNewerTimestampWinsWhateverItsWriterKnew() {
        View view = new View(Conflicts.LAST_WRITE_WINS);
        view.apply(write(0, 1, 10, 1));
        view.apply(write(1, 1, 5, 2, new Dot(0, 1)));
        assertThat(view.shown(X)).isEqualTo(Value.of(1));
    }

    @Test
    void theFirstLeaderHasPriority() {
        View view = new View(Conflicts.REPLICA_PRIORITY);
        view.apply(write(2, 1, 30, 3));
        view.apply(write(1, 1, 10, 1));
        assertThat(view.shown(X)).isEqualTo(Value.of(1));
    }

    @Test
    void aRemovalSparesAnAddThatItsLeaderHadNotSeen() {
        View view = new View(Conflicts.MERGE);
        Value item = Value.of("milk");
        view.apply(change(0, 1, 10, new Deed.Add(X, item)));
        view.apply(change(1, 1, 11, new Deed.Add(X, item)));
        view.apply(change(2, 1, 12, new Deed.Remove(X, item, Set.of(new Dot(0, 1)))));
        assertThat(view.shown(X)).isEqualTo(new Value.SetOf(Set.of(item)));
    }

    /** Random changes, each made at a leader that has some of those before, come to two others in two other orders. */
    @ParameterizedTest
    @EnumSource(Conflicts.class)
    void leadersThatHaveTheSameChangesShowTheSame(Conflicts conflicts) {
        long firstSeed = Long.getLong("umpire.seed", 1);
        for (long seed = firstSeed; seed < firstSeed + 300; seed++) {
            Random random = new Random(seed);
            List<Change> all = draw(conflicts, random);
            View one = new View(conflicts);
            View other = new View(conflicts);
            shuffled(all, random).forEach(one::apply);
            shuffled(all, random).forEach(other::apply);
            for (Value key : KEYS) {
                assertThat(other.shown(key)).as("seed %d, key %s", seed, key).isEqualTo(one.shown(key));
                assertThat(other.siblings(key)).as("seed %d, key %s", seed, key).isEqualTo(one.siblings(key));
            }
        }
    }

    private static List<Change> draw(Conflicts conflicts, Random random) {
        List<View> views = new ArrayList<>();
        for (int leader = 0; leader < LEADERS; leader++) {
            views.add(new View(conflicts));
        }
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int leader = random.nextInt(LEADERS);
            View view = views.get(leader);
            for (Change earlier : all) {
                boolean next =
                        earlier.dot().sequence() == view.has.of(earlier.dot().origin()) + 1;
                if (next && random.nextInt(3) > 0) {
                    view.apply(earlier);
                }
            }
            int number = i;
            view.contents.complete(deed(conflicts, view, number, random)).ifPresent(deed -> {
                long sequence = view.has.of(leader) + 1;
                Change made =
                        new Change(new Dot(leader, sequence), view.has, new Timestamp(100 + number, 0, leader), deed);
                view.apply(made);
                all.add(made);
            });
        }
        return all;
    }

    private static Deed deed(Conflicts conflicts, View view, int number, Random random) {
        Value key = KEYS.get(random.nextInt(KEYS.size()));
        if (conflicts != Conflicts.MERGE) {
            Set<Dot> known = random.nextBoolean() ? view.contents.read(key).versions() : Set.of();
            return new Deed.Write(key, Value.of(number), known);
        }
        // x is a set, y a counter
        if (!key.equals(X)) {
            return new Deed.Increment(key, random.nextInt(7) - 3);
        }
        Value element = Value.of(random.nextInt(4));
        return random.nextBoolean() ? new Deed.Add(key, element) : new Deed.Remove(key, element, Set.of());
    }

    /** In another order, in which those of one leader stay in theirs. */
    private static List<Change> shuffled(List<Change> all, Random random) {
        List<Change> left = new ArrayList<>(all);
        List<Change> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            int origin = left.get(random.nextInt(left.size())).dot().origin();
            Change first = left.stream()
                    .filter(change -> change.dot().origin() == origin)
                    .findFirst()
                    .orElseThrow();
            left.remove(first);
            shuffled.add(first);
        }
        return shuffled;
    }
}
