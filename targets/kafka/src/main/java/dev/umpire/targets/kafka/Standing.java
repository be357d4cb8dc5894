package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * What all brokers say of themselves and of the topic, asked at about the same time.
 *
 * @param answers of the brokers
 * @param ids of the brokers
 * @param partitions how many partitions the topic has
 */
record Standing(NodeAnswers<Status> answers, Set<Integer> ids, int partitions) {

    static final short METADATA_VERSION = 12;

    /**
     * What a broker says.
     *
     * @param id its own
     * @param brokers ids of those that it believes to be there
     * @param copies by partition; none where it does not know the topic
     */
    record Status(int id, Set<Integer> brokers, Map<Integer, Copy> copies) {

        boolean leads() {
            Copy first = copies.get(0);
            return first != null && first.leader() == id;
        }

        String describe() {
            return "knows of brokers " + brokers + ", "
                    + (copies.isEmpty()
                            ? "knows no topic"
                            : copies.entrySet().stream()
                                    .map(copy -> "p" + copy.getKey() + ": "
                                            + copy.getValue().describe())
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * What a broker says of a partition.
     *
     * @param leader id of the broker that leads as far as this one knows; -1: none
     * @param inSync ids of the replicas in sync, as far as this one knows
     * @param end the offset behind the last record of its own copy; -1: it has none
     * @param stable the offset up to which its consumers get records now; -1: not known
     */
    record Copy(int leader, Set<Integer> inSync, long end, long stable) {
        String describe() {
            return (leader < 0 ? "no leader" : leader + " leads") + ", in sync " + inSync + ", end " + end
                    + (stable == end ? "" : ", stable up to " + stable);
        }
    }

    static CompletionStage<Standing> ask(KafkaNodes kafka) {
        return NodeAnswers.ask(
                        kafka.nodes(),
                        node -> kafka.environment().blocking("standing-" + node, () -> status(kafka, node)))
                .thenApply(answers -> new Standing(
                        answers,
                        Set.copyOf(kafka.ids().values()),
                        kafka.settings().partitions()));
    }

    /** Asks one broker; empty if it does not answer within the bound. */
    private static Optional<Status> status(KafkaNodes kafka, Node node) {
        try (Wire wire = new Wire(kafka.ports().direct(node), KafkaNodes.QUESTION_MILLIS)) {
            MetadataResponse metadata = wire.ask(
                    new MetadataRequest.Builder(List.of(kafka.topic()), false).build(METADATA_VERSION),
                    MetadataResponse.class);
            Set<Integer> brokers = metadata.data().brokers().stream()
                    .map(MetadataResponseBroker::nodeId)
                    .collect(Collectors.toUnmodifiableSet());
            Map<Integer, Copy> copies = new TreeMap<>();
            for (MetadataResponseTopic topic : metadata.data().topics()) {
                Map<Integer, Long> ends =
                        Copies.ends(wire, kafka.topic(), topic.partitions().size());
                for (MetadataResponsePartition one : topic.partitions()) {
                    int partition = one.partitionIndex();
                    long end = ends.getOrDefault(partition, Copies.NONE);
                    long stable = kafka.settings().transactional() ? stable(kafka, wire, partition, end) : end;
                    copies.put(partition, new Copy(one.leaderId(), Set.copyOf(one.isrNodes()), end, stable));
                }
            }
            return Optional.of(new Status(kafka.id(node), brokers, copies));
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    /** Where a transaction is open, its first record; else the end. */
    private static long stable(KafkaNodes kafka, Wire wire, int partition, long end) throws IOException {
        if (end == Copies.NONE) {
            return Copies.NONE;
        }
        PartitionData answer = Copies.fetch(wire, new TopicPartition(kafka.topic(), partition), end, 0, true);
        return answer.errorCode() == Errors.NONE.code() ? answer.lastStableOffset() : Copies.NONE;
    }

    /** The one node that says that it leads the first partition; empty if none or several do. */
    Optional<Node> leader() {
        return answers.only(Status::leads);
    }

    /**
     * Whether every partition is led without a node, or would be: as the node tells, of those that it leads. Where it is silent,
     * all brokers that answer must know another leader.
     *
     * @param id of the node
     */
    boolean goesOnWithout(Node node, int id) {
        boolean silent = answers.of(node).isEmpty();
        List<Status> told =
                silent ? answers.given().toList() : answers.of(node).stream().toList();
        return !told.isEmpty()
                && told.stream()
                        .allMatch(status -> status.copies().size() == partitions
                                && status.copies().values().stream()
                                        .allMatch(copy -> copy.leader() == id
                                                ? !silent && copy.inSync().size() > 1
                                                : copy.leader() >= 0));
    }

    /** Whether all brokers know of all brokers. */
    boolean complete() {
        return answers.all(status -> status.brokers().containsAll(ids));
    }

    /** Whether all brokers know that all copies are in sync, each with a leader. */
    boolean inSync() {
        int copies = answers.byNode().size();
        return complete()
                && answers.all(status -> status.copies().size() == partitions
                        && status.copies().values().stream()
                                .allMatch(copy ->
                                        copy.leader() >= 0 && copy.inSync().size() == copies));
    }

    /** Whether all brokers know the same leader of each partition, and all copies are in sync and equally long, with no transaction open. */
    boolean converged() {
        if (!complete()) {
            return false;
        }
        for (int partition = 0; partition < partitions; partition++) {
            int number = partition;
            List<Optional<Copy>> copies = answers.given()
                    .map(status -> Optional.ofNullable(status.copies().get(number)))
                    .distinct()
                    .toList();
            boolean agreed = copies.size() == 1
                    && copies.get(0)
                            .filter(copy -> copy.leader() >= 0
                                    && copy.end() >= 0
                                    && copy.stable() == copy.end()
                                    && copy.inSync().size() == answers.byNode().size())
                            .isPresent();
            if (!agreed) {
                return false;
            }
        }
        return true;
    }

    String describe() {
        return answers.describe(Status::describe);
    }
}
