package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Random histories, larger than the enumerated ones, with operations of one session that overlap, cas, unknown and failed
 * outcomes, faulty reads and reported versions.
 *
 * <p>The seed is the system property {@code umpire.seed}, or a fixed one. A failing test prints the seed, the number of
 * the history and the smallest failing history that leaving out operations leads to.
 */
public final class RandomHistories {

    /** What is drawn. */
    public record Shape(
            int operations, int sessions, int keys, boolean overlap, boolean cas, boolean faults, int reports) {}

    private final long seed = Long.getLong("umpire.seed", 20261123L);

    /** Draws histories and fails with the smallest one that the condition refuses. */
    public void check(int count, Shape shape, Predicate<SmallHistory> condition) {
        check(count, shape.toString(), random -> draw(random, shape), condition);
    }

    /** As the other, of histories that somebody else draws. */
    public void check(int count, String what, Function<Random, SmallHistory> drawn, Predicate<SmallHistory> condition) {
        for (int i = 0; i < Share.of(count); i++) {
            SmallHistory history = drawn.apply(new Random(seed * 1_000_003 + i));
            if (!condition.test(history)) {
                SmallHistory smallest = shrink(history, condition);
                throw new AssertionError("umpire.seed=" + seed + " history " + i + " of " + what + ", "
                        + history.operations().size() + " operations; smallest with "
                        + smallest.operations().size() + ":" + smallest);
            }
        }
    }

    private static SmallHistory shrink(SmallHistory history, Predicate<SmallHistory> condition) {
        SmallHistory smallest = history;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int i = 0; i < smallest.operations().size(); i++) {
                List<SmallOperation> fewer = new ArrayList<>(smallest.operations());
                fewer.remove(i);
                SmallHistory candidate = new SmallHistory(fewer);
                if (!fewer.isEmpty() && !condition.test(candidate)) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    static SmallHistory draw(Random random, Shape shape) {
        int n = 2 + random.nextInt(shape.operations() - 1);
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
        int[] key = new int[n];
        boolean[] writes = new boolean[n];
        for (int i = 0; i < n; i++) {
            key[i] = random.nextInt(shape.keys());
            writes[i] = random.nextInt(5) < 2;
        }
        List<SmallOperation> operations = new ArrayList<>();
        int[] effective = new int[shape.keys()];
        for (int i = 0; i < n; i++) {
            operations.add(
                    writes[i] && effective[key[i]] < 6
                            ? write(random, shape, i, session, key, writes, invoked, completed, effective)
                            : read(random, shape, i, session, key, writes, invoked, completed));
        }
        return new SmallHistory(shape.reports() == 0 ? operations : reported(random, shape, operations));
    }

    private static SmallOperation write(
            Random random,
            Shape shape,
            int i,
            int[] session,
            int[] key,
            boolean[] writes,
            int[] invoked,
            int[] completed,
            int[] effective) {
        effective[key[i]]++;
        int dice = random.nextInt(10);
        if (shape.faults() && dice == 9) {
            return SmallOperation.write(session[i], key[i], i + 1, Outcome.FAIL, invoked[i], completed[i]);
        }
        Outcome outcome = dice >= 7 ? Outcome.INFO : Outcome.OK;
        int end = outcome == Outcome.INFO ? History.NEVER : completed[i];
        if (shape.cas() && random.nextInt(3) == 0) {
            int old = outcome == Outcome.OK ? value(random, shape, i, key, writes, invoked, completed) : 0;
            return SmallOperation.cas(session[i], key[i], old, i + 1, outcome, invoked[i], end);
        }
        return SmallOperation.write(session[i], key[i], i + 1, outcome, invoked[i], end);
    }

    private static SmallOperation read(
            Random random,
            Shape shape,
            int i,
            int[] session,
            int[] key,
            boolean[] writes,
            int[] invoked,
            int[] completed) {
        int value = value(random, shape, i, key, writes, invoked, completed);
        return SmallOperation.read(session[i], key[i], value, invoked[i], completed[i]);
    }

    /** Mostly the value of a write of the key that was under way; with faults, sometimes any number. */
    private static int value(
            Random random, Shape shape, int i, int[] key, boolean[] writes, int[] invoked, int[] completed) {
        List<Integer> candidates = new ArrayList<>();
        for (int w = 0; w < key.length; w++) {
            if (w != i && writes[w] && key[w] == key[i] && invoked[w] < completed[i]) {
                candidates.add(w + 1);
            }
        }
        if (shape.faults() && random.nextInt(12) == 0) {
            int any = 1 + random.nextInt(key.length + 1);
            return any == i + 1 ? 0 : any;
        }
        if (candidates.isEmpty() || random.nextInt(10) == 0) {
            return 0;
        }
        // the last few are the likelier ones, so that not everything is a violation
        int back = Math.min(candidates.size() - 1, random.nextInt(1 + random.nextInt(candidates.size())));
        return candidates.get(candidates.size() - 1 - back);
    }

    /** Every acknowledged write gets a number, nearly in the order of invocations; some of unknown outcome too. */
    private static List<SmallOperation> reported(Random random, Shape shape, List<SmallOperation> operations) {
        List<SmallOperation> numbered = new ArrayList<>();
        for (SmallOperation operation : operations) {
            boolean wants = operation.writeKeys.length == 1
                    && (operation.isOk() || (operation.outcome == Outcome.INFO && random.nextInt(2) == 0));
            long number = 100L * operation.invoked + random.nextInt(400) * 2L + 1000L * (operation.invoked % 2);
            number = number * 64 + numbered.size();
            if (!wants) {
                numbered.add(operation);
            } else if (shape.reports() == 1) {
                numbered.add(operation.withVersion(number));
            } else {
                numbered.add(operation.withPosition(number));
            }
        }
        return numbered;
    }
}
