package dev.umpire.histories.internal;

import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Values by number, each once; {@link Value#NIL} is 0.
 *
 * <p>An integer of 64 bits costs no object: it stands in {@code bits}, 16 to 24 bytes with its place in the hash table.
 * Not thread-safe while values are added.
 *
 * <pre>
 *  bits[id]   an Int: the number itself     another value: hash (upper 32 bits) | place in objects (lower 32 bits)
 * </pre>
 */
public final class ValueTable {
    /** The id of {@link Value#NIL}. */
    public static final int NIL = 0;

    private static final int FREE = -1;
    private static final int RECENT = 1 << 10;

    private long[] bits = new long[64];
    private final BitSet isObject;
    private int size;
    private Value[] objects = new Value[16];
    private int objectCount;
    private int[] intSlots = freeSlots(128);
    private int intCount;
    private int[] objectSlots = freeSlots(32);

    /** Integers that were asked for lately: a completion repeats what its invocation said, and misses no cache so. */
    private long[] recent = new long[RECENT];

    private int[] recentIds = freeSlots(RECENT);

    public ValueTable() {
        isObject = new BitSet();
        idOf(Value.NIL);
    }

    /**
     * A table of values that are known to differ, as {@link #trim} leaves one: nothing is added to it or looked for.
     *
     * @param numbers of each id the integer, or the place of its value in {@code objects}
     * @param isObject the ids of values that are no integers
     */
    public static ValueTable of(long[] numbers, BitSet isObject, Value[] objects) {
        ValueTable table = new ValueTable(numbers, isObject, objects);
        table.trim();
        return table;
    }

    private ValueTable(long[] numbers, BitSet isObject, Value[] objects) {
        this.bits = numbers;
        this.size = numbers.length;
        this.isObject = isObject;
        this.objects = objects;
        this.objectCount = objects.length;
    }

    /** How many different values there are. */
    public int size() {
        return size;
    }

    /** The id of an integer, which is added if it is new. */
    public int idOf(long number) {
        int place = (int) number & (RECENT - 1);
        if (recent[place] == number && recentIds[place] != FREE) {
            return recentIds[place];
        }
        int id = find(number);
        recent[place] = number;
        recentIds[place] = id;
        return id;
    }

    private int find(long number) {
        int mask = intSlots.length - 1;
        int slot = spread(number) & mask;
        while (intSlots[slot] != FREE) {
            int id = intSlots[slot];
            if (bits[id] == number) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        int id = append(number);
        intSlots[slot] = id;
        intCount++;
        if (intCount * 3L > intSlots.length * 2L) {
            growIntSlots();
        }
        return id;
    }

    /** The id of a value, which is added if it is new. */
    public int idOf(Value value) {
        if (value instanceof Value.Int number) {
            return idOf(number.value());
        }
        int hash = spread(value.hashCode());
        int mask = objectSlots.length - 1;
        int slot = hash & mask;
        while (objectSlots[slot] != FREE) {
            int id = objectSlots[slot];
            if ((int) (bits[id] >>> 32) == hash && objects[(int) bits[id]].equals(value)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        if (objectCount == objects.length) {
            objects = Arrays.copyOf(objects, grown(objectCount));
        }
        int id = append(((long) hash << 32) | objectCount);
        isObject.set(id);
        objects[objectCount++] = value;
        objectSlots[slot] = id;
        if (objectCount * 3L > objectSlots.length * 2L) {
            growObjectSlots();
        }
        return id;
    }

    /** The value with this id. */
    public Value get(int id) {
        if (id < 0 || id >= size) {
            throw new IndexOutOfBoundsException("value: found " + id + ", expected 0 to " + (size - 1));
        }
        return isObject.get(id) ? objects[(int) bits[id]] : new Value.Int(bits[id]);
    }

    /** Whether the value with this id is an integer of 64 bits. */
    public boolean isInt(int id) {
        return !isObject.get(id);
    }

    /** The integer with this id, of which {@link #isInt} is true. */
    public long number(int id) {
        return bits[id];
    }

    /** Gives back everything that only adding and finding ids needs: afterwards there is only {@link #get}. */
    public void trim() {
        bits = bits.length == size ? bits : Arrays.copyOf(bits, size);
        objects = Arrays.copyOf(objects, objectCount);
        intSlots = new int[0];
        objectSlots = new int[0];
        recent = new long[0];
        recentIds = new int[0];
    }

    private int append(long entry) {
        if (size == bits.length) {
            bits = Arrays.copyOf(bits, grown(size));
        }
        bits[size] = entry;
        return size++;
    }

    private void growIntSlots() {
        int[] slots = freeSlots(intSlots.length * 2);
        int mask = slots.length - 1;
        for (int id : intSlots) {
            if (id != FREE) {
                int slot = spread(bits[id]) & mask;
                while (slots[slot] != FREE) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = id;
            }
        }
        intSlots = slots;
    }

    private void growObjectSlots() {
        int[] slots = freeSlots(objectSlots.length * 2);
        int mask = slots.length - 1;
        for (int id : objectSlots) {
            if (id != FREE) {
                int slot = (int) (bits[id] >>> 32) & mask;
                while (slots[slot] != FREE) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = id;
            }
        }
        objectSlots = slots;
    }

    private static int[] freeSlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, FREE);
        return slots;
    }

    private static int grown(int length) {
        return length + (length >> 1) + 16;
    }

    private static int spread(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
