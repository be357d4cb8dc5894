package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Response;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A producer that sends each message in a transaction of its own. Its transactional id is its session's: the next producer of the
 * session fences it and lets its open transaction be given up.
 *
 * <p>A transaction of which nobody asked that it be committed never is, so that the answer is FAIL until then, whatever became of
 * the message; a commit that was not answered is INFO. After any of this the producer is used no more. Used on the session's
 * thread.
 */
final class Transactions {

    /** Of so many messages one is given up, where some shall be. */
    private static final int ONE_OF = 4;

    private final KafkaProducer<byte[], Long> producer;
    private final String topic;
    private final boolean givesUpSome;
    private boolean begun;
    private boolean spent;

    Transactions(KafkaProducer<byte[], Long> producer, String topic, KafkaSettings.Transactions kind) {
        this.producer = producer;
        this.topic = topic;
        this.givesUpSome = kind == KafkaSettings.Transactions.WITH_ABORTS;
    }

    /** Whether another producer is to take the place of this one. */
    boolean isSpent() {
        return spent;
    }

    /**
     * Makes itself known to the coordinator, the first time.
     *
     * @throws KafkaException if it could not; nothing was sent
     */
    void begin() {
        if (begun) {
            return;
        }
        try {
            producer.initTransactions();
            begun = true;
        } catch (TimeoutException notYet) {
            throw notYet; // it may go on where it was
        } catch (KafkaException e) {
            spent = true;
            throw e;
        }
    }

    /**
     * Sends a message and ends its transaction.
     *
     * @param answer to a send that was committed
     */
    Response send(int partition, long message, Function<RecordMetadata, Response> answer) throws InterruptedException {
        Optional<RecordMetadata> stored = Optional.empty();
        try {
            producer.beginTransaction();
            stored = Optional.of(producer.send(new ProducerRecord<>(topic, partition, null, message))
                    .get());
            if (givesUpSome && message % ONE_OF == 0) {
                producer.abortTransaction();
                return new Response.Fail("its transaction was given up, as that of every fourth message is");
            }
        } catch (ExecutionException | KafkaException e) {
            spent = true;
            Throwable cause = e instanceof ExecutionException
                    ? Optional.ofNullable(e.getCause()).orElse(e)
                    : e;
            return new Response.Fail("its transaction was not to be committed: " + SessionClients.text(cause));
        }
        try {
            producer.commitTransaction();
            return answer.apply(stored.orElseThrow());
        } catch (KafkaException e) {
            spent = true;
            return new Response.Info("its transaction may have been committed: " + SessionClients.text(e));
        }
    }
}
