package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Steps;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * Where a search finds the operations of an object, and where a configuration keeps what it says of them.
 *
 * <p>Of the required operations each has a slot, one bit of a configuration, that no other has that is open at the same
 * time. Of the optional ones each kind has a counter. The arrays are never changed after they were made.
 */
final class SearchLayout {
    private static final int NONE = -1;

    private final Subhistory operations;
    private final Steps steps;

    /** The required operations, in the order of invocation. */
    final int[] required;

    /** The places in {@link #required}, in order of completion. */
    final int[] byCompletion;

    /** Of each place in order of completion the first from there on that observes. */
    final int[] nextObserver;

    /** Of each required operation its bit. */
    final int[] slot;

    /** The optional operations, in the order of invocation. */
    final int[] optional;

    /** Those of the optional operations that overwrite, in the order of invocation. */
    final int[] optionalOverwrites;

    /** Of each optional operation its kind, numbered by first invocation. */
    final int[] optionalKind;

    /** Of each optional kind its number in the subhistory. */
    final int[] kindOf;

    /** In which word of a configuration an optional kind is counted. */
    final int[] counterWord;

    /** From which bit of the word on. */
    final int[] counterShift;

    /** The first word with counters. */
    final int firstCounter;

    /** Of each word with counters the guard bits. */
    final long[] guards;

    SearchLayout(Subhistory operations, Steps steps) {
        this.operations = operations;
        this.steps = steps;
        IntArrayList needed = new IntArrayList();
        IntArrayList free = new IntArrayList();
        for (int i = 0; i < operations.size(); i++) {
            (operations.isOptional(i) ? free : needed).addInt(i);
        }
        required = needed.toIntArray();
        optional = free.toIntArray();
        optionalOverwrites = Arrays.stream(optional)
                .filter(i -> steps.overwrites(operations.kind(i)))
                .toArray();
        byCompletion = inOrderOfCompletion();
        nextObserver = observersFrom();
        slot = new int[required.length];
        firstCounter = 1 + (assignSlots() + Long.SIZE - 1) / Long.SIZE;
        optionalKind = new int[optional.length];
        kindOf = numberKinds();
        counterWord = new int[kindOf.length];
        counterShift = new int[kindOf.length];
        guards = layOutCounters();
    }

    private int completed(int i) {
        return operations.completed(required[i]);
    }

    private int[] numberKinds() {
        int[] numberOfKind = new int[operations.calls().size()];
        Arrays.fill(numberOfKind, NONE);
        IntArrayList kinds = new IntArrayList();
        for (int i = 0; i < optional.length; i++) {
            int kind = operations.kind(optional[i]);
            if (numberOfKind[kind] == NONE) {
                numberOfKind[kind] = kinds.size();
                kinds.addInt(kind);
            }
            optionalKind[i] = numberOfKind[kind];
        }
        return kinds.toIntArray();
    }

    private int[] inOrderOfCompletion() {
        long[] order = new long[required.length];
        for (int i = 0; i < required.length; i++) {
            order[i] = ((long) completed(i) << 32) | i;
        }
        Arrays.sort(order);
        int[] sorted = new int[required.length];
        for (int i = 0; i < required.length; i++) {
            sorted[i] = (int) order[i];
        }
        return sorted;
    }

    private int[] observersFrom() {
        int end = required.length;
        int[] next = new int[end + 1];
        next[end] = end;
        for (int at = end - 1; at >= 0; at--) {
            next[at] = steps.observes(operations.kind(required[byCompletion[at]])) ? at : next[at + 1];
        }
        return next;
    }

    /** Gives each required operation a number that no other open at the same time has; returns how many there are. */
    private int assignSlots() {
        IntArrayList free = new IntArrayList();
        int slots = 0;
        int completions = 0;
        for (int i = 0; i < required.length; i++) {
            while (completed(byCompletion[completions]) < operations.invoked(required[i])) {
                free.addInt(slot[byCompletion[completions++]]);
            }
            slot[i] = free.isEmpty() ? slots++ : free.removeAt(free.size() - 1);
        }
        return slots;
    }

    /** Gives each optional kind a field wide enough for its operations; returns the guard bits of each word. */
    private long[] layOutCounters() {
        int[] most = new int[kindOf.length];
        for (int kind : optionalKind) {
            most[kind]++;
        }
        long[] guards = new long[kindOf.length];
        int word = 0;
        int shift = 0;
        for (int kind = 0; kind < kindOf.length; kind++) {
            int width = Integer.SIZE - Integer.numberOfLeadingZeros(most[kind]) + 1;
            if (shift + width > Long.SIZE) {
                word++;
                shift = 0;
            }
            counterWord[kind] = firstCounter + word;
            counterShift[kind] = shift;
            guards[word] |= 1L << (shift + width - 1);
            shift += width;
        }
        return Arrays.copyOf(guards, kindOf.length == 0 ? 0 : word + 1);
    }
}
