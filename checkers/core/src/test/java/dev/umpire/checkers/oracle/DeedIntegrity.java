package dev.umpire.checkers.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many reads of a {@link DeedHistory} are at fault, by kind, from the definitions. */
public final class DeedIntegrity {
    private DeedIntegrity() {}

    public static Map<String, Long> anomalies(DeedHistory history) {
        Map<String, Long> kinds = new TreeMap<>();
        for (int k = 0; k < history.lists().size(); k++) {
            KeyByDefinition key = new KeyByDefinition(history, k);
            for (Deed deed : history.deeds()) {
                List<List<Integer>> told = new ArrayList<>();
                for (List<Integer> value : deed.readsOf(k)) {
                    // a transaction that reads the same twice in a row has read it once
                    if (told.isEmpty() || !told.get(told.size() - 1).equals(value)) {
                        told.add(value);
                        key.fault(deed, value).ifPresent(kind -> kinds.merge(kind, 1L, Long::sum));
                    }
                }
            }
        }
        return kinds;
    }
}
