package dev.umpire.checkers.oracle;

import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random histories with long chains of cas, none of which replaced what another did: that would break everything at once. */
public final class CasHistories {
    private CasHistories() {}

    /** Operations one after the other in four sessions, with reads and cas of whatever was written before. */
    public static SmallHistory draw(Random random, int keys, int count) {
        List<SmallOperation> operations = new ArrayList<>();
        Map<Integer, List<Integer>> written = new HashMap<>();
        Map<Integer, List<Integer>> open = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int session = random.nextInt(4);
            int key = random.nextInt(keys);
            List<Integer> all = written.computeIfAbsent(key, k -> new ArrayList<>(List.of(0)));
            List<Integer> free = open.computeIfAbsent(key, k -> new ArrayList<>(List.of(0)));
            int dice = random.nextInt(10);
            if (dice < 3) {
                operations.add(SmallOperation.write(session, key, i + 1, Outcome.OK, 2 * i, 2 * i + 1));
            } else if (dice < 7 && !free.isEmpty()) {
                int old = free.remove(random.nextInt(free.size()));
                operations.add(SmallOperation.cas(session, key, old, i + 1, Outcome.OK, 2 * i, 2 * i + 1));
            } else if (dice == 9 && keys > 1) {
                operations.add(snapshot(random, session, written, i));
                continue;
            } else {
                int value = all.get(random.nextInt(all.size()));
                operations.add(SmallOperation.read(session, key, value, 2 * i, 2 * i + 1));
                continue;
            }
            all.add(i + 1);
            free.add(i + 1);
        }
        return new SmallHistory(operations);
    }

    /** Of the first two keys. */
    private static SmallOperation snapshot(Random random, int session, Map<Integer, List<Integer>> written, int i) {
        int[] values = new int[2];
        for (int key = 0; key < 2; key++) {
            List<Integer> all = written.getOrDefault(key, List.of(0));
            values[key] = all.get(random.nextInt(all.size()));
        }
        return SmallOperation.snapshot(session, new int[] {0, 1}, values, 2 * i, 2 * i + 1);
    }
}
