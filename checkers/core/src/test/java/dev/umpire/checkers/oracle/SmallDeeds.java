package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All histories of three operations on two keys, one after another or all at the same time, in one to three sessions: single
 * reads and writes, and transactions of two steps, with everything that the reads can have returned. Lists for appends.
 * Or of four operations one after another, with no transactions but those that read both keys.
 */
public final class SmallDeeds {
    /** One of so many histories is told, as all take a minute; all with {@code -Dumpire.oracle.share=7}. */
    private static final long STRIDE = Share.stride(7);

    private static final int[][] SESSIONS = {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}, {0, 1, 2}};
    /** What an operation does, by letters: reads, writes; the first and the second key. */
    private static final String[] DONE = {"W0", "W1", "R0", "R1", "W0W1", "R0R1", "R0W1", "R1W0", "R0W0"};

    private static final int[][] SESSIONS_OF_FOUR = {
        {0, 0, 0, 0},
        {0, 0, 0, 1},
        {0, 0, 1, 0},
        {0, 0, 1, 1},
        {0, 0, 1, 2},
        {0, 1, 0, 0},
        {0, 1, 0, 1},
        {0, 1, 0, 2},
        {0, 1, 1, 0},
        {0, 1, 1, 1},
        {0, 1, 1, 2},
        {0, 1, 2, 0},
        {0, 1, 2, 1},
        {0, 1, 2, 2},
        {0, 1, 2, 3}
    };
    private static final String[] DONE_OF_FOUR = {"W0", "W1", "R0", "R1", "R0R1"};

    private final int size;
    private final String[] possible;
    private final int[][] sessionsOf;
    private final boolean[] overlaps;
    private final List<Boolean> lists;
    private final Consumer<DeedHistory> each;
    private long drawn;
    private long count;

    private SmallDeeds(boolean four, List<Boolean> lists, Consumer<DeedHistory> each) {
        size = four ? 4 : 3;
        possible = four ? DONE_OF_FOUR : DONE;
        sessionsOf = four ? SESSIONS_OF_FOUR : SESSIONS;
        overlaps = four ? new boolean[] {false} : new boolean[] {false, true};
        this.lists = lists;
        this.each = each;
    }

    /** Tells each of them; returns how many. */
    public static long forEach(List<Boolean> lists, Consumer<DeedHistory> each) {
        return new SmallDeeds(false, lists, each).tell();
    }

    /** Tells each of four operations; returns how many. */
    public static long forEachOfFour(List<Boolean> lists, Consumer<DeedHistory> each) {
        return new SmallDeeds(true, lists, each).tell();
    }

    private long tell() {
        choose(new ArrayList<>());
        return count;
    }

    private void choose(List<String> done) {
        if (done.size() < size) {
            for (String next : possible) {
                done.add(next);
                choose(done);
                done.remove(done.size() - 1);
            }
            return;
        }
        String all = String.join("", done);
        if (all.contains("W") && all.contains("R")) {
            for (int[] sessions : sessionsOf) {
                for (boolean overlap : overlaps) {
                    answer(frames(done, sessions, overlap), 0);
                }
            }
        }
    }

    private List<Deed> frames(List<String> done, int[] sessions, boolean overlap) {
        List<Deed> deeds = new ArrayList<>();
        int next = 1;
        for (int i = 0; i < size; i++) {
            List<Step> steps = new ArrayList<>();
            for (int at = 0; at < done.get(i).length(); at += 2) {
                int key = done.get(i).charAt(at + 1) - '0';
                boolean read = done.get(i).charAt(at) == 'R';
                Kind kind = read ? Kind.READ : lists.get(key) ? Kind.APPEND : Kind.WRITE;
                steps.add(new Step(kind, key, read ? List.of() : List.of(next++)));
            }
            int invoked = overlap ? i : 2 * i;
            int completed = overlap ? size + i : 2 * i + 1;
            deeds.add(new Deed(sessions[i], invoked, completed, Outcome.OK, steps, History.ABSENT));
        }
        return deeds;
    }

    private void answer(List<Deed> deeds, int step) {
        int passed = 0;
        for (int i = 0; i < deeds.size(); i++) {
            Deed deed = deeds.get(i);
            for (int s = 0; s < deed.steps().size(); s++) {
                if (passed++ == step) {
                    Step open = deed.steps().get(s);
                    if (open.kind() != Kind.READ) {
                        answer(deeds, step + 1);
                        return;
                    }
                    for (List<Integer> value : values(deeds, deed, open.key())) {
                        List<Step> steps = new ArrayList<>(deed.steps());
                        steps.set(s, new Step(Kind.READ, open.key(), value));
                        List<Deed> answered = new ArrayList<>(deeds);
                        answered.set(
                                i,
                                new Deed(
                                        deed.session(),
                                        deed.invoked(),
                                        deed.completed(),
                                        deed.outcome(),
                                        steps,
                                        deed.version()));
                        answer(answered, step + 1);
                    }
                    return;
                }
            }
        }
        if (drawn++ % STRIDE == 0) {
            count++;
            each.accept(new DeedHistory(deeds, lists));
        }
    }

    /** Nothing, and what others wrote in time: one value of a register, every order of some elements of a list. */
    private List<List<Integer>> values(List<Deed> deeds, Deed reader, int key) {
        List<List<Integer>> values = new ArrayList<>(List.of(List.of()));
        for (int from = 0, to = 1; from < to; to = values.size()) {
            for (; from < to; from++) {
                for (Deed writer : deeds) {
                    List<Integer> longer = new ArrayList<>(values.get(from));
                    boolean more = !writer.equals(reader) && writer.invoked() < reader.completed();
                    if (more && writer.writes(key) && !longer.contains(writer.last(key))) {
                        longer.add(writer.last(key));
                        if (lists.get(key) || longer.size() == 1) {
                            values.add(longer);
                        }
                    }
                }
            }
        }
        return values;
    }
}
