package dev.umpire.checkers.prefix;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lists of a history: in which order each was appended to, as its longest read shows, and how far each read had come.
 *
 * <p>A read is the beginning of that order of some length, or it stands {@link Apart}, or integrity is broken. Immutable;
 * 4 bytes for each read of the history, and for each append, where there are lists.
 */
final class Lists {
    /** In place of a length: what was read was never a list, or no state of it. */
    static final int FAULT = -1;
    /** In place of a length: a read that begins otherwise than the longest one. */
    static final int APART = -2;

    private static final int MOST_APART = 1_000;

    private final boolean[] list;
    private final boolean[] strange;
    private final int[][] order;
    /** Index into {@link #length} by operation; empty where there are no lists. */
    private final int[] start;

    private final int[] length;
    private final List<Apart> apart = new ArrayList<>();
    private final long[] apartCount;

    /**
     * Two operations that read lists of which neither is the beginning of the other; or one that read a list twice, and
     * not the same.
     *
     * @param first whose list begins like the longest one
     * @param second whose list does not; the same where one operation suffices
     */
    record Apart(int key, int first, int second) {}

    private Lists(History history) {
        int keys = history.keyCount();
        list = new boolean[keys];
        strange = new boolean[keys];
        order = new int[keys][0];
        apartCount = new long[keys];
        if (history.functionId("append") == History.NONE
                && history.functionId("txn") == History.NONE
                && !readsOfNothing(history)) {
            start = new int[0];
            length = new int[0];
            return;
        }
        Registers registers = Registers.of(history);
        start = new int[history.size() + 1];
        for (int operation = 0; operation < history.size(); operation++) {
            start[operation + 1] = start[operation] + history.readCount(operation);
        }
        length = new int[start[history.size()]];
        Arrays.fill(length, FAULT);
        for (int key = 0; key < keys; key++) {
            Register register = registers.register(key);
            strange[key] = register.misfit().isPresent()
                    || (register.isList()
                            && (register.isAmbiguous()
                                    || register.strangeFunction().isPresent()));
            list[key] = register.isList();
            if (list[key] && !strange[key]) {
                TracedOrder traced = TracedOrder.of(register).orElseThrow();
                trace(register, traced);
                measure(register, traced);
                if (traced.incompatible().isPresent()) {
                    compare(register);
                }
            }
        }
    }

    /** Whether a read of what nobody wrote returned a list. */
    private static boolean readsOfNothing(History history) {
        boolean[] written = new boolean[history.keyCount()];
        for (int operation = 0; operation < history.size(); operation++) {
            for (int i = 0; i < history.writeCount(operation); i++) {
                written[history.writeKey(operation, i)] = true;
            }
        }
        for (int operation = 0; operation < history.size(); operation++) {
            for (int i = 0; i < history.readCount(operation); i++) {
                if (!written[history.readKey(operation, i)]
                        && history.value(history.readValue(operation, i)) instanceof Value.Sequence) {
                    return true;
                }
            }
        }
        return false;
    }

    static Lists of(History history) {
        return new Lists(history);
    }

    /** Whether something is appended to the key. */
    boolean isList(int key) {
        return list[key];
    }

    /** Whether the key is neither a list that can be judged nor a register. */
    boolean isStrange(int key) {
        return strange[key];
    }

    /** The operations that appended to the list, in the order that reads show; do not write. */
    int[] order(int key) {
        return order[key];
    }

    /** How many appends the {@code i}-th read of an operation shows, or {@link #FAULT}, {@link #APART}. */
    int length(int operation, int i) {
        return length[start[operation] + i];
    }

    /** How many reads of the list begin otherwise than the longest one. */
    long apartCount(int key) {
        return apartCount[key];
    }

    /** For the first of those reads, by key, what it contradicts. */
    List<Apart> apart() {
        return List.copyOf(apart);
    }

    private void trace(Register register, TracedOrder traced) {
        int[] operations = new int[traced.count()];
        Arrays.setAll(operations, place -> register.operationOfWrite(traced.write(place)));
        order[register.key()] = operations;
    }

    private void measure(Register register, TracedOrder traced) {
        History history = register.history();
        for (int access = 0; access < register.size(); access++) {
            if (!register.isGoodRead(access)) {
                continue;
            }
            int operation = register.operation(access);
            int source = register.source(access);
            int shown = source == Register.INITIAL ? 0 : (int) traced.rank(source) + 1;
            if (traced.incompatible().isPresent() && register.apart(access).isPresent()) {
                shown = APART;
                apartCount[register.key()]++;
            }
            for (int i = 0; i < history.readCount(operation); i++) {
                if (history.readKey(operation, i) == register.key()
                        && history.readValue(operation, i) == register.read(access)) {
                    length[start[operation] + i] = shown;
                }
            }
        }
    }

    /** Whether the operation read several states of the list. */
    private boolean differs(History history, int operation, int key) {
        int seen = History.NONE;
        for (int i = 0; i < history.readCount(operation); i++) {
            if (history.readKey(operation, i) == key && length(operation, i) != FAULT) {
                if (seen != History.NONE && seen != history.readValue(operation, i)) {
                    return true;
                }
                seen = history.readValue(operation, i);
            }
        }
        return false;
    }

    /** Finds for each read that stands apart the first one that shows what it should show in that place. */
    private void compare(Register register) {
        int[] longest = order[register.key()];
        int[] firstOfLength = new int[longest.length + 1];
        Arrays.fill(firstOfLength, History.NONE);
        History history = register.history();
        for (int access = register.size() - 1; access >= 0; access--) {
            int operation = register.operation(access);
            for (int i = 0; i < history.readCount(operation); i++) {
                if (history.readKey(operation, i) == register.key() && length(operation, i) >= 0) {
                    firstOfLength[length(operation, i)] = operation;
                }
            }
        }
        int[] firstLonger = firstOfLength.clone(); // the first by number that shows so many or more
        for (int shown = longest.length - 1; shown >= 0; shown--) {
            int longer = firstLonger[shown + 1];
            if (firstLonger[shown] == History.NONE || (longer != History.NONE && longer < firstLonger[shown])) {
                firstLonger[shown] = longer;
            }
        }
        for (int access = 0; access < register.size() && apart.size() < MOST_APART; access++) {
            int[] shown = register.isGoodRead(access) ? register.apart(access).orElse(new int[0]) : new int[0];
            if (shown.length > 0) {
                int common = 0;
                while (common < Math.min(shown.length, longest.length)
                        && register.operationOfWrite(shown[common]) == longest[common]) {
                    common++;
                }
                if (common < longest.length && firstLonger[common + 1] != History.NONE) {
                    int other = firstLonger[common + 1];
                    int reader = register.operation(access);
                    boolean alone = differs(history, reader, register.key());
                    boolean otherAlone = !alone && differs(history, other, register.key());
                    apart.add(new Apart(register.key(), alone ? reader : other, otherAlone ? other : reader));
                }
            }
        }
    }
}
