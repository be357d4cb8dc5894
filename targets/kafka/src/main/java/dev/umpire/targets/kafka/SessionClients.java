package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
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
 * {@link #TO_KNOW_MILLIS}, and where it refused the record itself. The brokers took nothing, on any try, where they answered
 * {@link AuthorizationException} or {@link RecordTooLargeException}: those do not depend on the moment. Everything else is INFO,
 * {@code NotEnoughReplicasException} too: a producer tries again by itself and tells only how the last try ended, while an
 * earlier one may have been appended.
 *
 * <p>A poll that was not answered has delivered nothing, whatever became of it: it is FAIL, never INFO.
 */
final class SessionClients {

    // together shorter than the usual operation timeout of a second, so that a session is told how a request ended
    private static final int TO_KNOW_MILLIS = 250;
    private static final int DELIVERY_MILLIS = 700;
    private static final int TRY_MILLIS = 350;
    private static final int TO_ASK_MILLIS = 450;
    private static final Duration TO_POLL = Duration.ofMillis(450);

    private final Layout layout;
    private final List<Leadership> leaders;
    private final SessionMemory memory;
    private final String threadName;
    private final String clientId;
    private Optional<KafkaProducer<byte[], Long>> producer = Optional.empty();
    private Optional<KafkaConsumer<byte[], Long>> consumer = Optional.empty();
    private boolean closed;

    /**
     * For one session.
     *
     * @param leaders by partition, as clients were told
     * @param number how many the session had before
     */
    SessionClients(Layout layout, List<Leadership> leaders, SessionMemory memory, int session, int number) {
        this.layout = layout;
        this.leaders = leaders;
        this.memory = memory;
        this.threadName = "session-" + session;
        this.clientId = threadName + "-" + number;
    }

    /** Does something on the session's thread, after what was done there before. */
    CompletionStage<Response> onThread(Supplier<Response> call) {
        return layout.environment().blocking(threadName, call::get);
    }

    /** Sends a message; the result is {@code [offset message]}, or nothing where nobody told the offset. */
    Response send(int partition, long message) {
        KafkaProducer<byte[], Long> mine = producer();
        try {
            told(mine.partitionsFor(Layout.TOPIC));
        } catch (KafkaException unknown) {
            return new Response.Fail("no leader was known, nothing was sent: " + unknown.getMessage());
        }
        try {
            RecordMetadata stored = mine.send(new ProducerRecord<>(Layout.TOPIC, partition, null, message))
                    .get();
            tellIfKnown(mine);
            return (stored.hasOffset()
                            ? Response.ok(Value.of(List.of(Value.of(stored.offset()), Value.of(message))))
                            : Response.done())
                    .by(leaders.get(partition).now());
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

    /** What was acknowledged stays so where nobody says who leads. */
    private void tellIfKnown(KafkaProducer<byte[], Long> mine) {
        try {
            told(mine.partitionsFor(Layout.TOPIC));
        } catch (KafkaException unknown) {
            // the leader that was known before is told
        }
    }

    /** The next messages of a partition, none where the session is at its end. */
    Response poll(int partition) {
        TopicPartition from = new TopicPartition(Layout.TOPIC, partition);
        KafkaConsumer<byte[], Long> mine = consumer();
        try {
            mine.assign(List.of(from));
            mine.seek(from, memory.next(partition));
            // a poll that finds nothing does not say whether anybody was asked
            long end = Optional.ofNullable(mine.endOffsets(List.of(from)).get(from))
                    .orElseThrow();
            told(mine.partitionsFor(Layout.TOPIC));
            if (end == memory.next(partition).offset()) {
                return polled(partition, List.of());
            }
            List<Value> found = new ArrayList<>();
            for (ConsumerRecord<byte[], Long> one : mine.poll(TO_POLL)) {
                found.add(Value.of(List.of(Value.of(one.offset()), Value.of(one.value()))));
                memory.moveTo(partition, SessionMemory.position(one.offset() + 1, one.leaderEpoch()));
            }
            return found.isEmpty()
                    ? new Response.Fail("no message came within " + TO_POLL.toMillis() + " ms")
                    : polled(partition, found);
        } catch (KafkaException nothingDelivered) {
            return new Response.Fail("nothing was delivered: " + text(nothingDelivered));
        }
    }

    private Response polled(int partition, List<Value> found) {
        return Response.ok(Value.of(found)).by(leaders.get(partition).now());
    }

    /** Notes who leads, as the brokers told the client that asked them last. */
    private void told(List<PartitionInfo> partitions) {
        for (PartitionInfo one : partitions) {
            if (one.leader() != null && !one.leader().isEmpty()) {
                leaders.get(one.partition()).pass(layout.node(one.leader().id()));
            }
        }
    }

    private synchronized KafkaProducer<byte[], Long> producer() {
        requireOpen();
        KafkaProducer<byte[], Long> found = producer.orElseGet(
                () -> new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new LongSerializer()));
        producer = Optional.of(found);
        return found;
    }

    private synchronized KafkaConsumer<byte[], Long> consumer() {
        requireOpen();
        KafkaConsumer<byte[], Long> found = consumer.orElseGet(
                () -> new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new LongDeserializer()));
        consumer = Optional.of(found);
        return found;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed by the session");
        }
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = commonSettings();
        settings.put(ProducerConfig.ACKS_CONFIG, layout.settings().acks());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, layout.settings().idempotent());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) TO_KNOW_MILLIS);
        return settings;
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = commonSettings();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TO_ASK_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, TRY_MILLIS / 2);
        return settings;
    }

    private Map<String, Object> commonSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, layout.bootstrap());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TRY_MILLIS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 100L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100L);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
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
        CompletionStage<Void> sent = layout.environment().blocking("closing-" + clientId, () -> {
            sending.ifPresent(one -> one.close(Duration.ZERO));
            return null;
        });
        return layout.environment()
                .<Void>blocking(threadName, () -> {
                    polling.ifPresent(one -> one.close(Duration.ZERO));
                    return null;
                })
                .runAfterBoth(sent, () -> {});
    }

    private static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
