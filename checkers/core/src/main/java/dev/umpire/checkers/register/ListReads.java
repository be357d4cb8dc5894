package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What the reads of a list returned, and the order of appends that they show.
 *
 * <p>A read returned the append of its last element. The longest list so far is the trace. A list that begins like the
 * trace is compared with it element by element, without a look into any table; each distinct list is looked at once,
 * however many reads returned it. O(accesses + the length of all distinct lists), and once more the length of a list that
 * a transaction read before it appended to it.
 */
final class ListReads {
    /** What stands in place of an element that nobody tried to append. */
    private static final int NOBODY = Register.NOBODY;

    private final Register register;
    private final History history;
    private final ElementIds ids;
    private final int[] writer;
    private final Int2IntHashMap secondWriter;

    /** By element of a transaction that appended several to the list, the element that it appended just before. */
    private final Int2IntHashMap before = new Int2IntHashMap(History.NONE);
    /** The elements after which their transaction appended another. */
    private final IntHashSet early = new IntHashSet();

    // the trace, by place
    private final List<Value> traceElement = new ArrayList<>();
    private final IntArrayList traceId = new IntArrayList();
    /** The place of the element whose append was invoked last, of all elements up to here. */
    private final IntArrayList traceLatest = new IntArrayList();

    private final Int2IntHashMap placeInTrace = new Int2IntHashMap(History.NONE);
    private int traceReader = History.NONE;

    // the distinct lists that were read, by the rank of their first reader
    private final Int2IntHashMap rankOfList = new Int2IntHashMap(History.NONE);
    private final IntArrayList fault = new IntArrayList();
    private final IntArrayList culprit = new IntArrayList();
    private final List<Value> culprits = new ArrayList<>();
    private final IntArrayList lastId = new IntArrayList();
    private final IntArrayList latestId = new IntArrayList();
    private final BitSet merged = new BitSet();
    /** By rank, the writes that a list shows which does not begin like the trace. */
    private final Map<Integer, int[]> apart = new HashMap<>();

    // the list at hand
    private final IntArrayList tail = new IntArrayList();
    private final IntHashSet inTail = new IntHashSet();
    private int common;

    private boolean allLists = true;
    private int @Nullable [] incompatible;

    ListReads(Register register, ElementIds ids, int[] writer, Int2IntHashMap secondWriter) {
        this.register = register;
        this.ids = ids;
        this.writer = writer;
        this.secondWriter = secondWriter;
        history = register.history();
    }

    /** A transaction that did not fail appended the second directly after the first. */
    void appendedTogether(int first, int second) {
        early.add(first);
        before.put(second, first);
    }

    /** The source of a read: the append of its last element, or one of the negative constants of {@link Register}. */
    int source(int access) {
        int value = register.read(access);
        if (value == History.NIL || value == history.initialValue()) {
            return Register.INITIAL;
        }
        int rank = rankOfList.get(value);
        if (rank == History.NONE) {
            if (!(history.value(value) instanceof Value.Sequence list)) {
                allLists = false;
                return Register.PHANTOM;
            }
            if (list.elements().isEmpty()) {
                return Register.INITIAL;
            }
            rank = fault.size();
            rankOfList.put(value, rank);
            judge(list.elements());
        }
        if (fault.getInt(rank) < 0) {
            return fault.getInt(rank);
        }
        int latest = register.accessOfWrite(writer[latestId.getInt(rank)]);
        if (register.invoked(latest) > register.completed(access)) {
            if (history.realTime()) {
                return Register.FUTURE;
            }
            register.markFromLater(access);
        }
        if (ownElement(access) != NOBODY) {
            return Register.PHANTOM;
        }
        if (!merged.get(rank)) {
            merged.set(rank);
            merge(elements(value), access, rank);
        }
        return writer[lastId.getInt(rank)];
    }

    private List<Value> elements(int value) {
        return ((Value.Sequence) history.value(value)).elements();
    }

    /** Compares the list with the trace, and names the elements in which it goes on otherwise. */
    private void compare(List<Value> list) {
        common = 0;
        int most = Math.min(list.size(), traceElement.size());
        while (common < most && traceElement.get(common).equals(list.get(common))) {
            common++;
        }
        tail.clear();
        for (int i = common; i < list.size(); i++) {
            tail.addInt(ids.of(list.get(i)));
        }
    }

    /** The id of the element at a place of the list at hand. */
    private int id(int place) {
        return place < common ? traceId.getInt(place) : tail.getInt(place - common);
    }

    private void judge(List<Value> list) {
        compare(list);
        inTail.clear();
        int size = list.size();
        int latest = common == 0 ? History.NONE : traceId.getInt(traceLatest.getInt(common - 1));
        for (int i = common; i < size; i++) {
            int id = tail.getInt(i - common);
            int wrong = faultAt(i, id);
            if (wrong < 0) {
                // of elements that should have stood together the first is told, not what stands between them
                int told = wrong == Register.INTERMEDIATE && !isApart(i, id) ? i - 1 : i;
                close(wrong, id(told), list.get(told), History.NONE, History.NONE);
                return;
            }
            inTail.add(id);
            if (latest == History.NONE || writer[id] > writer[latest]) {
                latest = id;
            }
        }
        int last = id(size - 1);
        boolean cut = early.contains(last) && !isAmbiguous(last);
        close(cut ? Register.INTERMEDIATE : 0, last, list.get(size - 1), last, latest);
    }

    private void close(int wrong, int id, Value element, int last, int latest) {
        fault.addInt(wrong);
        culprit.addInt(id);
        culprits.add(element);
        lastId.addInt(last);
        latestId.addInt(latest);
    }

    private boolean isAmbiguous(int id) {
        return secondWriter.containsKey(id);
    }

    /** What is wrong with an element at a place of the list at hand; 0: nothing. */
    private int faultAt(int place, int id) {
        if (id == History.NONE || writer[id] == NOBODY) {
            return Register.PHANTOM;
        }
        if (writer[id] < 0) {
            return writer[id];
        }
        int inTrace = placeInTrace.get(id);
        boolean again = (inTrace != History.NONE && inTrace < common) || inTail.contains(id);
        if (again && !isAmbiguous(id)) {
            return Register.DUPLICATE;
        }
        return isApart(place, id) || isParted(place, id) ? Register.INTERMEDIATE : 0;
    }

    private int previous(int place) {
        return place == 0 ? History.NONE : id(place - 1);
    }

    /** Whether the element does not stand directly after the one after which its transaction appended it. */
    private boolean isApart(int place, int id) {
        int expected = before.get(id);
        return expected != History.NONE && expected != previous(place) && !isAmbiguous(id);
    }

    /** Whether it stands where the transaction of the one before it appended another. */
    private boolean isParted(int place, int id) {
        int previous = previous(place);
        return early.contains(previous) && before.get(id) != previous && !isAmbiguous(previous);
    }

    /** The list is as good as any: its appends were seen, and it goes on where the trace ends, or contradicts it. */
    private void merge(List<Value> list, int access, int rank) {
        compare(list);
        for (int i = common; i < list.size(); i++) {
            register.markSeen(writer[id(i)]);
        }
        if (common == list.size()) {
            return;
        }
        if (common < traceElement.size()) {
            if (incompatible == null) {
                incompatible = new int[] {traceReader, access};
            }
            apart.put(rank, writesOf(list));
            return;
        }
        traceReader = access;
        for (int i = common; i < list.size(); i++) {
            int id = tail.getInt(i - common);
            int latest = i == 0 ? 0 : traceLatest.getInt(i - 1);
            boolean later = i > 0 && writer[id] > writer[traceId.getInt(latest)];
            traceLatest.addInt(later ? i : latest);
            traceElement.add(list.get(i));
            traceId.addInt(id);
            placeInTrace.putIfAbsent(id, i);
        }
    }

    /** The writes behind the list at hand, in its order. */
    private int[] writesOf(List<Value> list) {
        IntArrayList writes = new IntArrayList();
        for (int i = 0; i < list.size(); i++) {
            if (!early.contains(id(i))) {
                writes.addInt(writer[id(i)]);
            }
        }
        return writes.toIntArray();
    }

    /** The writes that the access showed, if it is a good read of a list that does not begin like the trace. */
    Optional<int[]> apart(int access) {
        int rank = rankOfList.get(register.read(access));
        return rank == History.NONE || !register.isGoodRead(access)
                ? Optional.empty()
                : Optional.ofNullable(apart.get(rank)).map(int[]::clone);
    }

    /** An element of the list that the reader itself appended, later: it cannot have read that; NOBODY if there is none. */
    private int ownElement(int access) {
        int own = ownWrite(access);
        if (own == NOBODY) {
            return NOBODY;
        }
        compare(elements(register.read(access)));
        for (int i = 0; i < common + tail.size(); i++) {
            if (writer[id(i)] == own && !isAmbiguous(id(i))) {
                return id(i);
            }
        }
        return NOBODY;
    }

    /** What the operation of the access itself appended to the list; accesses of an operation stand side by side. */
    private int ownWrite(int access) {
        for (int a = access + 1; a < register.size() && register.operation(a) == register.operation(access); a++) {
            if (register.writeOf(a) >= 0) {
                return register.writeOf(a);
            }
        }
        return NOBODY;
    }

    /** Whether every read returned a list, or nothing. */
    boolean areAllLists() {
        return allLists;
    }

    /** The element for which the read was left out, or {@link Value#NIL} where it was no list at all. */
    Value culprit(int access) {
        int rank = rankOfList.get(register.read(access));
        if (rank == History.NONE) {
            return Value.NIL;
        }
        int id = culpritId(access);
        return id == History.NONE ? culprits.get(rank) : history.value(id);
    }

    /** The id of that element; {@link History#NONE} for what nobody tried to append. */
    int culpritId(int access) {
        int rank = rankOfList.get(register.read(access));
        if (rank == History.NONE) {
            return History.NONE;
        }
        if (register.isFromLater(access)) {
            return latestId.getInt(rank);
        }
        return switch (register.source(access)) {
            case Register.FUTURE -> latestId.getInt(rank);
            case Register.PHANTOM -> fault.getInt(rank) < 0 ? culprit.getInt(rank) : ownAppended(access);
            default -> culprit.getInt(rank);
        };
    }

    /** As {@link #ownElement}, when the table of writers is no longer at hand. */
    private int ownAppended(int access) {
        int own = ownWrite(access);
        compare(elements(register.read(access)));
        for (int i = 0; i < common + tail.size(); i++) {
            if (register.isElementOf(id(i), own)) {
                return id(i);
            }
        }
        return History.NONE;
    }

    TracedOrder traced() {
        IntArrayList writes = new IntArrayList();
        for (int i = 0; i < traceId.size(); i++) {
            if (!early.contains(traceId.getInt(i))) {
                writes.addInt(writer[traceId.getInt(i)]);
            }
        }
        return new TracedOrder(writes.toIntArray(), register, Optional.ofNullable(incompatible));
    }
}
