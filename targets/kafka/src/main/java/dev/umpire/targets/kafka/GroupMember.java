package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * How one consumer of a session polls as a member of the group: what is assigned to it, from where the group is.
 *
 * <p>With {@link KafkaSettings.Commits#AFTER} a poll first commits what the polls before it have delivered: what is lost with a
 * member that is gone by then is delivered again. With {@link KafkaSettings.Commits#BEFORE} a poll commits what it has got, and
 * then delivers: what is lost in between nobody delivers, and that is so too where the commit was not answered. Nothing of this
 * outlives the consumer. Used on the session's thread.
 */
final class GroupMember {

    private static final Duration TO_POLL = Duration.ofMillis(250);

    private final KafkaConsumer<byte[], Long> consumer;
    private final String topic;
    private final KafkaSettings.Commits commits;
    private final Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();

    GroupMember(KafkaConsumer<byte[], Long> consumer, String topic, KafkaSettings.Commits commits) {
        this.consumer = consumer;
        this.topic = topic;
        this.commits = commits;
    }

    /** A step {@code [:poll {partition [[offset message] ...]}]} with what comes next; a poll that fails has delivered nothing. */
    Response poll() {
        try {
            if (consumer.subscription().isEmpty()) {
                consumer.subscribe(List.of(topic));
            }
            commit();
            ConsumerRecords<byte[], Long> found = consumer.poll(TO_POLL);
            for (ConsumerRecord<byte[], Long> one : found) {
                toCommit.put(
                        new TopicPartition(one.topic(), one.partition()),
                        SessionMemory.position(one.offset() + 1, one.leaderEpoch()));
            }
            if (commits == KafkaSettings.Commits.BEFORE) {
                commit();
            }
            return Response.ok(step(found));
        } catch (CommitFailedException | RebalanceInProgressException notAMember) {
            // others have the partitions, or will: from where the group is
            toCommit.clear();
            return nothing(notAMember);
        } catch (KafkaException e) {
            if (commits == KafkaSettings.Commits.BEFORE) {
                toCommit.clear(); // the consumer goes on behind it
            }
            return nothing(e);
        }
    }

    private void commit() {
        toCommit.keySet().retainAll(consumer.assignment());
        if (!toCommit.isEmpty()) {
            consumer.commitSync(toCommit);
            toCommit.clear();
        }
    }

    private static Response nothing(KafkaException why) {
        return new Response.Fail("nothing was delivered: " + SessionClients.text(why));
    }

    private static Value step(ConsumerRecords<byte[], Long> found) {
        Map<Value, Value> delivered = new LinkedHashMap<>();
        for (TopicPartition partition : found.partitions()) {
            List<Value> records = new ArrayList<>();
            found.records(partition).forEach(one -> records.add(SessionClients.record(one)));
            delivered.put(Value.of(KafkaClient.PARTITION + partition.partition()), Value.of(records));
        }
        return Value.of(List.of(Value.of(List.of(Value.keyword("poll"), new Value.MapOf(delivered)))));
    }

    /**
     * Up to where the group has consumed a partition.
     *
     * @throws KafkaException if nobody tells in time
     */
    OffsetAndMetadata consumed(TopicPartition partition) {
        return Optional.ofNullable(consumer.committed(Set.of(partition)).get(partition))
                .orElse(SessionMemory.BEGINNING);
    }
}
