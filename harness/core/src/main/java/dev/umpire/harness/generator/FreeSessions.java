package dev.umpire.harness.generator;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The numbers of the sessions that can ask something, the one that has been free longest first. Immutable: what is added or
 * taken makes another.
 *
 * <p>A generator is asked several times an operation, each time with the sessions that are free then. So that none of that
 * costs a copy, lists of which one came from the other look at different parts of the same slots; a slot that any of them can
 * see is never written again.
 */
public final class FreeSessions extends AbstractList<Integer> implements RandomAccess {
    /** No session. */
    public static final FreeSessions NONE = new FreeSessions(new Slots(0), 0, 0);

    private static final int LEAST_SLOTS = 16;

    private final Slots slots;
    private final int from;
    private final int size;

    private static final class Slots {
        private final int[] numbers;
        private int used;

        Slots(int count) {
            this.numbers = new int[count];
        }
    }

    private FreeSessions(Slots slots, int from, int size) {
        this.slots = slots;
        this.from = from;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Integer get(int place) {
        return slots.numbers[from + Objects.checkIndex(place, size)];
    }

    /** The same, with this session at the end. */
    public FreeSessions with(int session) {
        FreeSessions longer = slots.used == from + size && slots.used < slots.numbers.length ? this : copyWithout(size);
        longer.slots.numbers[longer.slots.used++] = session;
        return new FreeSessions(longer.slots, longer.from, size + 1);
    }

    /**
     * The same, without this session.
     *
     * @throws IllegalArgumentException if it is not among them
     */
    public FreeSessions without(int session) {
        int place = indexOf(session);
        if (place < 0) {
            throw new IllegalArgumentException("session: found " + session + ", expected one of " + this);
        }
        return place == 0 ? new FreeSessions(slots, from + 1, size - 1) : copyWithout(place);
    }

    private FreeSessions copyWithout(int place) {
        Slots copy = new Slots(Math.max(LEAST_SLOTS, 2 * size));
        for (int i = 0; i < size; i++) {
            if (i != place) {
                copy.numbers[copy.used++] = slots.numbers[from + i];
            }
        }
        return new FreeSessions(copy, 0, copy.used);
    }
}
