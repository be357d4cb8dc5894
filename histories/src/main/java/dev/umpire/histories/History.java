package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * An immutable recording of what clients asked and what they were answered.
 *
 * <p>Operations are numbered from 0 in the order of their invocations. Positions are the ranks of events in the
 * recording (0 or more): {@code a} came before {@code b} in real time when {@code completed(a) < invoked(b)}. Sessions,
 * processes, nodes, functions, keys and values are dense ids from 0; {@link #NONE} says that there is none.
 *
 * <p>What an operation read and wrote is seen uniformly, whatever its function: {@link #readCount}, {@link #readKey},
 * {@link #readValue} are what it observed (one key for a read, several for a snapshot, the old value for a cas), and
 * {@link #writeCount}, {@link #writeKey}, {@link #writeValue} what it wrote or tried to write. Reads exist only for
 * operations that are {@link Outcome#OK}.
 *
 * <p>Thread-safe, as it never changes.
 */
public interface History {

    /** No such id: no node was named, no key, no version. */
    int NONE = -1;

    /** The completion of an operation that never completed, or whose outcome is unknown: after every event. */
    int NEVER = Integer.MAX_VALUE;

    /** No such number: no time, version, position or asOf was recorded. */
    long ABSENT = Long.MIN_VALUE;

    /** The value id of {@link Value#NIL} in every history. */
    int NIL = 0;

    /**
     * Reads a file of any format that Umpire knows; the format is detected from the content.
     *
     * @throws MalformedHistoryException if the content is refused
     * @throws IOException if the file cannot be read
     */
    static History read(Path file) throws IOException {
        return HistoryFiles.read(file, ReadOptions.DEFAULT);
    }

    /** As {@link #read(Path)}, with the reader told what the file does not say. */
    static History read(Path file, ReadOptions options) throws IOException {
        return HistoryFiles.read(file, options);
    }

    /**
     * A history of a text, in any format that a file may have; for tests, in which the history stands as it is.
     *
     * @throws MalformedHistoryException if the text is refused
     */
    static History parse(String text) throws MalformedHistoryException {
        return parse(text, ReadOptions.DEFAULT);
    }

    /** As {@link #parse(String)}, with the reader told what the text does not say. */
    static History parse(String text, ReadOptions options) throws MalformedHistoryException {
        try {
            return HistoryFiles.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text", options);
        } catch (MalformedHistoryException refused) {
            throw refused;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A history of these events in this order; for tests and for recordings in memory. */
    static History of(List<Event> events) {
        return of(events, ReadOptions.DEFAULT);
    }

    /**
     * A history of these events in this order.
     *
     * @throws IllegalArgumentException if they do not pair up, with the number of the event
     */
    static History of(List<Event> events, ReadOptions options) {
        return HistoryFiles.of(events, options);
    }

    /** How many operations of clients there are. */
    int size();

    /** The operation as an object, for people and for code that is not in an inner loop. */
    default Operation operation(int operation) {
        return new Operation(this, operation);
    }

    /** The position of the invocation. */
    int invoked(int operation);

    /** The position of the completion; {@link #NEVER} unless the outcome is OK or FAIL. */
    int completed(int operation);

    /** The position of the last event of this operation, its {@code info} line included; {@link #NEVER} if it has none. */
    int ended(int operation);

    /** Time of the invocation in nanoseconds, or {@link #ABSENT}. */
    long invokedNanos(int operation);

    /**
     * When the operation was to be asked, in nanoseconds on the clock of {@link #invokedNanos}, where the recording says that
     * this was another time ({@link Event#INTENDED}); else {@link #ABSENT}. It serves durations alone.
     */
    default long intendedNanos(int operation) {
        return ABSENT;
    }

    /** Time of the last event of this operation in nanoseconds (of an {@code info} line too), or {@link #ABSENT}. */
    long endedNanos(int operation);

    /** The number that the file gave the invocation; its position where the file numbers nothing. */
    long index(int operation);

    Outcome outcome(int operation);

    int session(int operation);

    int process(int operation);

    int node(int operation);

    /** Every operation has one; a transaction without {@code f} is a {@code txn}. */
    int function(int operation);

    /**
     * The key that the operation names as a whole; {@link #NONE} for snapshots and transactions over several keys. Where a
     * recording names no key there is one, whose name is {@link Value#NIL}.
     */
    int key(int operation);

    /** The value id of the argument: what is written, the keys of a snapshot, {@code [old new]} of a cas; NIL for a read. */
    int argument(int operation);

    /** The value id of the result of an OK operation; {@link #NIL} where it has none. */
    int result(int operation);

    /** The key's version that the store reported, or {@link #ABSENT}. */
    long version(int operation);

    /** The place in the store's commit order, or {@link #ABSENT}. */
    long position(int operation);

    /** The position of the replica that answered, or {@link #ABSENT}. */
    long asOf(int operation);

    /**
     * The value id of the list of all values that an OK read returned beside the one that its client took, where a store
     * keeps the values of concurrent writes ({@code siblings} of the completion); {@link #NONE} where none are recorded.
     */
    default int siblings(int operation) {
        return NONE;
    }

    /** Whether the operation belongs to the phase {@code final}, as the recording says. */
    boolean isFinal(int operation);

    /** How many keys the operation observed; 0 unless it is OK. */
    int readCount(int operation);

    int readKey(int operation, int i);

    /** The value id that was read for the {@code i}-th key. */
    int readValue(int operation, int i);

    /** How many values the operation wrote or tried to write, whatever its outcome. */
    int writeCount(int operation);

    int writeKey(int operation, int i);

    int writeValue(int operation, int i);

    int sessionCount();

    int processCount();

    int nodeCount();

    int functionCount();

    int keyCount();

    int valueCount();

    /** What people call the session: its number or name. */
    Value sessionName(int session);

    Value processName(int process);

    String nodeName(int node);

    String functionName(int function);

    Value keyName(int key);

    Value value(int value);

    /** The id of a function, or {@link #NONE} if no operation has it. */
    int functionId(String name);

    /** Whether any operation has one of these functions. */
    default boolean hasAny(Collection<String> functions) {
        return functions.stream().anyMatch(name -> functionId(name) != NONE);
    }

    /** The value id of the initial value of every key; {@link #NIL} unless declared. */
    int initialValue();

    /**
     * Whether the order of events means anything between sessions. False for recordings that keep the order within each
     * session alone, as those of some checkers of transactions do: then no operation of one session came before one of
     * another in real time, whatever {@link #invoked} and {@link #completed} say, which order the operations of each session.
     */
    default boolean realTime() {
        return true;
    }

    /** The nodes of the cluster as the recording declares them, or those that operations name. */
    List<String> nodes();

    /** How many events the recording has: of clients, of the nemesis, and others. */
    int eventCount();

    /** Faults as they were injected, confirmed and healed, in the order of the recording. */
    List<NemesisEvent> nemesisEvents();

    /** Where it was read from and what is to be said about that: format, a torn tail, warnings. */
    Source source();

    /** All events in the order of the recording, made on demand; what is needed to write the history again. */
    Iterable<Event> events();
}
