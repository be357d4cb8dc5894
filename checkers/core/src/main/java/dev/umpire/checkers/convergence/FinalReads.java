package dev.umpire.checkers.convergence;

import dev.umpire.checkers.register.Register;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which reads are final. */
final class FinalReads {
    private final History history;
    private final boolean marked;
    private final int lastFault;

    FinalReads(History history) {
        this.history = history;
        boolean any = false;
        for (int o = 0; o < history.size() && !any; o++) {
            any = history.isFinal(o);
        }
        marked = any;
        int last = -1;
        for (NemesisEvent event : history.nemesisEvents()) {
            last = Math.max(last, event.position());
        }
        lastFault = last;
    }

    /** How the final reads were found, for a verdict. */
    String phrase() {
        return marked ? "final reads as marked" : "last read of each node after all writes and faults as final reads";
    }

    /** The final reads of a key, in the order of their invocations, the faulty ones too. */
    List<Integer> of(Register register) {
        List<Integer> reads = new ArrayList<>();
        if (marked) {
            for (int a = 0; a < register.size(); a++) {
                if (isRead(register, a) && history.isFinal(register.operation(a))) {
                    reads.add(a);
                }
            }
            return reads;
        }
        int settled = lastFault;
        for (int w = 0; w < register.writeCount(); w++) {
            if (register.isAcknowledged(w)) {
                settled = Math.max(settled, register.completed(register.accessOfWrite(w)));
            }
        }
        Map<Integer, Integer> lastOfNode = new TreeMap<>();
        for (int a = 0; a < register.size(); a++) {
            if (isRead(register, a) && register.invoked(a) > settled) {
                lastOfNode.put(history.node(register.operation(a)), a);
            }
        }
        reads.addAll(lastOfNode.values());
        reads.sort(null);
        return reads;
    }

    private static boolean isRead(Register register, int access) {
        return register.read(access) != History.NONE && register.written(access) == History.NONE;
    }
}
