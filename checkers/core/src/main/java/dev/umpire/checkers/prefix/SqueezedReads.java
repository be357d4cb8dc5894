package dev.umpire.checkers.prefix;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Observations that stand where a cas of their session stands, immediately before its write, if places never go back.
 *
 * <p>A session that saw again, after its cas, what the cas had replaced, has not gone back, but it stands still: that
 * observation has the very place of the cas, and so have those between the two. Every other observation after a cas may
 * as well stand behind the write.
 */
final class SqueezedReads {
    private SqueezedReads() {}

    /** By observation the write of its cas, or -1; empty if there are none. O(n) where no session stands still. */
    static int[] of(Recorded recorded) {
        Map<Long, Integer> last = new HashMap<>(); // the last observation of what some cas of the session had replaced
        for (int write = 0; write < recorded.writes; write++) {
            if (recorded.casRead[write] != Recorded.NO_CAS) {
                last.put(
                        sight(
                                recorded,
                                recorded.writeOperation[write],
                                recorded.writeKey[write],
                                recorded.casRead[write]),
                        -1);
            }
        }
        if (last.isEmpty()) {
            return new int[0];
        }
        History history = recorded.history;
        List<List<Integer>> ofSession = new ArrayList<>();
        for (int session = 0; session < history.sessionCount(); session++) {
            ofSession.add(new ArrayList<>());
        }
        for (int observation = 0; observation < recorded.observations.length; observation++) {
            int operation = recorded.observationOperation(observation);
            ofSession.get(history.session(operation)).add(observation);
            for (long sight : sights(recorded, observation)) {
                if (last.containsKey(sight)) {
                    last.put(sight, observation);
                }
            }
        }
        int[] atCas = new int[0];
        for (int write = 0; write < recorded.writes; write++) {
            if (recorded.casRead[write] == Recorded.NO_CAS) {
                continue;
            }
            int cas = recorded.writeOperation[write];
            long stale = sight(recorded, cas, recorded.writeKey[write], recorded.casRead[write]);
            int latest = last.getOrDefault(stale, -1);
            if (latest < 0 || history.invoked(recorded.observationOperation(latest)) < history.completed(cas)) {
                continue;
            }
            if (atCas.length == 0) {
                atCas = new int[recorded.observations.length];
                Arrays.fill(atCas, -1);
            }
            squeeze(recorded, ofSession.get(history.session(cas)), write, stale, latest, atCas);
        }
        return atCas;
    }

    private static void squeeze(
            Recorded recorded, List<Integer> candidates, int write, long stale, int latest, int[] atCas) {
        History history = recorded.history;
        int end = history.completed(recorded.writeOperation[write]);
        int begin = history.invoked(recorded.observationOperation(latest));
        for (int observation : candidates) {
            int operation = recorded.observationOperation(observation);
            // what would have two such places contradicts itself, and stays at the first: the session's order shows it
            if (atCas[observation] < 0
                    && history.invoked(operation) > end
                    && (history.completed(operation) < begin
                            || Arrays.stream(sights(recorded, observation)).anyMatch(sight -> sight == stale))) {
                atCas[observation] = write;
            }
        }
    }

    private static long[] sights(Recorded recorded, int observation) {
        int i = recorded.observations[observation];
        long[] sights = new long[recorded.entryStart[i + 1] - recorded.entryStart[i]];
        int found = 0;
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            if (recorded.entryWrite[entry] != Recorded.LEFT_OUT) {
                sights[found++] =
                        sight(recorded, recorded.operation(i), recorded.entryKey(i, entry), recorded.entryWrite[entry]);
            }
        }
        return Arrays.copyOf(sights, found);
    }

    /** A session and what it saw, as one number: a write, or a key's initial value. */
    private static long sight(Recorded recorded, int operation, int key, int write) {
        long seen = write >= 0 ? write : (long) recorded.writes + key;
        return (long) recorded.history.session(operation) << 33 | seen;
    }
}
