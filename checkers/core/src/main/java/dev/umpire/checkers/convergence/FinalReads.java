package dev.umpire.checkers.convergence;

import dev.umpire.checkers.evidence.Unconverged;
import dev.umpire.checkers.register.Register;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which reads are final: those that are marked, or the last of each node, and of both only those that began after the key was
 * written for the last time. What was read while it was still written can be called neither lost nor left behind.
 */
final class FinalReads {
    /** Continues the sentence "key x ..." where no read of it is final, whatever is marked. */
    static final String STILL_WRITTEN = "was still written when the reads began that are marked as final";

    private final History history;
    private final boolean marked;
    private final int lastFault;
    private final Optional<String> unconverged;

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
        unconverged = Unconverged.of(history);
    }

    /**
     * Why the final reads do not show the end: the replicas were still catching up. Then nothing is called lost or left behind for
     * what they returned.
     */
    Optional<String> unconverged() {
        return unconverged;
    }

    /** How the final reads were found, for a verdict. */
    String phrase() {
        return marked ? "final reads as marked" : "last read of each node after all writes and faults as final reads";
    }

    /** The final reads of a key that began after all its acknowledged writes, by invocation, the faulty ones too. */
    List<Integer> of(Register register) {
        return after(register, acknowledged(register));
    }

    /** As {@link #of}, and no write of unknown outcome, which may take effect at any time, was invoked after they began. */
    List<Integer> undisturbed(Register register) {
        int settled = acknowledged(register);
        for (int w = 0; w < register.writeCount(); w++) {
            if (!register.isAcknowledged(w)) {
                settled = Math.max(settled, register.invoked(register.accessOfWrite(w)));
            }
        }
        return after(register, settled);
    }

    /** The reads of a key that are marked as final, whenever they began. */
    List<Integer> markedOf(Register register) {
        return marked ? after(register, -1) : List.of();
    }

    /** Those of these reads of one key, by invocation, that are final if the key was settled at the position. */
    List<Integer> of(List<Integer> operations, int settled) {
        if (marked) {
            return operations.stream()
                    .filter(o -> history.isFinal(o) && history.invoked(o) > settled)
                    .toList();
        }
        Map<Integer, Integer> lastOfNode = new TreeMap<>();
        for (int operation : operations) {
            if (history.invoked(operation) > Math.max(settled, lastFault)) {
                lastOfNode.put(history.node(operation), operation);
            }
        }
        return lastOfNode.values().stream().sorted().toList();
    }

    /**
     * The last of these operations by invocation that began after a position, and is marked as final, or where nothing is
     * marked began after the last fault.
     */
    Optional<Integer> lastAfter(List<Integer> operations, int settled) {
        return operations.stream()
                .filter(o ->
                        history.invoked(o) > settled && (marked ? history.isFinal(o) : history.invoked(o) > lastFault))
                .reduce((a, b) -> b);
    }

    /** Those of these reads that are marked as final, whenever they began. */
    List<Integer> markedOf(List<Integer> operations) {
        return marked ? of(operations, -1) : List.of();
    }

    private List<Integer> after(Register register, int settled) {
        List<Integer> reads = new ArrayList<>();
        if (marked) {
            for (int a = 0; a < register.size(); a++) {
                if (isMarked(register, a) && register.invoked(a) > settled) {
                    reads.add(a);
                }
            }
            return reads;
        }
        Map<Integer, Integer> lastOfNode = new TreeMap<>();
        for (int a = 0; a < register.size(); a++) {
            if (isRead(register, a) && register.invoked(a) > Math.max(settled, lastFault)) {
                lastOfNode.put(history.node(register.operation(a)), a);
            }
        }
        reads.addAll(lastOfNode.values());
        reads.sort(null);
        return reads;
    }

    private static int acknowledged(Register register) {
        int settled = -1;
        for (int w = 0; w < register.writeCount(); w++) {
            if (register.isAcknowledged(w)) {
                settled = Math.max(settled, register.completed(register.accessOfWrite(w)));
            }
        }
        return settled;
    }

    private boolean isMarked(Register register, int access) {
        return isRead(register, access) && history.isFinal(register.operation(access));
    }

    private static boolean isRead(Register register, int access) {
        return register.read(access) != History.NONE && register.written(access) == History.NONE;
    }
}
