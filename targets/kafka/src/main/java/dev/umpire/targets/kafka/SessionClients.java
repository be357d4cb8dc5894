package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * One producer and one consumer of Kafka's own, made when they are first needed. Sends and polls are made on the session's
 * thread; they may be closed from anywhere, which ends what is under way.
 *
 * <p>What a producer's failure means. Nothing was sent, and so the answer is FAIL, where it knew no leader within
 * {@link ClientSettings#TO_KNOW_MILLIS}, and where it refused the record itself. The brokers took nothing, on any try, where they answered
 * {@link AuthorizationException} or {@link RecordTooLargeException}: those do not depend on the moment. Everything else is INFO,
 * {@code NotEnoughReplicasException} too: a producer tries again by itself and tells only how the last try ended, while an
 * earlier one may have been appended.
 *
 * <p>What a failure in a transaction means is told by {@link Transactions}.
 *
 * <p>A poll that was not answered has delivered nothing, whatever became of it: it is FAIL, never INFO.
 */
final class SessionClients {

    private static final Duration TO_POLL = Duration.ofMillis(450);

    private final KafkaNodes kafka;
    private final ToldLeaders leaders;
    private final SessionMemory memory;
    private final String threadName;
    private final String clientId;
    private Optional<KafkaProducer<byte[], Long>> producer = Optional.empty();
    private Optional<KafkaConsumer<byte[], Long>> consumer = Optional.empty();
    private Optional<Transactions> transactions = Optional.empty();
    private Optional<GroupMember> member = Optional.empty();
    private boolean closed;

    /**
     * For one session.
     *
     * @param number how many the session had before
     */
    SessionClients(KafkaNodes kafka, SessionMemory memory, int session, int number) {
        this.kafka = kafka;
        this.leaders = memory.leaders();
        this.memory = memory;
        this.threadName = "session-" + session;
        this.clientId = threadName + "-" + number;
    }

    /** Does something on the session's thread, after what was done there before. */
    CompletionStage<Response> onThread(Supplier<Response> call) {
        return kafka.environment().blocking(threadName, call::get);
    }

    /** Sends a message; the result is {@code [offset message]}, or nothing where nobody told the offset. */
    Response send(int partition, long message) {
        KafkaProducer<byte[], Long> mine = producer();
        Optional<Transactions> inTransactions = transactions;
        try {
            inTransactions.ifPresent(Transactions::begin);
            told(mine.partitionsFor(kafka.topic()));
        } catch (KafkaException unknown) {
            replaceIfSpent();
            return new Response.Fail("no leader or coordinator was known, nothing was sent: " + unknown.getMessage());
        }
        try {
            if (inTransactions.isPresent()) {
                Response answer = inTransactions
                        .get()
                        .send(partition, message, stored -> taken(mine, partition, message, stored));
                replaceIfSpent();
                return answer;
            }
            return taken(
                    mine,
                    partition,
                    message,
                    mine.send(new ProducerRecord<>(kafka.topic(), partition, null, message))
                            .get());
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            boolean refused = cause instanceof AuthorizationException || cause instanceof RecordTooLargeException;
            return refused ? new Response.Fail(text(cause)) : new Response.Info(text(cause));
        } catch (KafkaException notTaken) {
            return new Response.Fail("the producer took nothing: " + text(notTaken));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Response.Info("interrupted");
        }
    }

    private Response taken(KafkaProducer<byte[], Long> mine, int partition, long message, RecordMetadata stored) {
        tellIfKnown(mine);
        return (stored.hasOffset()
                        ? Response.ok(Value.of(List.of(Value.of(stored.offset()), Value.of(message))))
                        : Response.done())
                .by(leaders.leader(partition));
    }

    private synchronized void replaceIfSpent() {
        if (transactions.filter(Transactions::isSpent).isPresent()) {
            producer.ifPresent(one -> one.close(Duration.ZERO));
            producer = Optional.empty();
            transactions = Optional.empty();
        }
    }

    /** What was acknowledged stays so where nobody says who leads. */
    private void tellIfKnown(KafkaProducer<byte[], Long> mine) {
        try {
            told(mine.partitionsFor(kafka.topic()));
        } catch (KafkaException unknown) {
            // the leader that was known before is told
        }
    }

    /** The next messages of a partition, none where the session is at its end. */
    Response poll(int partition) {
        TopicPartition from = new TopicPartition(kafka.topic(), partition);
        KafkaConsumer<byte[], Long> mine = consumer();
        try {
            mine.assign(List.of(from));
            mine.seek(from, memory.next(partition));
            // a poll that finds nothing does not say whether anybody was asked
            long end = Optional.ofNullable(mine.endOffsets(List.of(from)).get(from))
                    .orElseThrow();
            told(mine.partitionsFor(kafka.topic()));
            if (end == memory.next(partition).offset()) {
                return polled(partition, List.of());
            }
            return delivered(mine, from, end)
                    .map(found -> polled(partition, found))
                    .orElseGet(() -> new Response.Fail("no message came within " + TO_POLL.toMillis() + " ms"));
        } catch (KafkaException nothingDelivered) {
            return new Response.Fail("nothing was delivered: " + text(nothingDelivered));
        }
    }

    /**
     * What a consumer that stands where the session is gets next, behind which the session is from then on.
     *
     * @param end of the partition
     * @return empty: nothing came
     * @throws KafkaException if the session has been told nothing, and is where it was
     */
    Optional<List<Value>> delivered(Consumer<byte[], Long> mine, TopicPartition from, long end) {
        List<Value> found = new ArrayList<>();
        for (ConsumerRecord<byte[], Long> one : mine.poll(TO_POLL)) {
            found.add(record(one));
            memory.moveTo(from.partition(), SessionMemory.position(one.offset() + 1, one.leaderEpoch()));
        }
        if (!found.isEmpty()) {
            return Optional.of(found); // and nothing more is asked, which could fail
        }
        long behind = mine.position(from);
        if (behind < end) {
            return Optional.empty();
        }
        // what was there is of no message: how transactions ended, and those that were given up
        memory.moveTo(
                from.partition(),
                SessionMemory.position(behind, memory.next(from.partition()).leaderEpoch()));
        return Optional.of(found);
    }

    /** {@code [offset message]}. */
    static Value record(ConsumerRecord<byte[], Long> one) {
        return Value.of(List.of(Value.of(one.offset()), Value.of(one.value())));
    }

    /** The next messages of what the session is assigned as a member of the group. */
    Response pollAsMember() {
        return member().poll();
    }

    /**
     * Up to where the group has consumed a partition.
     *
     * @throws KafkaException if nobody tells in time
     */
    OffsetAndMetadata consumedByGroup(int partition) {
        return member().consumed(new TopicPartition(kafka.topic(), partition));
    }

    private synchronized GroupMember member() {
        KafkaConsumer<byte[], Long> mine = consumer();
        GroupMember found = member.orElseGet(() ->
                new GroupMember(mine, kafka.topic(), kafka.settings().commits().orElseThrow()));
        member = Optional.of(found);
        return found;
    }

    private Response polled(int partition, List<Value> found) {
        return Response.ok(Value.of(found)).by(leaders.leader(partition));
    }

    /** Notes who leads, as brokers told the session's client that asked them last. */
    private void told(List<PartitionInfo> partitions) {
        for (PartitionInfo one : partitions) {
            if (one.leader() != null && !one.leader().isEmpty()) {
                leaders.tell(one.partition(), kafka.node(one.leader().id()));
            }
        }
    }

    private synchronized KafkaProducer<byte[], Long> producer() {
        requireOpen();
        KafkaProducer<byte[], Long> found = producer.orElseGet(() -> new KafkaProducer<>(
                ClientSettings.producer(kafka, threadName, clientId), new ByteArraySerializer(), new LongSerializer()));
        if (producer.isEmpty() && kafka.settings().transactional()) {
            transactions = Optional.of(
                    new Transactions(found, kafka.topic(), kafka.settings().transactions()));
        }
        producer = Optional.of(found);
        return found;
    }

    private synchronized KafkaConsumer<byte[], Long> consumer() {
        requireOpen();
        KafkaConsumer<byte[], Long> found = consumer.orElseGet(() -> new KafkaConsumer<>(
                ClientSettings.consumer(kafka, clientId), new ByteArrayDeserializer(), new LongDeserializer()));
        consumer = Optional.of(found);
        return found;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed by the session");
        }
    }

    /** Ends what is under way and gives all threads back; completes when that is done. */
    CompletionStage<Void> close() {
        Optional<KafkaProducer<byte[], Long>> sending;
        Optional<KafkaConsumer<byte[], Long>> polling;
        synchronized (this) {
            closed = true;
            sending = producer;
            polling = consumer;
        }
        polling.ifPresent(KafkaConsumer::wakeup);
        // apart from the session's thread, which may wait for it
        CompletionStage<Void> sent = kafka.environment().blocking("closing-" + clientId, () -> {
            sending.ifPresent(one -> one.close(Duration.ZERO));
            return null;
        });
        return kafka.environment()
                .<Void>blocking(threadName, () -> {
                    polling.ifPresent(one -> one.close(Duration.ZERO));
                    return null;
                })
                .runAfterBoth(sent, () -> {});
    }

    static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
