package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.Optional;

/**
 * The order of a register's writes as the store reported it.
 *
 * <p>A version is known from its write, or from any read that returned the value and carries one; a position from the
 * write alone. Writes of unknown outcome that were seen and have neither may stand anywhere.
 */
public final class ReportedVersions implements RecordedOrder {

    /** What was reported. */
    public enum Kind {
        VERSION,
        POSITION
    }

    private final Kind kind;
    private final long[] number;
    private final int[] inOrder;

    private ReportedVersions(Kind kind, long[] number, int[] inOrder) {
        this.kind = kind;
        this.number = number;
        this.inOrder = inOrder;
    }

    /** Empty unless every acknowledged write has a version, or every one has a position. */
    public static Optional<ReportedVersions> of(Register register) {
        if (register.anyVersion()) {
            Optional<ReportedVersions> versions = of(register, Kind.VERSION, versions(register));
            if (versions.isPresent()) {
                return versions;
            }
        }
        return register.anyPosition() ? of(register, Kind.POSITION, positions(register)) : Optional.empty();
    }

    /** By write, what the writes and the reads of their values carry; {@link History#ABSENT} where nobody says it. */
    public static long[] versions(Register register) {
        long[] version = new long[register.writeCount()];
        for (int w = 0; w < version.length; w++) {
            version[w] = register.version(register.accessOfWrite(w));
        }
        for (int a = 0; a < register.size(); a++) {
            int w = register.source(a);
            if (w >= 0 && version[w] == History.ABSENT && carriesVersionOfWhatItRead(register, a)) {
                version[w] = register.version(a);
            }
        }
        return version;
    }

    /** A snapshot's one number is no version of several keys, a cas' number is that of what it wrote. */
    public static boolean carriesVersionOfWhatItRead(Register register, int access) {
        return register.written(access) == History.NONE && register.version(access) != History.ABSENT;
    }

    /** By write, the position that it carries; {@link History#ABSENT} where it has none. */
    public static long[] positions(Register register) {
        long[] position = new long[register.writeCount()];
        for (int w = 0; w < position.length; w++) {
            position[w] = register.history().position(register.operationOfWrite(w));
        }
        return position;
    }

    private static Optional<ReportedVersions> of(Register register, Kind kind, long[] number) {
        int known = 0;
        for (int w = 0; w < number.length; w++) {
            if (number[w] != History.ABSENT) {
                known += register.isEffective(w) ? 1 : 0;
            } else if (register.isAcknowledged(w)) {
                return Optional.empty();
            }
        }
        if (known == 0) {
            return Optional.empty();
        }
        Integer[] order = new Integer[known];
        int at = 0;
        for (int w = 0; w < number.length; w++) {
            if (number[w] != History.ABSENT && register.isEffective(w)) {
                order[at++] = w;
            }
        }
        Arrays.sort(order, (a, b) -> Long.compare(number[a], number[b]));
        int[] inOrder = new int[known];
        for (int i = 0; i < known; i++) {
            inOrder[i] = order[i];
        }
        return Optional.of(new ReportedVersions(kind, number, inOrder));
    }

    public Kind kind() {
        return kind;
    }

    /** How many writes have a known place. */
    @Override
    public int count() {
        return inOrder.length;
    }

    @Override
    public int write(int place) {
        return inOrder[place];
    }

    /** The version or position of a write, or {@link History#ABSENT}. */
    public long number(int write) {
        return number[write];
    }

    @Override
    public long rank(int write) {
        return number[write];
    }

    /** Whether the reports order the two writes, the first before the second. */
    @Override
    public boolean before(int first, int second) {
        return number[first] != History.ABSENT && number[second] != History.ABSENT && number[first] < number[second];
    }

    /** Two accesses that contradict one another, so that the reports are no order; empty: they are one. */
    public Optional<int[]> contradiction(Register register) {
        for (int i = 1; i < inOrder.length; i++) {
            if (number[inOrder[i - 1]] == number[inOrder[i]]) {
                return Optional.of(
                        new int[] {register.accessOfWrite(inOrder[i - 1]), register.accessOfWrite(inOrder[i])});
            }
        }
        if (kind == Kind.VERSION) {
            for (int a = 0; a < register.size(); a++) {
                int w = register.source(a);
                if (w >= 0 && carriesVersionOfWhatItRead(register, a) && register.version(a) != number[w]) {
                    return Optional.of(new int[] {register.accessOfWrite(w), a});
                }
            }
        }
        return register.traced().flatMap(traced -> contradiction(register, traced));
    }

    /** Two appends that a read of the list shows in the other order than the reports. */
    private Optional<int[]> contradiction(Register register, TracedOrder traced) {
        int newest = -1;
        for (int i = 0; i < traced.count(); i++) {
            int w = traced.write(i);
            if (number[w] == History.ABSENT) {
                continue;
            }
            if (newest >= 0 && number[w] < number[newest]) {
                return Optional.of(new int[] {register.accessOfWrite(newest), register.accessOfWrite(w)});
            }
            newest = w;
        }
        for (int w = 0; w < number.length && newest >= 0; w++) {
            if (traced.before(newest, w) && before(w, newest)) {
                return Optional.of(new int[] {register.accessOfWrite(newest), register.accessOfWrite(w)});
            }
        }
        return Optional.empty();
    }
}
