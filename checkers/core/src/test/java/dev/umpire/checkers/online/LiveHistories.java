package dev.umpire.checkers.online;

import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Histories in which writes take long, are read while they are open, and fail afterwards; most of them nearly right.
 *
 * <p>Of a register a few values are current, and a read returns one of them; a write replaces one when it is invoked or
 * later.
 *
 * @param replicas how many values are current
 * @param values how many values there are
 */
record LiveHistories(int operations, int sessions, int replicas, int failPercent, int values) {

    /** Every write writes a value of its own. */
    LiveHistories(int operations, int sessions, int replicas, int failPercent) {
        this(operations, sessions, replicas, failPercent, Integer.MAX_VALUE);
    }

    SmallHistory draw(Random random) {
        int[] value = new int[operations];
        int[] session = new int[operations];
        int[] invoked = new int[operations];
        int[] completed = new int[operations];
        int[] current = new int[replicas];
        boolean[] writes = new boolean[operations];
        List<Integer> open = new ArrayList<>();
        boolean wild = random.nextInt(3) == 0;
        int begun = 0;
        int at = 0;
        while (begun < operations || !open.isEmpty()) {
            int s = random.nextInt(sessions);
            boolean busy = open.stream().anyMatch(o -> session[o] == s);
            if (begun < operations && (!busy || random.nextInt(30) == 0) && random.nextInt(3) > 0) {
                session[begun] = s;
                writes[begun] = random.nextInt(5) < 2;
                invoked[begun] = at++;
                open.add(begun++);
            } else if (!open.isEmpty()) {
                int place = random.nextInt(open.size());
                int o = open.get(place);
                if (writes[o]) {
                    // it reaches one replica at a time
                    current[random.nextInt(replicas)] = o + 1;
                }
                if (!writes[o] || random.nextInt(4) == 0) {
                    value[o] = wild && random.nextInt(8) == 0
                            ? random.nextInt(begun + 1)
                            : current[random.nextInt(random.nextInt(replicas) + 1)];
                    completed[o] = at++;
                    open.remove(place);
                }
            }
        }
        List<SmallOperation> all = new ArrayList<>();
        for (int o = 0; o < operations; o++) {
            if (!writes[o]) {
                all.add(SmallOperation.read(
                        session[o], 0, value[o] == o + 1 ? 0 : value(value[o]), invoked[o], completed[o]));
                continue;
            }
            int dice = random.nextInt(100);
            Outcome outcome = dice < failPercent ? Outcome.FAIL : dice < failPercent + 15 ? Outcome.INFO : Outcome.OK;
            int end = outcome == Outcome.INFO ? History.NEVER : completed[o];
            all.add(SmallOperation.write(session[o], 0, value(o + 1), outcome, invoked[o], end));
        }
        return new SmallHistory(all);
    }

    /** Only so many values are written, over and over. */
    private int value(int number) {
        return number == 0 ? 0 : 1 + (number - 1) % values;
    }
}
