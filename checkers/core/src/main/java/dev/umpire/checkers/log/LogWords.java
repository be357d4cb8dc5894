package dev.umpire.checkers.log;

import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.value.Value;
import java.util.List;

/** Sentences about sends and polls. */
public final class LogWords {
    private final Words words;

    public LogWords(Words words) {
        this.words = words;
    }

    /** The partition's name; {@code the log} in a recording that names none. */
    public String name(Partition partition) {
        return partition.name().equals(Value.NIL) ? "the log" : words.value(partition.name());
    }

    /** {@code session 1 sent 7 to p0 at n1 (10 ms to 11 ms, acknowledged at offset 3)}. */
    public String sent(Partition partition, Entry entry) {
        int o = entry.operation();
        return words.session(o) + " sent " + words.value(entry.message()) + " to " + name(partition) + words.atNode(o)
                + " (" + words.span(o) + ", " + words.outcome(o)
                + (entry.hasOffset() ? " at offset " + entry.offset() : "") + ")";
    }

    /** {@code session 2 polled 7 at offset 3 of p0 at n2 (20 ms to 21 ms)}. */
    public String polled(Partition partition, Entry entry) {
        int o = entry.operation();
        return words.session(o) + " polled " + at(entry) + " of " + name(partition) + words.atNode(o) + " ("
                + words.span(o) + ")";
    }

    /** That a message stands at so many offsets; the entries are those of {@link Partition#repeated}. */
    public String repeated(Partition partition, List<Entry> repeated, int offsets) {
        Value message = repeated.get(0).message();
        int sent = partition.sendsOf(message).size();
        return words.value(message) + " was sent " + Words.count(sent, "time", "times") + " and stands at " + offsets
                + " offsets of " + name(partition) + ": " + told(partition, repeated.get(sent)) + ", and "
                + told(partition, repeated.get(repeated.size() - 1));
    }

    /** {@code 7 at offset 3}. */
    String at(Entry entry) {
        return words.value(entry.message()) + " at offset " + entry.offset();
    }

    /** What sent it or polled it. */
    String told(Partition partition, Entry entry) {
        return entry.isPolled() ? polled(partition, entry) : sent(partition, entry);
    }
}
