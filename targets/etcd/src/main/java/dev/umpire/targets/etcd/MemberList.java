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

    /** The members agree on a change, or on a read, before one answers. */
    private static final Duration AGREEMENT = Duration.ofSeconds(3);

    private final Layout layout;

    MemberList(Layout layout) {
        this.layout = layout;
    }

    /**
     * Whether the members are as wanted.
     *
     * @param node how they list it, which counts if they are
     */
    record Settled(boolean settled, Optional<JoinStep.Listed> node, String lastSeen) {

        Polling.Seen seen() {
            return new Polling.Seen(settled, lastSeen);
        }
    }

    /**
     * What the members are asked for.
     *
     * @param name of the function of etcd's API
     */
    private record Change(String name, ObjectNode request) {}

    /** What else the members are to do by what they list; empty if nothing. */
    private interface Wish {
        Optional<Change> of(Optional<JoinStep.Listed> listed);
    }

    /** Lets the members go on without a node, where they still count it in; whether they do not. */
    Polling.Seen without(Node node) {
        return ask(node, listed -> listed.map(this::removal)).seen();
    }

    /** Lets the members count a node in as one that can begin or go on; whether they do. */
    Settled with(Node node, JoinStep.Folder folder) {
        return ask(node, listed -> switch (JoinStep.next(listed, folder)) {
            case ADD -> Optional.of(addition(node));
            case REMOVE -> listed.map(this::removal);
            case BEGIN, GO_ON -> Optional.empty();
        });
    }

    private Change removal(JoinStep.Listed member) {
        return new Change("remove", layout.gateway().object().put("ID", Long.toUnsignedString(member.id())));
    }

    private Change addition(Node node) {
        ObjectNode request = layout.gateway().object();
        request.putArray("peerURLs").add(layout.peerUrl(node));
        return new Change("add", request);
    }

    private Settled ask(Node node, Wish wish) {
        String last = "";
        for (Node other : others(node)) {
            try {
                Optional<JoinStep.Listed> listed = agreed(other, node);
                Optional<Change> change = wish.of(listed);
                if (change.isPresent()) {
                    JsonNode unused = call(
                            other,
                            "/v3/cluster/member/" + change.get().name(),
                            change.get().request(),
                            AGREEMENT);
                }
                return new Settled(change.isEmpty(), listed, told(other, node, listed.isPresent()));
            } catch (IOException refused) {
                last = other + ": " + refused.getMessage();
            }
        }
        return new Settled(false, Optional.empty(), last);
    }

    /**
     * How a member lists a node that knows all on which the members had agreed when it was asked. The list alone is what the one
     * asked knows, which may be long ago; a read that they agree on makes it catch up before.
     */
    private Optional<JoinStep.Listed> agreed(Node other, Node node) throws IOException {
        JsonNode unused = call(other, "/v3/kv/range", layout.gateway().object().put("key", "AA=="), AGREEMENT);
        return listed(other, node);
    }

    /** Whether another member that answers counts the node in and knows its name, which it tells when it has joined. */
    Observation has(Node node) {
        List<String> troubles = new ArrayList<>();
        for (Node other : others(node)) {
            try {
                Optional<JoinStep.Listed> listed = listed(other, node);
                boolean joined = listed.filter(JoinStep.Listed::named).isPresent();
                return new Observation(
                        joined,
                        told(other, node, listed.isPresent())
                                + (listed.isPresent() && !joined ? ", which has not joined yet" : ""));
            } catch (IOException silent) {
                troubles.add(other + ": " + silent.getMessage());
            }
        }
        throw new IllegalStateException("no member tells who is one: " + String.join("; ", troubles));
    }

    private static String told(Node by, Node node, boolean listed) {
        return by + " lists " + (listed ? "" : "no member ") + node;
    }

    private List<Node> others(Node node) {
        return layout.nodes().stream().filter(other -> !other.equals(node)).toList();
    }

    private Optional<JoinStep.Listed> listed(Node by, Node node) throws IOException {
        JsonNode members = call(by, "/v3/cluster/member/list", layout.gateway().object(), EtcdNodes.QUESTION)
                .path("members");
        // by its address: before it has joined it has no name
        return StreamSupport.stream(members.spliterator(), false)
                .filter(member -> StreamSupport.stream(member.path("peerURLs").spliterator(), false)
                        .anyMatch(url -> url.asString("").equals(layout.peerUrl(node))))
                .findFirst()
                .map(member -> new JoinStep.Listed(
                        Long.parseUnsignedLong(member.path("ID").asString()),
                        !member.path("name").asString("").isEmpty()));
    }

    private JsonNode call(Node node, String path, ObjectNode request, Duration bound) throws IOException {
        try {
            return layout.gateway().callNow(layout.at(node).client(), path, request, bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before " + node + " answered", e);
        }
    }
}
