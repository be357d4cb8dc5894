package dev.umpire.checkers.log;

import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was sent to one partition of a log, and polled from it. */
public final class Partition {

    /**
     * A message that was sent and did not fail, or one that was polled.
     *
     * @param operation that sent or polled it
     * @param message as it was sent
     * @param offset where it stands; {@link History#ABSENT} where a send does not say
     * @param isPolled whether it was polled, not sent
     */
    public record Entry(int operation, Value message, long offset, boolean isPolled) {
        public boolean hasOffset() {
            return offset != History.ABSENT;
        }
    }

    /**
     * A message that was sent, and where it stands.
     *
     * @param place says so: the send itself, or a poll
     */
    public record Placed(Entry send, Entry place) {}

    private final Value name;
    private final List<Entry> sent = new ArrayList<>();
    private final Map<Value, Entry> failed = new HashMap<>();
    private final List<Entry> polled = new ArrayList<>();
    private final Map<Value, List<Entry>> sends = new HashMap<>();
    private final List<Integer> polls = new ArrayList<>();

    Partition(Value name) {
        this.name = name;
    }

    void addSent(Entry entry) {
        sent.add(entry);
        sends.computeIfAbsent(entry.message(), message -> new ArrayList<>()).add(entry);
    }

    void addFailed(Entry entry) {
        failed.putIfAbsent(entry.message(), entry);
    }

    void addPolled(Entry entry) {
        polled.add(entry);
    }

    void addPoll(int operation) {
        polls.add(operation);
    }

    /** The key, or the partition of a transaction's steps. */
    public Value name() {
        return name;
    }

    /** What was sent and did not fail, by invocation. */
    public List<Entry> sent() {
        return sent;
    }

    /** What was polled, by the invocation of the poll and as it stood in its answer. */
    public List<Entry> polled() {
        return polled;
    }

    /** The OK polls that named this partition or got something from it, by invocation. */
    public List<Integer> polls() {
        return polls;
    }

    /** The sends of a message that did not fail, by invocation. */
    public List<Entry> sendsOf(Value message) {
        return sends.getOrDefault(message, List.of());
    }

    /**
     * What shows that a message stands at more offsets than it was sent times: its sends, and one place more than there are
     * sends; empty where it does not, or nobody sent it.
     *
     * @param places those of the message
     */
    public List<Entry> repeated(Value message, Map<Long, Entry> places) {
        List<Entry> all = new ArrayList<>(sendsOf(message));
        int sent = all.size();
        if (sent == 0 || places.size() <= sent) {
            return List.of();
        }
        places.values().stream().limit(sent + 1L).forEach(all::add);
        return all;
    }

    /** Where the message of a send stands, if it was sent once and stands at one offset. */
    public Optional<Placed> onlyPlace(Entry send, Map<Value, Map<Long, Entry>> places) {
        Map<Long, Entry> offsets = places.getOrDefault(send.message(), Map.of());
        return offsets.size() == 1 && sendsOf(send.message()).size() == 1
                ? Optional.of(new Placed(send, offsets.values().iterator().next()))
                : Optional.empty();
    }

    /** The first send of a message that certainly took no effect, if any did. */
    public Optional<Entry> failedSend(Value message) {
        return Optional.ofNullable(failed.get(message));
    }

    /** Where each message stands, as acknowledgements and polls say: its offsets, each with the first to say so. */
    public Map<Value, Map<Long, Entry>> places() {
        Map<Value, Map<Long, Entry>> places = new LinkedHashMap<>();
        for (List<Entry> entries : List.of(sent, polled)) {
            for (Entry entry : entries) {
                if (entry.hasOffset()) {
                    places.computeIfAbsent(entry.message(), message -> new TreeMap<>())
                            .putIfAbsent(entry.offset(), entry);
                }
            }
        }
        return places;
    }
}
