package dev.umpire.targets.testcontainers;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topic that sessions use, which has a copy at each broker; the first leads all of it first. */
final class KafkaTopic {
    static final String NAME = "umpire";

    /** How many partitions it has: as many as the workload uses where nobody says. */
    static final int PARTITIONS = 3;

    private static final long SECONDS_TO_CREATE = 20;

    private KafkaTopic() {}

    /**
     * Makes it.
     *
     * @param inSync how many replicas must be in sync for a leader to take what is to be acknowledged by all
     * @return why it is not there; empty: it is
     */
    static Optional<String> make(String bootstrap, int brokers, int inSync) throws IOException {
        List<Integer> everybody = IntStream.rangeClosed(1, brokers).boxed().toList();
        Map<Integer, List<Integer>> replicas = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            replicas.put(partition, everybody);
        }
        NewTopic topic = new NewTopic(NAME, replicas)
                .configs(Map.of("min.insync.replicas", "" + inSync, "unclean.leader.election.enable", "false"));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(List.of(topic)).all().get(SECONDS_TO_CREATE, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            // a broker that was slow to be heard may not have it yet, and an earlier try of ours may have made it
            return Optional.ofNullable(e.getCause())
                    .filter(cause -> !(cause instanceof TopicExistsException))
                    .map(Throwable::toString);
        } catch (TimeoutException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the topic was made", e);
        }
    }
}
