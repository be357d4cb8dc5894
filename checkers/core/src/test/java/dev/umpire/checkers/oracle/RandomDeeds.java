package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Random histories of registers and lists with transactions: reads are a little behind, and sometimes impossible.
 *
 * <p>The seed is the system property {@code umpire.seed}, or a fixed one. A failing test prints it with the number of the
 * history and the smallest failing history that leaving out operations leads to.
 */
public final class RandomDeeds {

    /**
     * What is drawn.
     *
     * @param lists how many of the keys are lists
     * @param steps how many steps a transaction has at most
     * @param faults whether some reads are impossible
     * @param versions whether versions are reported
     */
    public record Shape(
            int deeds,
            int sessions,
            int keys,
            int lists,
            int steps,
            boolean overlap,
            boolean faults,
            boolean versions) {}

    private final long seed = Long.getLong("umpire.seed", 20261125L);

    private boolean scattered;

    /** The same, but every other read returns anything that was written early enough, lists in any order. */
    public RandomDeeds scattered() {
        RandomDeeds other = new RandomDeeds();
        other.scattered = true;
        return other;
    }

    private static DeedHistory scatter(Random random, DeedHistory history) {
        List<Deed> deeds = new ArrayList<>();
        for (Deed deed : history.deeds()) {
            List<Step> steps = new ArrayList<>();
            for (Step step : deed.steps()) {
                boolean change = step.kind() == Kind.READ && deed.isOk() && random.nextBoolean();
                steps.add(change ? new Step(Kind.READ, step.key(), anything(random, history, deed, step.key())) : step);
            }
            deeds.add(with(deed, steps));
        }
        return new DeedHistory(deeds, history.lists());
    }

    private static List<Integer> anything(Random random, DeedHistory history, Deed reader, int key) {
        List<Deed> writers = new ArrayList<>(history.deeds().stream()
                .filter(writer -> writer.writes(key) && !writer.equals(reader) && writer.invoked() < reader.completed())
                .filter(writer -> writer.outcome() != Outcome.FAIL)
                .toList());
        Collections.shuffle(writers, random);
        List<Integer> value = new ArrayList<>();
        for (Deed writer : writers.subList(0, random.nextInt(writers.size() + 1))) {
            if (!history.lists().get(key)) {
                return List.of(writer.last(key));
            }
            value.addAll(writer.writesOf(key));
        }
        return value;
    }

    /** Draws histories and fails with the smallest one that the condition refuses. */
    public void check(int count, Shape shape, Predicate<DeedHistory> condition) {
        for (int i = 0; i < Share.of(count); i++) {
            Random random = new Random(seed * 1_000_003 + i);
            DeedHistory drawn = draw(random, shape);
            DeedHistory history = scattered ? scatter(random, drawn) : drawn;
            if (!condition.test(history)) {
                DeedHistory smallest = shrink(history, condition);
                throw new AssertionError(
                        "umpire.seed=" + seed + " history " + i + " of " + shape + "; smallest:" + smallest);
            }
        }
    }

    private static DeedHistory shrink(DeedHistory history, Predicate<DeedHistory> condition) {
        DeedHistory smallest = history;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int i = 0; i < smallest.deeds().size() && !smaller; i++) {
                List<Deed> fewer = new ArrayList<>(smallest.deeds());
                fewer.remove(i);
                DeedHistory candidate = new DeedHistory(fewer, smallest.lists());
                if (!fewer.isEmpty() && !condition.test(candidate)) {
                    smallest = candidate;
                    smaller = true;
                }
            }
        }
        return smallest;
    }

    static DeedHistory draw(Random random, Shape shape) {
        int n = 2 + random.nextInt(shape.deeds() - 1);
        List<Deed> frames = frames(random, shape, n);
        int next = 1;
        int[] writes = new int[shape.keys()];
        List<Deed> deeds = new ArrayList<>();
        for (Deed frame : frames) {
            List<Step> steps = new ArrayList<>();
            int most = 1 + random.nextInt(shape.steps());
            for (int i = 0; i < most; i++) {
                int key = random.nextInt(shape.keys());
                boolean write = random.nextInt(5) < 2 && writes[key] < 5;
                Kind kind = !write ? Kind.READ : key < shape.lists() ? Kind.APPEND : Kind.WRITE;
                steps.add(new Step(kind, key, write ? List.of(next++) : List.of()));
                writes[key] += write ? 1 : 0;
            }
            deeds.add(with(frame, steps));
        }
        List<Deed> byEffect = new ArrayList<>(deeds);
        int[] jitter = random.ints(2L * n, 0, 4).toArray();
        byEffect.sort(Comparator.comparingInt(deed -> deed.invoked() + jitter[deed.invoked()]));
        byEffect.removeIf(deed -> deed.outcome() == Outcome.FAIL && random.nextInt(8) > 0);
        byEffect.removeIf(deed -> deed.outcome() == Outcome.INFO && random.nextBoolean());
        List<Deed> answered = new ArrayList<>();
        for (Deed deed : deeds) {
            List<Step> steps = new ArrayList<>();
            for (Step step : deed.steps()) {
                boolean read = step.kind() == Kind.READ && deed.isOk();
                steps.add(
                        read
                                ? new Step(Kind.READ, step.key(), value(random, shape, byEffect, deed, step.key()))
                                : step);
            }
            answered.add(with(deed, steps));
        }
        List<Boolean> lists = new ArrayList<>();
        for (int key = 0; key < shape.keys(); key++) {
            lists.add(key < shape.lists());
        }
        return new DeedHistory(answered, lists);
    }

    private static Deed with(Deed deed, List<Step> steps) {
        return new Deed(
                deed.session(),
                deed.invoked(),
                deed.completed(),
                deed.outcome(),
                List.copyOf(steps),
                // a read would have to tell the version that its write was given
                steps.stream().allMatch(step -> step.kind() == Kind.READ) ? History.ABSENT : deed.version());
    }

    private static List<Integer> value(Random random, Shape shape, List<Deed> byEffect, Deed reader, int key) {
        List<Integer> state = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (Deed writer : byEffect) {
            boolean early = writer.invoked() < reader.completed() || (shape.faults() && random.nextInt(20) == 0);
            if (!writer.equals(reader) && early && writer.writes(key)) {
                state.addAll(writer.writesOf(key));
                ends.add(state.size());
            }
        }
        int back = random.nextInt(1 + random.nextInt(Math.min(3, ends.size())));
        int end = ends.get(ends.size() - 1 - back);
        if (shape.faults() && end > 0 && random.nextInt(15) == 0) {
            end = 1 + random.nextInt(state.size());
        }
        List<Integer> seen = new ArrayList<>(state.subList(0, end));
        if (shape.faults() && random.nextInt(15) == 0) {
            seen.add(random.nextInt(seen.size() + 1), 1 + random.nextInt(12));
        } else if (seen.size() > 1 && random.nextInt(40) == 0) {
            seen.add(seen.remove(random.nextInt(seen.size())));
        }
        if (key >= shape.lists() && seen.size() > 1) {
            return List.of(seen.get(seen.size() - 1));
        }
        return List.copyOf(seen);
    }

    /** Sessions, times and outcomes. */
    private static List<Deed> frames(Random random, Shape shape, int n) {
        int[] session = new int[n];
        int[] invoked = new int[n];
        int[] completed = new int[n];
        List<Integer> open = new ArrayList<>();
        int begun = 0;
        int at = 0;
        while (begun < n || !open.isEmpty()) {
            int s = random.nextInt(shape.sessions());
            boolean busy = open.stream().anyMatch(o -> session[o] == s);
            boolean mayBegin = begun < n && (!busy || (shape.overlap() && random.nextInt(3) == 0));
            if (mayBegin && (open.isEmpty() || random.nextInt(5) < 3)) {
                session[begun] = s;
                invoked[begun] = at++;
                open.add(begun++);
            } else if (!open.isEmpty()) {
                completed[open.remove(random.nextInt(open.size()))] = at++;
            }
        }
        List<Deed> frames = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int dice = random.nextInt(12);
            Outcome outcome = dice == 0 ? Outcome.FAIL : dice < 3 ? Outcome.INFO : Outcome.OK;
            boolean told = shape.versions() && outcome == Outcome.OK && random.nextInt(20) > 0;
            long version = told ? 10L * invoked[i] + random.nextInt(25) * 10L + i : History.ABSENT;
            frames.add(new Deed(
                    session[i],
                    invoked[i],
                    outcome == Outcome.INFO ? History.NEVER : completed[i],
                    outcome,
                    List.of(),
                    told ? version * 64 + i : History.ABSENT));
        }
        return frames;
    }
}
