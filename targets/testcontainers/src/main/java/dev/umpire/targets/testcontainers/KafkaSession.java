package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/**
 * A session's own producer and consumer, which find the leaders by themselves, and where the session is in each partition; kept
 * while it moves, until the cluster ends.
 *
 * <p>A send is FAIL where no leader was known in time or the record itself was refused; everything else is INFO, as a producer
 * tries again by itself and tells only how its last try ended. A poll without an answer has delivered nothing and is FAIL.
 */
final class KafkaSession {

    // a busy machine with all brokers on it is slow; with operation timeouts from 3 s on, a session is told how a
    // request ended
    private static final int TO_KNOW_MILLIS = 700;
    private static final int DELIVERY_MILLIS = 2_000;
    private static final int TRY_MILLIS = 1_000;
    private static final int TO_ASK_MILLIS = 1_200;
    private static final Duration TO_POLL = Duration.ofMillis(1_200);

    /** Where the first poll of a partition begins. */
    static final OffsetAndMetadata BEGINNING = new OffsetAndMetadata(0);

    private final KafkaProducer<byte[], Long> producer;
    private final KafkaConsumer<byte[], Long> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();

    /** @param acks of the producer, as Kafka names it; one that is not idempotent sends nothing again, which might stand twice */
    KafkaSession(String bootstrap, String acks) {
        Map<String, Object> sending = common(bootstrap);
        sending.put(ProducerConfig.ACKS_CONFIG, acks);
        boolean idempotent = acks.equals("all");
        sending.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, idempotent);
        if (!idempotent) {
            sending.put(ProducerConfig.RETRIES_CONFIG, 0);
        }
        sending.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) TO_KNOW_MILLIS);
        producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new LongSerializer());
        Map<String, Object> polling = common(bootstrap);
        polling.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // where a broker has cut off what the session has read, it goes on from the beginning
        polling.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        polling.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TO_ASK_MILLIS);
        polling.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, TRY_MILLIS / 2);
        consumer = new KafkaConsumer<>(polling, new ByteArrayDeserializer(), new LongDeserializer());
    }

    private static Map<String, Object> common(String bootstrap) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TRY_MILLIS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 100L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100L);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    /** What the session asks of one node, which matters only where the request names it. */
    StoreConnection at(String host, int port) {
        return new At(this, host, port);
    }

    private record At(KafkaSession session, String host, int port) implements StoreConnection {
        @Override
        public Response ask(Request request) {
            return session.ask(request, host, port);
        }

        @Override
        public Standing standing() {
            throw new UnsupportedOperationException("found a question to a session, expected one to a node");
        }

        /** The cluster ends the session. */
        @Override
        public void close() {
            // its next connection goes on
        }
    }

    private synchronized Response ask(Request request, String host, int port) {
        TopicPartition partition = partition(request.requireKey());
        if (request.function().equals(Request.SEND)) {
            return send(partition, request.argument());
        }
        if (request.at().isEmpty()) {
            return poll(partition);
        }
        try (KafkaWire wire = new KafkaWire(host, port)) {
            return pollCopy(partition, wire);
        } catch (IOException nothingDelivered) {
            return new Response.Fail("nothing was delivered: " + text(nothingDelivered));
        }
    }

    /** {@code p0} is partition 0, and so on. */
    private static TopicPartition partition(Value key) {
        for (int partition = 0; partition < KafkaTopic.PARTITIONS; partition++) {
            if (key.toString().equals("p" + partition)) {
                return new TopicPartition(KafkaTopic.NAME, partition);
            }
        }
        throw new IllegalArgumentException(
                "partition: found " + key + ", expected p0 to p" + (KafkaTopic.PARTITIONS - 1));
    }

    /** Sends a message; the result is {@code [offset message]}. */
    private Response send(TopicPartition partition, Value message) {
        List<PartitionInfo> known;
        try {
            known = producer.partitionsFor(KafkaTopic.NAME);
        } catch (KafkaException unknown) {
            return new Response.Fail("no leader was known, nothing was sent: " + unknown.getMessage());
        }
        try {
            RecordMetadata stored = producer.send(new ProducerRecord<>(
                            KafkaTopic.NAME, partition.partition(), null, Long.parseLong(message.toString())))
                    .get();
            return by(known, partition, Response.ok(Value.of(List.of(Value.of(stored.offset()), message))));
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            return cause instanceof RecordTooLargeException
                    ? new Response.Fail(text(cause))
                    : new Response.Info(text(cause));
        } catch (KafkaException notTaken) {
            return new Response.Fail("the producer took nothing: " + text(notTaken));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Response.Info("interrupted");
        }
    }

    /** The next messages of a partition, none where the session is at its end. */
    private Response poll(TopicPartition partition) {
        try {
            // first, as nothing may be asked that can fail once messages have come
            List<PartitionInfo> known = consumer.partitionsFor(KafkaTopic.NAME);
            long end = end(partition);
            List<Value> found = end == next(partition).offset() ? List.of() : polled(partition);
            return found.isEmpty() && end != next(partition).offset()
                    ? new Response.Fail("no message came within " + TO_POLL.toMillis() + " ms")
                    : by(known, partition, Response.ok(Value.of(found)));
        } catch (KafkaException nothingDelivered) {
            return new Response.Fail("nothing was delivered: " + text(nothingDelivered));
        }
    }

    /** All up to the end of one broker's copy. */
    private Response pollCopy(TopicPartition partition, KafkaWire wire) throws IOException {
        KafkaCopy copy = KafkaCopy.toTheEnd(wire, partition, next(partition));
        next.put(partition, copy.next());
        return Response.ok(Value.of(copy.messages()));
    }

    /** Where the partition ends for consumers; a poll that finds nothing does not say whether anybody was asked. */
    private long end(TopicPartition partition) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, next(partition));
        return Optional.ofNullable(consumer.endOffsets(List.of(partition)).get(partition))
                .orElseThrow(() -> new KafkaException("the end of " + partition + " is not known"));
    }

    private List<Value> polled(TopicPartition partition) {
        List<Value> found = new ArrayList<>();
        for (ConsumerRecord<byte[], Long> one : consumer.poll(TO_POLL)) {
            found.add(Value.of(List.of(Value.of(one.offset()), Value.of(one.value()))));
            // with the epoch, by which a broker tells whether the record before was cut off
            next.put(partition, new OffsetAndMetadata(one.offset() + 1, one.leaderEpoch(), ""));
        }
        return found;
    }

    private OffsetAndMetadata next(TopicPartition partition) {
        return next.getOrDefault(partition, BEGINNING);
    }

    /** Names the leader as the brokers told it last, where they did; brokers have the numbers of their nodes. */
    private static Response by(List<PartitionInfo> known, TopicPartition partition, Response.Ok answer) {
        return known.stream()
                .filter(one -> one.partition() == partition.partition())
                .filter(one -> one.leader() != null && !one.leader().isEmpty())
                .findFirst()
                .map(one -> answer.by(new Node("n" + one.leader().id())))
                .orElse(answer);
    }

    private static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    /** Gives the threads and connections back. */
    synchronized void end() {
        producer.close(Duration.ZERO);
        consumer.close(Duration.ZERO);
    }
}
