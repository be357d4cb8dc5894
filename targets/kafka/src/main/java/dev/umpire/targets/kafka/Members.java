package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * Who belongs to a cluster, as one of its brokers tells: of the controllers it asks the one that leads them.
 *
 * @param voters controllers that elect one of them and agree on what is in the log of the cluster
 * @param observers who else fetches that log, or has lately
 * @param agreed the offset behind the last record of that log on which voters have agreed
 * @param brokers ids of those that it believes to be there
 */
record Members(List<Replica> voters, List<Replica> observers, long agreed, Set<Integer> brokers) {

    private static final short QUORUM_VERSION = 2; // the first that tells disks apart
    private static final TopicPartition LOG = new TopicPartition("__cluster_metadata", 0);

    Members {
        voters = List.copyOf(voters);
        observers = List.copyOf(observers);
        brokers = Set.copyOf(brokers);
    }

    /**
     * Who fetches the log of the cluster.
     *
     * @param id of the node
     * @param directory of its disk: one that begins on an empty disk has another
     * @param end the offset behind the last record that it has
     */
    record Replica(int id, Uuid directory, long end) {}

    /**
     * Asks a broker.
     *
     * @throws IOException if it does not answer, or no controller leads
     */
    static Members ask(Wire wire) throws IOException {
        MetadataResponse metadata = wire.ask(
                new MetadataRequest.Builder(List.of(), false).build(Standing.METADATA_VERSION), MetadataResponse.class);
        DescribeQuorumResponseData answer = wire.ask(
                        new DescribeQuorumRequest.Builder(DescribeQuorumRequest.singletonRequest(LOG))
                                .build(QUORUM_VERSION),
                        DescribeQuorumResponse.class)
                .data();
        PartitionData quorum = answer.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .findFirst()
                .filter(found -> found.errorCode() == Errors.NONE.code())
                .orElseThrow(() -> new IOException("found " + Errors.forCode(answer.errorCode())
                        + " instead of the quorum of controllers, expected one that is led"));
        return new Members(
                replicas(quorum.currentVoters()),
                replicas(quorum.observers()),
                quorum.highWatermark(),
                metadata.data().brokers().stream()
                        .map(MetadataResponseBroker::nodeId)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static List<Replica> replicas(List<DescribeQuorumResponseData.ReplicaState> told) {
        return told.stream()
                .map(one -> new Replica(one.replicaId(), one.replicaDirectoryId(), one.logEndOffset()))
                .toList();
    }

    /** The controllers of a node that have a vote: one for each of its disks, where there were several. */
    List<Replica> voters(int id) {
        return voters.stream().filter(one -> one.id() == id).toList();
    }

    /** The same of disks that the node does not have any more. */
    List<Replica> votersOfLostDisks(int id, Uuid directory) {
        return voters(id).stream()
                .filter(one -> !one.directory().equals(directory))
                .toList();
    }

    /** Whether the controller of a node with this disk has a vote. */
    boolean votes(int id, Uuid directory) {
        return voters(id).stream().anyMatch(one -> one.directory().equals(directory));
    }

    /** The controller of a node with this disk, where it has no vote and all that was agreed upon. */
    Optional<Replica> caughtUp(int id, Uuid directory) {
        return observers.stream()
                .filter(one -> one.id() == id && one.directory().equals(directory) && one.end() >= agreed)
                .findFirst();
    }

    /** Whether the node is believed to be there as a broker. */
    boolean isBroker(int id) {
        return brokers.contains(id);
    }

    /** Whether nothing of the node belongs to the cluster. */
    boolean isWithout(int id) {
        return voters(id).isEmpty() && !isBroker(id);
    }

    /**
     * Whether a node belongs to the cluster, with its controller and its broker; not known where it does with one of both.
     *
     * @param by who has told this
     */
    Observation observation(Node by, Node node, int id) {
        boolean votes = !voters(id).isEmpty();
        String told = told(by, node, id);
        return votes == isBroker(id) ? new Observation(votes, told) : Observation.unknown(told);
    }

    /** {@code n1 lists n3 as a voter and as no broker}. */
    String told(Node by, Node node, int id) {
        return by + " lists " + node
                + Stream.of(voters(id).isEmpty() ? "no voter" : "a voter", isBroker(id) ? "a broker" : "no broker")
                        .map(role -> " as " + role)
                        .collect(Collectors.joining(" and"));
    }
}
