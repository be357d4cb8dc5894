package dev.umpire.histories.binary;

import dev.umpire.histories.event.MalformedHistoryException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the content of a block, as {@link ContentWriter} wrote it; nothing behind its end is ever read, and no room is made
 * for what a number promises and the content cannot hold. Not thread-safe.
 */
public final class ContentReader {
    /** Bytes of room behind the content that whole words may be read from. */
    static final int SLACK_BYTES = 16;

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** No more than this is deflated into one byte. */
    private static final int MOST_DEFLATED = 1_032;

    private final String source;
    private final byte[] bytes;
    private final int end;
    private final long offset;
    private final boolean inSection;
    private int next;

    /**
     * @param source the file, for messages
     * @param bytes the content and {@link #SLACK_BYTES} of room
     * @param offset of the first byte in the file
     */
    ContentReader(String source, byte[] bytes, int length, long offset) {
        this(source, bytes, length, offset, false);
    }

    private ContentReader(String source, byte[] bytes, int length, long offset, boolean inSection) {
        if (bytes.length - length < SLACK_BYTES) {
            throw new IllegalArgumentException(
                    "bytes: found " + bytes.length + ", expected at least " + (length + SLACK_BYTES));
        }
        this.source = source;
        this.bytes = bytes;
        this.end = length;
        this.offset = offset;
        this.inSection = inSection;
    }

    byte[] bytes() {
        return bytes;
    }

    String source() {
        return source;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - next;
    }

    /** The place of the next byte in {@link #bytes}, behind which {@code count} bytes are passed over. */
    int take(long count) throws MalformedHistoryException {
        if (count < 0 || count > end - next) {
            throw refused("found " + remaining() + " more bytes of the block, expected " + count);
        }
        int from = next;
        next += (int) count;
        return from;
    }

    /** The place of the next byte, to which {@link #back} leads. */
    int place() {
        return next;
    }

    /** Goes back to a place, to read again what stands there. */
    void back(int place) {
        next = place;
    }

    /** One byte, 0 to 255. */
    public int u8() throws MalformedHistoryException {
        return bytes[take(1)] & 0xff;
    }

    /** Four bytes. */
    public int i32() throws MalformedHistoryException {
        return (int) INTS.get(bytes, take(Integer.BYTES));
    }

    /** Eight bytes. */
    public long i64() throws MalformedHistoryException {
        return (long) LONGS.get(bytes, take(Long.BYTES));
    }

    /** An unsigned number of at most 64 bits. */
    public long varint() throws MalformedHistoryException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = u8();
            number |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return number;
            }
        }
        throw refused("found a number of more than 64 bits, expected at most that");
    }

    /** A number with its sign. */
    public long signed() throws MalformedHistoryException {
        long number = varint();
        return (number >>> 1) ^ -(number & 1);
    }

    /** A number from 0 to {@code most}. */
    public int upTo(long most, String what) throws MalformedHistoryException {
        long number = varint();
        if (number < 0 || number > most) {
            throw refused("found " + Long.toUnsignedString(number) + " for " + what + ", expected 0 to " + most);
        }
        return (int) number;
    }

    /** How many things follow, each of at least one byte. */
    public int count(String what) throws MalformedHistoryException {
        return upTo(remaining(), "the number of " + what);
    }

    /** A text. */
    public String text() throws MalformedHistoryException {
        long head = varint();
        int length = (int) Math.min(head >>> 1, Integer.MAX_VALUE);
        int from = take(length);
        if ((head & 1) == 0) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        char[] wide = new char[length / 2];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = (char) ((bytes[from + 2 * i] & 0xff) | (bytes[from + 2 * i + 1] << 8));
        }
        return new String(wide);
    }

    /** Bytes as they are. */
    public byte[] raw(int length) throws MalformedHistoryException {
        int from = take(length);
        byte[] taken = new byte[length];
        System.arraycopy(bytes, from, taken, 0, length);
        return taken;
    }

    /** What {@link ContentWriter#section} wrote, to be read on its own. */
    public ContentReader section() throws MalformedHistoryException {
        int length = i32();
        int stored = i32();
        int from = take(stored);
        long place = placeOf(from);
        if (length == stored) {
            byte[] room = new byte[length + SLACK_BYTES];
            System.arraycopy(bytes, from, room, 0, length);
            return new ContentReader(source, room, length, place, true);
        }
        if (length < stored || length / MOST_DEFLATED > stored || length > Integer.MAX_VALUE - 64) {
            throw refused("found a section of " + length + " bytes in " + stored + ", expected less than "
                    + MOST_DEFLATED + " for one");
        }
        byte[] room = new byte[length + SLACK_BYTES];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, stored);
            int inflated = inflater.inflate(room, 0, length);
            if (inflated != length) {
                throw refused("found a section of " + inflated + " bytes, expected " + length);
            }
        } catch (DataFormatException altered) {
            throw refused("found bytes that cannot be inflated, expected a section deflated by zlib");
        } finally {
            inflater.end();
        }
        return new ContentReader(source, room, length, place, true);
    }

    /** Refuses content that goes on. */
    public void expectEnd() throws MalformedHistoryException {
        if (next != end) {
            throw refused("found " + remaining() + " more bytes, expected the end of the block");
        }
    }

    /** A refusal at this place. */
    public MalformedHistoryException refused(String problem) {
        return MalformedHistoryException.atByte(source, placeOf(next), problem);
    }

    /** The place in the file; of what was inflated, that of the section. */
    private long placeOf(int at) {
        return inSection ? offset : offset + at;
    }
}
