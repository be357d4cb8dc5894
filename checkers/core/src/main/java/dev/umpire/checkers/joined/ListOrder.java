package dev.umpire.checkers.joined;

import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.IntArrayList;

/** The order of the appends of each list: its longest read tells it; appends that this one lacks came after it. */
final class ListOrder {
    private final Lanes lanes;
    private final Writers writers;
    private final int[] nodeOf;
    /** Of each key the node that read the longest list. */
    private final int[] longest;

    private final List<List<Value>> lists = new ArrayList<>();
    /** Of each node the key in whose list it was last met. */
    private final int[] metIn;

    /** Three nodes each, one after the other: the third read a list that shows that the first came before the second. */
    final IntArrayList shown = new IntArrayList();

    private Optional<Fault> fault = Optional.empty();

    ListOrder(Lanes lanes, Writers writers, int[] nodeOf, int keys) {
        this.lanes = lanes;
        this.writers = writers;
        this.nodeOf = nodeOf;
        longest = new int[keys];
        Arrays.fill(longest, Lanes.NONE);
        for (int key = 0; key < keys; key++) {
            lists.add(List.of());
        }
        metIn = new int[lanes.size()];
        Arrays.fill(metIn, Lanes.NONE);
    }

    /** A node found a list. */
    void read(int node, int key, List<Value> list) {
        List<Value> known = lists.get(key);
        boolean longer = list.size() > known.size();
        List<Value> shorter = longer ? known : list;
        if (!(longer ? list : known).subList(0, shorter.size()).equals(shorter) && fault.isEmpty()) {
            fault = Optional.of(new Fault(
                    Fault.Kind.INCOMPATIBLE, List.of(lanes.operation[longest[key]], lanes.operation[node]), key));
        }
        if (longer || longest[key] == Lanes.NONE) {
            longest[key] = node;
            lists.set(key, list);
        }
    }

    /** All lists are known now, and by key which nodes append. */
    void close(IntArrayList[] appending) {
        for (int key = 0; key < longest.length && fault.isEmpty(); key++) {
            if (!lists.get(key).isEmpty()) {
                show(key, appending[key]);
            }
        }
    }

    private void show(int key, IntArrayList appending) {
        List<Value> list = lists.get(key);
        int before = Lanes.NONE;
        int at = 0;
        while (at < list.size()) {
            int writer = writers.of(key, list.get(at));
            int length = writer == Writers.NOBODY ? 0 : writers.lengthOfAppends(key, writer, list, at);
            if (length == 0) {
                at++;
                continue;
            }
            int node = nodeOf[writer];
            if (metIn[node] == key && fault.isEmpty()) {
                fault = Optional.of(new Fault(Fault.Kind.TORN, List.of(writer, lanes.operation[longest[key]]), key));
            }
            metIn[node] = key;
            if (before != Lanes.NONE) {
                show(before, node, longest[key]);
            }
            before = node;
            at += length;
        }
        if (before == Lanes.NONE) {
            return;
        }
        for (int i = 0; i < appending.size(); i++) {
            if (metIn[appending.getInt(i)] != key) {
                show(before, appending.getInt(i), longest[key]);
            }
        }
    }

    private void show(int first, int second, int reader) {
        shown.addInt(first);
        shown.addInt(second);
        shown.addInt(reader);
    }

    /** Two lists that do not go together, or an append that one of them has twice. */
    Optional<Fault> fault() {
        return fault;
    }
}
