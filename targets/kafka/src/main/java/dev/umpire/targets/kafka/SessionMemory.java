package dev.umpire.targets.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What a session keeps while it moves between nodes: where it is in each partition, and its producer and consumer, which
 * an application would keep too. Positions are used on the session's thread, everything else on the loop.
 */
final class SessionMemory {

    /** Where the first poll of a partition begins. */
    static final OffsetAndMetadata BEGINNING = new OffsetAndMetadata(0);

    private final KafkaNodes kafka;
    private final ToldLeaders leaders;
    private final int session;
    private final Map<Integer, OffsetAndMetadata> next = new ConcurrentHashMap<>();
    private Optional<SessionClients> clients = Optional.empty();
    private volatile boolean subscribed;
    private int opened;

    SessionMemory(KafkaNodes kafka, ToldLeaders leaders, int session) {
        this.kafka = kafka;
        this.leaders = leaders;
        this.session = session;
    }

    /** Who leads, as the session was told. */
    ToldLeaders leaders() {
        return leaders;
    }

    /** From where the session polls a partition next. */
    OffsetAndMetadata next(int partition) {
        return next.getOrDefault(partition, BEGINNING);
    }

    /** Polls a partition from there next. */
    void moveTo(int partition, OffsetAndMetadata position) {
        next.put(partition, position);
    }

    /**
     * A position in a partition.
     *
     * @param offset of the next record
     * @param leaderEpoch of the record before it, by which a broker tells whether that was cut off
     */
    static OffsetAndMetadata position(long offset, Optional<Integer> leaderEpoch) {
        return new OffsetAndMetadata(offset, leaderEpoch, "");
    }

    /** Lets the session be a member of the group, and whatever consumer it has. */
    void subscribe() {
        subscribed = true;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** The producer and consumer of the session; new ones where the last were discarded. */
    SessionClients clients() {
        SessionClients found = clients.orElseGet(() -> new SessionClients(kafka, this, session, opened++));
        clients = Optional.of(found);
        return found;
    }

    /** Ends the producer and consumer of the session; completes when their threads are given back. */
    CompletionStage<Void> discard() {
        Optional<SessionClients> past = clients;
        clients = Optional.empty();
        return past.map(SessionClients::close).orElseGet(() -> CompletableFuture.completedStage(null));
    }
}
