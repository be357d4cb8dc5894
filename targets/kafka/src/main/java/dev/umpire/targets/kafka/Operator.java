package dev.umpire.targets.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.RaftVoterEndpoint;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;

/**
 * What somebody who runs a cluster tells it, through any of its brokers; what it asks for is done, or refused, by the controller
 * that leads. Blocks.
 */
final class Operator implements Closeable {

    private static final int BROKER_MILLIS = 1_500;
    private static final int MILLIS = 3_000;

    private final Admin admin;

    /** @param bootstrap some of the brokers: {@code 127.0.0.1:9092,127.0.0.1:9093} */
    Operator(String bootstrap) {
        this.admin = Topics.admin(bootstrap, BROKER_MILLIS, MILLIS);
    }

    /**
     * Wants copies of partitions to be at these brokers and at no others. Of a topic of Kafka's own that nobody has needed yet
     * there is none to be moved.
     */
    void assign(Map<TopicPartition, List<Integer>> replicas) throws IOException {
        Map<TopicPartition, KafkaFuture<Void>> asked = admin.alterPartitionReassignments(replicas.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, one -> Optional.of(new NewPartitionReassignment(one.getValue())))))
                .values();
        for (Map.Entry<TopicPartition, KafkaFuture<Void>> one : asked.entrySet()) {
            try {
                told(one.getValue());
            } catch (IOException refused) {
                if (!Topic.isInternal(one.getKey().topic())
                        || !(refused.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw refused;
                }
            }
        }
    }

    /** Whether copies are not yet where they are wanted. */
    boolean moving() throws IOException {
        return !told(admin.listPartitionReassignments().reassignments()).isEmpty();
    }

    /**
     * Wants partitions to be led by the first broker that has a copy. A broker that comes with a new disk leads what it alone has a
     * copy of by no other way, where it told too late that the copy is on that disk.
     */
    void elect(Set<TopicPartition> partitions) throws IOException {
        Map<TopicPartition, Optional<Throwable>> refused =
                told(admin.electLeaders(ElectionType.PREFERRED, partitions).partitions());
        for (Map.Entry<TopicPartition, Optional<Throwable>> one : refused.entrySet()) {
            Optional<Throwable> why = one.getValue().filter(found -> !(found instanceof ElectionNotNeededException));
            if (why.isPresent()) {
                throw new IOException(one.getKey() + ": " + why.get().getMessage(), why.get());
            }
        }
    }

    /** Deprives a controller of its vote. */
    void dismiss(Members.Replica voter) throws IOException {
        told(admin.removeRaftVoter(voter.id(), voter.directory()).all());
    }

    /**
     * Gives a controller a vote.
     *
     * @param port of {@link Layout#HOST} at which the others dial it
     */
    void admit(Members.Replica observer, int port) throws IOException {
        told(admin.addRaftVoter(
                        observer.id(),
                        observer.directory(),
                        Set.of(new RaftVoterEndpoint(Layout.CONTROLLERS, Layout.HOST, port)))
                .all());
    }

    /** Lets the cluster forget a broker, if it knows it. */
    void unregister(int id) throws IOException {
        try {
            told(admin.unregisterBroker(id).all());
        } catch (IOException refused) {
            if (!(refused.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw refused;
            }
        }
    }

    private static <T> T told(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(2L * MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable why = Optional.ofNullable(e.getCause()).orElse(e);
            throw new IOException(String.valueOf(why.getMessage()), why);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + 2 * MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the brokers answered", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
