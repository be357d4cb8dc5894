package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Values in a row, immutable: added at the end, taken from the front, each in constant time.
 *
 * <p>Rows that come from one another share one array, each a window of it. The first to add behind the end of a row has the
 * place there; whoever comes later to the same place copies.
 */
final class Queue {
    static final Queue EMPTY = new Queue(new Shared(0), 0, 0, 0);

    /** Odd, so that it has an inverse and the first value can be taken out of the hash. */
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private static final long INVERSE = inverse(BASE);

    private final Shared shared;
    private final int from;
    private final int to;
    /** The sum of the values' hashes, the i-th times BASE to the power of i. */
    private final long hash;

    private Queue(Shared shared, int from, int to, long hash) {
        this.shared = shared;
        this.from = from;
        this.to = to;
        this.hash = hash;
    }

    /** Written once at each place, before the row that has it is handed out. */
    private static final class Shared {
        final Value[] values;
        final AtomicInteger used = new AtomicInteger();

        Shared(int length) {
            values = new Value[length];
        }
    }

    int size() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }

    /** The one that is taken next; there has to be one. */
    Value first() {
        return shared.values[from];
    }

    Queue withoutFirst() {
        return from + 1 == to ? EMPTY : new Queue(shared, from + 1, to, (hash - hashOf(first())) * INVERSE);
    }

    Queue plus(Value value) {
        long more = hash + hashOf(value) * power(size());
        if (to < shared.values.length && shared.used.compareAndSet(to, to + 1)) {
            shared.values[to] = value;
            return new Queue(shared, from, to + 1, more);
        }
        Shared copy = new Shared(Math.max(8, 2 * size()));
        System.arraycopy(shared.values, from, copy.values, 0, size());
        copy.values[size()] = value;
        copy.used.set(size() + 1);
        return new Queue(copy, 0, size() + 1, more);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Queue queue) || hash != queue.hash || size() != queue.size()) {
            return false;
        }
        if (shared == queue.shared && from == queue.from) {
            return true;
        }
        for (int i = 0; i < size(); i++) {
            if (!shared.values[from + i].equals(queue.shared.values[queue.from + i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return (int) (hash ^ (hash >>> 32));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : " ").append(shared.values[i]);
        }
        return text.append(']').toString();
    }

    private static long hashOf(Value value) {
        long hash = (value.hashCode() + 1L) * 0xC2B2AE3D27D4EB4FL;
        return hash ^ (hash >>> 29);
    }

    private static long power(int exponent) {
        long power = 1;
        long square = BASE;
        for (int left = exponent; left > 0; left >>= 1) {
            power *= (left & 1) == 1 ? square : 1;
            square *= square;
        }
        return power;
    }

    /** By Newton: each step doubles the number of bits that are right. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
