package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.Objects;

/** One operation of a {@link SmallHistory}; keys, values, sessions and nodes are small numbers, value 0 is the initial. */
public final class SmallOperation {
    private static final int[] NOTHING = {};

    final int session;
    final int node;
    final String function;
    final Outcome outcome;
    final int invoked;
    final int completed;
    final int[] readKeys;
    final int[] readValues;
    final int[] writeKeys;
    final int[] writeValues;
    final long version;
    final long position;
    final boolean last;

    SmallOperation(
            int session,
            int node,
            String function,
            Outcome outcome,
            int invoked,
            int completed,
            int[] readKeys,
            int[] readValues,
            int[] writeKeys,
            int[] writeValues,
            long version,
            long position,
            boolean last) {
        this.session = session;
        this.node = node;
        this.function = function;
        this.outcome = outcome;
        this.invoked = invoked;
        this.completed = completed;
        this.readKeys = readKeys;
        this.readValues = readValues;
        this.writeKeys = writeKeys;
        this.writeValues = writeValues;
        this.version = version;
        this.position = position;
        this.last = last;
    }

    /** A write; {@code completed} is {@link History#NEVER} for INFO. */
    public static SmallOperation write(int session, int key, int value, Outcome outcome, int invoked, int completed) {
        return new SmallOperation(
                session,
                0,
                "write",
                outcome,
                invoked,
                completed,
                NOTHING,
                NOTHING,
                new int[] {key},
                new int[] {value},
                History.ABSENT,
                History.ABSENT,
                false);
    }

    /** An OK read. */
    public static SmallOperation read(int session, int key, int value, int invoked, int completed) {
        return new SmallOperation(
                session,
                0,
                "read",
                Outcome.OK,
                invoked,
                completed,
                new int[] {key},
                new int[] {value},
                NOTHING,
                NOTHING,
                History.ABSENT,
                History.ABSENT,
                false);
    }

    /** An OK snapshot of several keys. */
    public static SmallOperation snapshot(int session, int[] keys, int[] values, int invoked, int completed) {
        return new SmallOperation(
                session,
                0,
                "snapshot",
                Outcome.OK,
                invoked,
                completed,
                keys.clone(),
                values.clone(),
                NOTHING,
                NOTHING,
                History.ABSENT,
                History.ABSENT,
                false);
    }

    /** A compare-and-set; it reads only when it is OK. */
    public static SmallOperation cas(
            int session, int key, int old, int value, Outcome outcome, int invoked, int completed) {
        boolean ok = outcome == Outcome.OK;
        return new SmallOperation(
                session,
                0,
                "cas",
                outcome,
                invoked,
                completed,
                ok ? new int[] {key} : NOTHING,
                ok ? new int[] {old} : NOTHING,
                new int[] {key},
                new int[] {value},
                History.ABSENT,
                History.ABSENT,
                false);
    }

    SmallOperation at(int newNode) {
        return new SmallOperation(
                session,
                newNode,
                function,
                outcome,
                invoked,
                completed,
                readKeys,
                readValues,
                writeKeys,
                writeValues,
                version,
                position,
                last);
    }

    public SmallOperation withVersion(long newVersion) {
        return new SmallOperation(
                session,
                node,
                function,
                outcome,
                invoked,
                completed,
                readKeys,
                readValues,
                writeKeys,
                writeValues,
                newVersion,
                position,
                last);
    }

    SmallOperation withPosition(long newPosition) {
        return new SmallOperation(
                session,
                node,
                function,
                outcome,
                invoked,
                completed,
                readKeys,
                readValues,
                writeKeys,
                writeValues,
                version,
                newPosition,
                last);
    }

    SmallOperation inFinalPhase() {
        return new SmallOperation(
                session,
                node,
                function,
                outcome,
                invoked,
                completed,
                readKeys,
                readValues,
                writeKeys,
                writeValues,
                version,
                position,
                true);
    }

    public boolean isOk() {
        return outcome == Outcome.OK;
    }

    /** Same session, and this one was completed before the other was invoked. */
    public boolean sessionBefore(SmallOperation other) {
        return session == other.session && realTimeBefore(other);
    }

    /** This one was completed before the other was invoked. */
    public boolean realTimeBefore(SmallOperation other) {
        return outcome == Outcome.OK && completed < other.invoked;
    }

    /** Whether it wrote, or tried to write, the key. */
    public boolean writes(int key) {
        return writeKeys.length == 1 && writeKeys[0] == key;
    }

    /** The value that it wrote or tried to write. */
    public int written() {
        return writeValues[0];
    }

    /** What it read of the key; -1 if it did not read it. */
    public int readOf(int key) {
        for (int i = 0; i < readKeys.length; i++) {
            if (readKeys[i] == key) {
                return readValues[i];
            }
        }
        return -1;
    }

    public int session() {
        return session;
    }

    public int invoked() {
        return invoked;
    }

    public int completed() {
        return completed;
    }

    public Outcome outcome() {
        return outcome;
    }

    public String function() {
        return function;
    }

    public int node() {
        return node;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof SmallOperation other
                && session == other.session
                && node == other.node
                && function.equals(other.function)
                && outcome == other.outcome
                && invoked == other.invoked
                && completed == other.completed
                && Arrays.equals(readKeys, other.readKeys)
                && Arrays.equals(readValues, other.readValues)
                && Arrays.equals(writeKeys, other.writeKeys)
                && Arrays.equals(writeValues, other.writeValues)
                && version == other.version
                && position == other.position
                && last == other.last;
    }

    @Override
    public int hashCode() {
        return Objects.hash(session, function, invoked, completed, Arrays.hashCode(writeValues));
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        line.append(invoked).append("..").append(completed == History.NEVER ? "" : completed);
        line.append("  session ").append(session).append("  n").append(node).append("  ");
        line.append(function);
        for (int i = 0; i < readKeys.length; i++) {
            line.append("  k").append(readKeys[i]).append(" returned ").append(readValues[i]);
        }
        for (int i = 0; i < writeKeys.length; i++) {
            line.append("  k").append(writeKeys[i]).append(" := ").append(writeValues[i]);
        }
        line.append("  ").append(outcome);
        if (version != History.ABSENT) {
            line.append("  version ").append(version);
        }
        if (position != History.ABSENT) {
            line.append("  position ").append(position);
        }
        return line.append(last ? "  final" : "").toString();
    }
}
