package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics: the one that sessions use, and the one by which links are probed. */
final class Topics {

    /** Has a partition for each link, with one copy, at the node at the link's end. */
    static final String PROBES = "umpire-probes";

    private static final long SECONDS_TO_CREATE = 20;

    private Topics() {}

    /** Makes both. Blocks. */
    static void create(Layout layout) throws IOException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, layout.bootstrap()))) {
            admin.createTopics(List.of(sessions(layout), probes(layout)))
                    .all()
                    .get(SECONDS_TO_CREATE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the topics could not be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the topics were made", e);
        }
    }

    private static NewTopic sessions(Layout layout) {
        List<Integer> everybody = layout.nodes().stream().map(layout::id).toList();
        Map<Integer, List<Integer>> replicas = new HashMap<>();
        for (int partition = 0; partition < layout.settings().partitions(); partition++) {
            replicas.put(partition, everybody);
        }
        return new NewTopic(Layout.TOPIC, replicas)
                .configs(Map.of(
                        "min.insync.replicas", "" + layout.settings().minInSync(),
                        "unclean.leader.election.enable", "" + layout.settings().unclean()));
    }

    private static NewTopic probes(Layout layout) {
        Map<Integer, List<Integer>> replicas = new HashMap<>();
        List<Link> links = links(layout);
        for (int partition = 0; partition < links.size(); partition++) {
            replicas.put(partition, List.of(layout.id(links.get(partition).to())));
        }
        return new NewTopic(PROBES, replicas);
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
