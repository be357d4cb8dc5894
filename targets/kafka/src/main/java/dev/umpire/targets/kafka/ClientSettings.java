package dev.umpire.targets.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How Kafka's own producers and consumers are set: as the run's settings ask, and so that they give up in time. */
final class ClientSettings {

    // together shorter than the usual operation timeout of a second, so that a session is told how a request ended
    static final int TO_KNOW_MILLIS = 250;
    private static final int DELIVERY_MILLIS = 700;
    private static final int TRY_MILLIS = 350;
    private static final int TO_ASK_MILLIS = 450;
    /** After which brokers give up what a session has left open. */
    private static final int TRANSACTION_MILLIS = 2_000;
    /** After which the group goes on without a member that is silent. */
    private static final int MEMBER_MILLIS = 1_500;
    /** Few, so that members have something left when the group changes. */
    private static final int MEMBER_RECORDS = 5;

    private ClientSettings() {}

    /**
     * Of a producer.
     *
     * @param session in whose name it sends, where it does so in transactions
     */
    static Map<String, Object> producer(KafkaNodes kafka, String session, String clientId) {
        Map<String, Object> settings = common(kafka, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, kafka.settings().acks());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, kafka.settings().idempotent());
        settings.put(ProducerConfig.RETRIES_CONFIG, kafka.settings().retries());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) TO_KNOW_MILLIS);
        if (kafka.settings().transactional()) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.topic() + "-" + session);
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) TO_ASK_MILLIS);
        }
        return settings;
    }

    /** Of a consumer. */
    static Map<String, Object> consumer(KafkaNodes kafka, String clientId) {
        Map<String, Object> settings = common(kafka, clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TO_ASK_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, TRY_MILLIS / 2);
        settings.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                kafka.settings().committedOnly() ? "read_committed" : "read_uncommitted");
        if (kafka.settings().commits().isPresent()) {
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topic());
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, MEMBER_MILLIS);
            settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, MEMBER_MILLIS / 5);
            settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 2 * MEMBER_MILLIS);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MEMBER_RECORDS);
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TRY_MILLIS);
        }
        return settings;
    }

    private static Map<String, Object> common(KafkaNodes kafka, String clientId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TRY_MILLIS);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 100L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 20L);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100L);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}
