package dev.umpire.targets.kafka;

import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;

/** The topics: the one that sessions use, the one by which links are probed, and those of Kafka's own. */
final class Topics {

    /**
     * Has a partition for each link, with one copy, at the node at the link's end; then one for each node, with one copy, at that
     * node. What comes to any is dated by the broker.
     */
    static final String PROBES = "umpire-probes";

    static final long SECONDS_TO_CREATE = 20;

    private static final int MILLIS_TO_CREATE = (int) TimeUnit.SECONDS.toMillis(SECONDS_TO_CREATE);

    private static final short COORDINATOR_VERSION = 3; // the last one that asks for one
    private static final int COORDINATOR_MILLIS = 2_000;

    private Topics() {}

    /** Whether both are there, after making those that are not. Blocks. */
    static Polling.Seen made(Layout layout) throws IOException {
        try (Admin admin = admin(layout.kafka().bootstrap())) {
            Map<String, KafkaFuture<Void>> asked = admin.createTopics(List.of(sessions(layout.kafka()), probes(layout)))
                    .values();
            for (KafkaFuture<Void> one : asked.values()) {
                Optional<Throwable> refusal = refusal(one);
                if (refusal.isPresent()) {
                    // a broker that was slow to be heard may not have one yet, and has one a moment later
                    return new Polling.Seen(false, refusal.get().toString());
                }
            }
            return new Polling.Seen(true, "both");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the topics were made", e);
        }
    }

    /**
     * Whether those of Kafka's own are there that sessions need. Brokers make one when they are asked for who keeps what is in it,
     * and have it made only while all of them are there. Blocks.
     */
    static Polling.Seen ownMade(KafkaNodes kafka) {
        List<CoordinatorType> needed = new ArrayList<>();
        if (kafka.settings().commits().isPresent()) {
            needed.add(CoordinatorType.GROUP);
        }
        if (kafka.settings().transactional()) {
            needed.add(CoordinatorType.TRANSACTION);
        }
        for (CoordinatorType one : needed) {
            String answer = coordinator(kafka, one);
            if (!answer.equals(Errors.NONE.name())) {
                return new Polling.Seen(false, one + ": " + answer);
            }
        }
        return new Polling.Seen(true, "all that are needed");
    }

    private static String coordinator(KafkaNodes kafka, CoordinatorType of) {
        FindCoordinatorRequestData question =
                new FindCoordinatorRequestData().setKeyType(of.id()).setKey(kafka.topic());
        try (Wire wire = new Wire(kafka.ports().direct(kafka.nodes().get(0)), COORDINATOR_MILLIS)) {
            return wire.ask(
                            new FindCoordinatorRequest.Builder(question).build(COORDINATOR_VERSION),
                            FindCoordinatorResponse.class)
                    .error()
                    .name();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }

    /** Why a topic was not made; empty if it is there. */
    private static Optional<Throwable> refusal(KafkaFuture<Void> topic) throws InterruptedException {
        try {
            topic.get(SECONDS_TO_CREATE, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            // an earlier try of ours may have made it, whose answer did not come
            return Optional.ofNullable(e.getCause()).filter(cause -> !(cause instanceof TopicExistsException));
        } catch (TimeoutException e) {
            return Optional.of(e);
        }
    }

    /** Asks brokers, each for as long at most as a topic may take. */
    static Admin admin(String bootstrap) {
        return admin(bootstrap, MILLIS_TO_CREATE, MILLIS_TO_CREATE);
    }

    /**
     * Asks brokers.
     *
     * @param brokerMillis how long one may take
     * @param millis how long all that are asked may take together
     */
    static Admin admin(String bootstrap, int brokerMillis, int millis) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                brokerMillis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis));
    }

    /** The topic of sessions, with a copy at each broker. */
    static NewTopic sessions(KafkaNodes kafka) {
        List<Integer> everybody = kafka.nodes().stream().map(kafka::id).toList();
        Map<Integer, List<Integer>> replicas = new HashMap<>();
        for (int partition = 0; partition < kafka.settings().partitions(); partition++) {
            replicas.put(partition, everybody);
        }
        return new NewTopic(kafka.topic(), replicas)
                .configs(Map.of(
                        "min.insync.replicas", "" + kafka.settings().minInSync(),
                        "unclean.leader.election.enable", "" + kafka.settings().unclean()));
    }

    /**
     * Where copies of all that sessions and their group use are to be: of their topic, and of those of Kafka's own, which keep
     * positions of groups and states of transactions.
     *
     * @param partitions how many partitions the topic of sessions has
     * @param brokers ids of those at which a copy of each partition is to be
     */
    static Map<TopicPartition, List<Integer>> replicas(String topic, int partitions, List<Integer> brokers) {
        return Stream.concat(
                        IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)),
                        // each has one partition, as brokers are set
                        Stream.of(Topic.GROUP_METADATA_TOPIC_NAME, Topic.TRANSACTION_STATE_TOPIC_NAME)
                                .map(name -> new TopicPartition(name, 0)))
                .collect(Collectors.toUnmodifiableMap(Function.identity(), partition -> brokers));
    }

    private static NewTopic probes(Layout layout) {
        Map<Integer, List<Integer>> replicas = new HashMap<>();
        List<Link> links = links(layout);
        for (int partition = 0; partition < links.size(); partition++) {
            replicas.put(partition, List.of(layout.id(links.get(partition).to())));
        }
        layout.nodes().forEach(node -> replicas.put(ofNode(layout, node), List.of(layout.id(node))));
        return new NewTopic(PROBES, replicas).configs(Map.of("message.timestamp.type", "LogAppendTime"));
    }

    /** The partition of a node among the probes. */
    static int ofNode(Layout layout, Node node) {
        return links(layout).size() + layout.nodes().indexOf(node);
    }

    /** The partitions of probes whose one copy is at a node. */
    static Set<TopicPartition> probesAt(Layout layout, Node node) {
        List<Link> links = links(layout);
        return Stream.concat(
                        links.stream().filter(link -> link.to().equals(node)).map(links::indexOf),
                        Stream.of(ofNode(layout, node)))
                .map(partition -> new TopicPartition(PROBES, partition))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All links, each at the place of its partition among the probes. */
    static List<Link> links(Layout layout) {
        List<Link> links = new ArrayList<>();
        for (Node from : layout.nodes()) {
            for (Node to : layout.nodes()) {
                if (!from.equals(to)) {
                    links.add(new Link(from, to));
                }
            }
        }
        return Collections.unmodifiableList(links);
    }
}
