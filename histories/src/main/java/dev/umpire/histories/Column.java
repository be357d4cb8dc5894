package dev.umpire.histories;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing column of numbers that takes no room until a row differs from {@code absent}.
 *
 * <p>Rows are kept in pieces of 65,536, so that growing copies nothing. The newest piece is open; an older one is as
 * narrow as the distance between its smallest and largest number asks for, and a piece of absent rows is not there. The
 * first piece begins small, as most histories of a test are.
 * Not thread-safe while rows are set.
 */
final class Column {
    private static final int SHIFT = 16;
    private static final int PIECE_ROWS = 1 << SHIFT;
    private static final int MASK = PIECE_ROWS - 1;
    private static final int FIRST_ROWS = 64;
    private static final int NOTHING_OPEN = -1;

    private final long absent;
    private @Nullable Piece[] pieces = new Piece[0];
    private long[] open = new long[0];
    private int openPiece = NOTHING_OPEN;

    Column(long absent) {
        this.absent = absent;
    }

    void set(int row, long number) {
        if (row >>> SHIFT == openPiece) {
            int at = row & MASK;
            if (at >= open.length) {
                growOpen(at);
            }
            open[at] = number;
        } else {
            setElsewhere(row, number);
        }
    }

    private void growOpen(int row) {
        int before = open.length;
        open = Arrays.copyOf(open, rowsFor(row));
        Arrays.fill(open, before, open.length, absent);
    }

    private static int rowsFor(int row) {
        return Math.max(FIRST_ROWS, Integer.highestOneBit(row) << 1);
    }

    private void setElsewhere(int row, long number) {
        int at = row >>> SHIFT;
        if (at < openPiece || (at < pieces.length && pieces[at] != null)) {
            setClosed(at, row & MASK, number);
        } else if (number != absent) {
            close();
            int rows = at == 0 ? rowsFor(row) : PIECE_ROWS;
            if (open.length < rows) {
                open = new long[rows];
            }
            Arrays.fill(open, absent);
            openPiece = at;
            open[row & MASK] = number;
        }
    }

    /**
     * Sets a row behind the open piece, as an operation does that ends after others have begun. A piece that is made wider
     * gets room for as much again, so that this happens to it a few times only.
     */
    private void setClosed(int at, int row, long number) {
        Piece piece = pieces[at];
        if (piece == null ? number == absent : piece.set(row, number, absent)) {
            return;
        }
        if (at >= pieces.length) {
            pieces = Arrays.copyOf(pieces, at + 1);
        }
        long[] rows = new long[Math.max(rowsFor(row), piece == null ? 0 : piece.length)];
        Arrays.fill(rows, absent);
        if (piece != null) {
            piece.copyTo(rows, absent);
        }
        rows[row] = number;
        pieces[at] = Piece.of(rows, absent, 1);
    }

    /** Makes the open piece as narrow as it can be; rows may still be set. */
    void close() {
        if (openPiece == NOTHING_OPEN) {
            return;
        }
        if (openPiece >= pieces.length) {
            pieces = Arrays.copyOf(pieces, openPiece + 1 + (openPiece >> 1));
        }
        pieces[openPiece] = Piece.of(open, absent, 0);
        openPiece = NOTHING_OPEN;
    }

    /** Closes the column and gives back what was reserved for rows to come. */
    void trim() {
        close();
        open = new long[0];
    }

    /**
     * Sets the first rows of a piece that has none yet.
     *
     * @param first its first row, a multiple of 65,536
     * @param count how many rows, at most 65,536
     */
    void put(int first, long[] rows, int count) {
        if (count == 0) {
            return;
        }
        close();
        int at = first >>> SHIFT;
        if (at >= pieces.length) {
            pieces = Arrays.copyOf(pieces, at + 1 + (at >> 1));
        }
        pieces[at] = Piece.of(count == rows.length ? rows : Arrays.copyOf(rows, count), absent, 0);
    }

    long get(int row) {
        int at = row >>> SHIFT;
        if (at == openPiece) {
            return (row & MASK) < open.length ? open[row & MASK] : absent;
        }
        if (at >= pieces.length) {
            return absent;
        }
        Piece piece = pieces[at];
        return piece == null ? absent : piece.get(row & MASK, absent);
    }

    int getInt(int row) {
        return (int) get(row);
    }

    /** Whether no row differs from {@code absent}, as far as is known. */
    boolean isAbsent() {
        if (openPiece != NOTHING_OPEN) {
            return false;
        }
        for (Piece piece : pieces) {
            if (piece != null) {
                return false;
            }
        }
        return true;
    }

    /** Rows 0 to {@code size - 1} as ints. The column is empty afterwards: its pieces go as they are copied. */
    int[] takeInts(int size) {
        int[] taken = new int[size];
        long[] rows = new long[Math.min(size, PIECE_ROWS)];
        close();
        for (int from = 0; from < size; from += PIECE_ROWS) {
            int at = from >>> SHIFT;
            Piece piece = at < pieces.length ? pieces[at] : null;
            int count = Math.min(PIECE_ROWS, size - from);
            if (piece == null) {
                Arrays.fill(taken, from, from + count, (int) absent);
                continue;
            }
            piece.copyTo(rows, absent);
            for (int i = 0; i < count; i++) {
                taken[from + i] = (int) rows[i];
            }
            pieces[at] = null;
        }
        trim();
        return taken;
    }

    /** As {@link #takeInts}, in as few bytes a row as its numbers need; they are -1 or more. */
    NarrowInts takeNarrow(int size) {
        int largest = 0;
        close();
        for (int row = 0; row < size; row += PIECE_ROWS) {
            int at = row >>> SHIFT;
            Piece piece = at < pieces.length ? pieces[at] : null;
            largest = Math.max(largest, piece == null ? (int) absent : (int) piece.largest());
        }
        NarrowInts taken = new NarrowInts(size, largest);
        long[] rows = new long[Math.min(size, PIECE_ROWS)];
        for (int from = 0; from < size; from += PIECE_ROWS) {
            int at = from >>> SHIFT;
            Piece piece = at < pieces.length ? pieces[at] : null;
            if (piece == null) {
                Arrays.fill(rows, absent);
            } else {
                piece.copyTo(rows, absent);
                pieces[at] = null;
            }
            taken.set(from, rows, Math.min(PIECE_ROWS, size - from));
        }
        trim();
        return taken;
    }

    /**
     * A closed piece: the distances from {@code base}, in the narrowest array in which one number remains for absent rows.
     */
    private static final class Piece {
        private static final long BYTE_ABSENT = 0xff;
        private static final long CHAR_ABSENT = 0xffff;
        private static final long INT_ABSENT = 0xffffffffL;

        final int length;
        private final long base;
        private final byte @Nullable [] bytes;
        private final char @Nullable [] chars;
        private final int @Nullable [] ints;
        private final long @Nullable [] longs;

        private Piece(
                int length,
                long base,
                byte @Nullable [] bytes,
                char @Nullable [] chars,
                int @Nullable [] ints,
                long @Nullable [] longs) {
            this.length = length;
            this.base = base;
            this.bytes = bytes;
            this.chars = chars;
            this.ints = ints;
            this.longs = longs;
        }

        /** @param slack how many times its span a piece has as room below and above */
        static @Nullable Piece of(long[] rows, long absent, int slack) {
            long smallest = Long.MAX_VALUE;
            long largest = Long.MIN_VALUE;
            for (long number : rows) {
                smallest = Math.min(smallest, number == absent ? Long.MAX_VALUE : number);
                largest = Math.max(largest, number == absent ? Long.MIN_VALUE : number);
            }
            if (smallest > largest) {
                return null;
            }
            long span = largest - smallest;
            boolean exact = span >= 0 && span < INT_ABSENT && smallest > Long.MIN_VALUE + 2 * INT_ABSENT;
            long distance = span + 2 * span * slack;
            smallest -= exact ? span * slack : 0;
            if (exact && distance < BYTE_ABSENT) {
                byte[] bytes = new byte[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    bytes[i] = (byte) (rows[i] == absent ? BYTE_ABSENT : rows[i] - smallest);
                }
                return new Piece(rows.length, smallest, bytes, null, null, null);
            }
            if (exact && distance < CHAR_ABSENT) {
                char[] chars = new char[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    chars[i] = (char) (rows[i] == absent ? CHAR_ABSENT : rows[i] - smallest);
                }
                return new Piece(rows.length, smallest, null, chars, null, null);
            }
            if (exact && distance < INT_ABSENT) {
                int[] ints = new int[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    ints[i] = (int) (rows[i] == absent ? INT_ABSENT : rows[i] - smallest);
                }
                return new Piece(rows.length, smallest, null, null, ints, null);
            }
            return new Piece(rows.length, 0, null, null, null, rows.clone());
        }

        long get(int row, long absent) {
            if (row >= length) {
                return absent;
            }
            if (ints != null) {
                int distance = ints[row];
                return distance == (int) INT_ABSENT ? absent : base + (distance & INT_ABSENT);
            }
            if (chars != null) {
                char distance = chars[row];
                return distance == CHAR_ABSENT ? absent : base + distance;
            }
            if (bytes != null) {
                long distance = bytes[row] & BYTE_ABSENT;
                return distance == BYTE_ABSENT ? absent : base + distance;
            }
            return longs == null ? absent : longs[row];
        }

        /** Whether the number finds room in the array as it is. */
        boolean set(int row, long number, long absent) {
            if (row >= length) {
                return number == absent;
            }
            if (longs != null) {
                longs[row] = number;
                return true;
            }
            long distance = number - base;
            if (number != absent && (number < base || distance < 0)) {
                return false;
            }
            if (bytes != null && (number == absent || distance < BYTE_ABSENT)) {
                bytes[row] = (byte) (number == absent ? BYTE_ABSENT : distance);
                return true;
            }
            if (chars != null && (number == absent || distance < CHAR_ABSENT)) {
                chars[row] = (char) (number == absent ? CHAR_ABSENT : distance);
                return true;
            }
            if (ints != null && (number == absent || distance < INT_ABSENT)) {
                ints[row] = (int) (number == absent ? INT_ABSENT : distance);
                return true;
            }
            return false;
        }

        void copyTo(long[] rows, long absent) {
            for (int row = 0; row < rows.length; row++) {
                rows[row] = get(row, absent);
            }
        }

        /** No number here is larger. */
        long largest() {
            if (longs != null) {
                return Arrays.stream(longs).max().orElse(Long.MIN_VALUE);
            }
            long distance = 0;
            for (int row = 0; row < length; row++) {
                distance = Math.max(distance, get(row, base) - base);
            }
            return base + distance;
        }
    }
}
