package dev.umpire.targets.etcd;

import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who belongs to the cluster, asked of the members but the one that it is about, one after another. Blocks. */
final class MemberList {

    /** The members agree on a change before one answers. */
    private static final Duration CHANGE = Duration.ofSeconds(3);

    private final Layout layout;

    MemberList(Layout layout) {
        this.layout = layout;
    }

    /** What a member says: all entries, or why it said nothing. */
    private record Said(Node by, Optional<JsonNode> members, String trouble) {}

    /** Lets the members go on without a node, where they still count it in; whether they do not. */
    Polling.Seen without(Node node) {
        return changed(node, false, entry -> {
            ObjectNode removal = layout.gateway().object();
            return removal.put("ID", entry.orElseThrow().path("ID").asString());
        });
    }

    /** Lets the members count a node in, where they do not; whether they do. */
    Polling.Seen with(Node node) {
        return changed(node, true, nobody -> {
            ObjectNode addition = layout.gateway().object();
            addition.putArray("peerURLs").add(layout.peerUrl(node));
            return addition;
        });
    }

    private interface Change {
        ObjectNode request(Optional<JsonNode> entry);
    }

    private Polling.Seen changed(Node node, boolean wanted, Change change) {
        String last = "";
        for (Node other : others(node)) {
            Said said = ask(other);
            last = said.trouble();
            if (said.members().isPresent()) {
                Optional<JsonNode> entry = entry(said.members().get(), node);
                if (entry.isPresent() == wanted) {
                    return new Polling.Seen(true, told(other, node, wanted));
                }
                String path = "/v3/cluster/member/" + (wanted ? "add" : "remove");
                try {
                    JsonNode unused = call(other, path, change.request(entry), CHANGE);
                    return new Polling.Seen(false, told(other, node, !wanted));
                } catch (IOException refused) {
                    last = other + ": " + refused.getMessage();
                }
            }
        }
        return new Polling.Seen(false, last);
    }

    /** Whether another member that answers counts the node in and knows its name, which it tells when it has joined. */
    Observation has(Node node) {
        List<String> troubles = new ArrayList<>();
        for (Node other : others(node)) {
            Said said = ask(other);
            if (said.members().isPresent()) {
                Optional<JsonNode> entry = entry(said.members().get(), node);
                boolean joined = entry.filter(
                                one -> !one.path("name").asString("").isEmpty())
                        .isPresent();
                return new Observation(
                        joined,
                        told(other, node, entry.isPresent())
                                + (entry.isPresent() && !joined ? ", which has not joined yet" : ""));
            }
            troubles.add(said.trouble());
        }
        throw new IllegalStateException("no member tells who is one: " + String.join("; ", troubles));
    }

    private static String told(Node by, Node node, boolean listed) {
        return by + " lists " + (listed ? "" : "no member ") + node;
    }

    private List<Node> others(Node node) {
        return layout.nodes().stream().filter(other -> !other.equals(node)).toList();
    }

    private Said ask(Node node) {
        try {
            JsonNode answer =
                    call(node, "/v3/cluster/member/list", layout.gateway().object(), EtcdNodes.QUESTION);
            return new Said(node, Optional.of(answer.path("members")), "");
        } catch (IOException silent) {
            return new Said(node, Optional.empty(), node + ": " + silent.getMessage());
        }
    }

    private JsonNode call(Node node, String path, ObjectNode request, Duration bound) throws IOException {
        try {
            return layout.gateway().callNow(layout.at(node).client(), path, request, bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before " + node + " answered", e);
        }
    }

    /** By its address: before it has joined it has no name. */
    private Optional<JsonNode> entry(JsonNode members, Node node) {
        return StreamSupport.stream(members.spliterator(), false)
                .filter(member -> StreamSupport.stream(member.path("peerURLs").spliterator(), false)
                        .anyMatch(url -> url.asString("").equals(layout.peerUrl(node))))
                .findFirst();
    }
}
