package dev.umpire.targets.kafka;

import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Lets nodes leave the cluster and join it, step by step, each by what another broker tells. What asks brokers blocks.
 *
 * <p>Who is wanted to have copies is never read from a broker, which may be behind: those are all nodes that are not away. So what was
 * assigned once is assigned again in vain, and nothing is taken for done because it was done some time ago.
 */
final class Membership {

    private final Layout layout;
    private final BooleanSupplier ended;
    private final Consumer<Node> joins;
    /** Those that leave, are out, or have not joined yet. */
    private final Set<Node> away = ConcurrentHashMap.newKeySet();
    /** Those whose brokers are not registered any more. */
    private final Set<Node> unregistered = ConcurrentHashMap.newKeySet();
    /** Those of which the cluster counts on nothing. */
    private final Set<Node> out = ConcurrentHashMap.newKeySet();

    /**
     * Nobody has left yet.
     *
     * @param ended whether nothing is to be started any more
     * @param joins told of a node that goes on with what its disk has, before it is started
     */
    Membership(Layout layout, BooleanSupplier ended, Consumer<Node> joins) {
        this.layout = layout;
        this.ended = ended;
        this.joins = joins;
    }

    /** What is done by what a broker tells. */
    private interface Step<T> {
        T by(Node other, Members members) throws IOException;
    }

    /** Does something by what another broker tells of the members: the first one that tells it. */
    private <T> T ask(Node node, Step<T> step, Function<String, T> failed) {
        List<String> troubles = new ArrayList<>();
        for (Node other : layout.nodes()) {
            if (!other.equals(node)) {
                try {
                    return tried(step, other, known(other), failed);
                } catch (IOException refused) {
                    troubles.add(other + ": " + refused.getMessage());
                }
            }
        }
        return failed.apply(String.join("; ", troubles));
    }

    /** What is refused would be refused by what another one tells, too: tried by each, a step could take minutes. */
    private static <T> T tried(Step<T> step, Node other, Members members, Function<String, T> failed) {
        try {
            return step.by(other, members);
        } catch (IOException refused) {
            return failed.apply("by what " + other + " told: " + refused.getMessage());
        }
    }

    private Members known(Node by) throws IOException {
        try (Wire wire = new Wire(layout.client(by), KafkaNodes.QUESTION_MILLIS)) {
            return Members.ask(wire);
        }
    }

    /** Whether another broker that answers tells that a node belongs to the cluster. */
    Observation has(Node node) {
        return ask(
                node,
                (other, members) -> members.observation(other, node, layout.id(node)),
                troubles -> Observation.unknown("no broker tells who is a member: " + troubles));
    }

    /** From now on a node is wanted to have no copies. Does not block. */
    void loses(Node node) {
        away.add(node);
        unregistered.remove(node);
    }

    /** Takes a node out that has ended; whether it is out now. */
    Polling.Seen takenOut(Node node) {
        int id = layout.id(node);
        return ask(
                node,
                (other, members) -> {
                    boolean moving;
                    try (Operator operator = operator(node)) {
                        operator.assign(replicas(away));
                        if (operator.moving()) {
                            return notYet(told(other, members, node, true));
                        }
                        for (Members.Replica voter : members.voters(id)) {
                            operator.dismiss(voter);
                        }
                        if (!unregistered.contains(node)) {
                            operator.unregister(id);
                            unregistered.add(node);
                        }
                        // a topic that was made before that may have a copy there
                        operator.assign(replicas(away));
                        moving = operator.moving();
                    }
                    Members now = known(other);
                    boolean gone = now.isWithout(id) && !moving;
                    if (gone) {
                        out.add(node);
                    }
                    return new Polling.Seen(gone, told(other, now, node, moving));
                },
                Membership::notYet);
    }

    /** Goes one step until a node belongs to the cluster, with copies in sync; whether it does now. */
    Polling.Seen counted(Node node, NodeProcess process) {
        int id = layout.id(node);
        return ask(
                node,
                (other, members) -> {
                    JoinStep step =
                            JoinStep.next(out.contains(node), process.alive(), members, id, disk(node, process));
                    if (step == JoinStep.BEGIN) {
                        process.kill();
                        layout.empty(node, process.command().folder());
                    }
                    // it goes on with what its disk has
                    out.remove(node);
                    joins.accept(node);
                    switch (step) {
                        case BEGIN, START -> start(process);
                        case AWAIT -> {}
                        case DISMISS -> dismissLostDisks(node, process, members);
                        case ADD -> admit(node, process, members);
                        case ASSIGN -> {
                            return assigned(node, other, members);
                        }
                    }
                    return notYet(members.told(other, node, id) + ", and the next step was " + step);
                },
                Membership::notYet);
    }

    /** The id of the disk that a node is to go on with; empty where it has none. */
    private Optional<Uuid> disk(Node node, NodeProcess process) throws IOException {
        return out.contains(node)
                ? Optional.empty()
                : Layout.directory(process.command().folder());
    }

    private void start(NodeProcess process) throws IOException {
        if (!ended.getAsBoolean()) {
            process.restart();
        }
    }

    private void dismissLostDisks(Node node, NodeProcess process, Members members) throws IOException {
        Uuid disk = disk(node, process).orElseThrow();
        try (Operator operator = operator(node)) {
            for (Members.Replica voter : members.votersOfLostDisks(layout.id(node), disk)) {
                operator.dismiss(voter);
            }
        }
    }

    private void admit(Node node, NodeProcess process, Members members) throws IOException {
        Uuid disk = disk(node, process).orElseThrow();
        try (Operator operator = operator(node)) {
            operator.admit(members.caughtUp(layout.id(node), disk).orElseThrow(), layout.advertisedController(node));
        }
    }

    /** A copy that is moved is there when it is in sync; one by which links are probed is there when it leads. */
    private Polling.Seen assigned(Node node, Node other, Members members) throws IOException {
        Set<Node> others = away.stream().filter(one -> !one.equals(node)).collect(Collectors.toUnmodifiableSet());
        try (Operator operator = operator(node)) {
            operator.elect(Topics.probesAt(layout, node));
            operator.assign(replicas(others));
            boolean moving = operator.moving();
            if (!moving) {
                away.remove(node);
            }
            return new Polling.Seen(!moving, told(other, members, node, moving));
        }
    }

    private Map<TopicPartition, List<Integer>> replicas(Set<Node> without) {
        KafkaNodes kafka = layout.kafka();
        return Topics.replicas(
                kafka.topic(),
                kafka.settings().partitions(),
                kafka.nodes().stream()
                        .filter(node -> !without.contains(node))
                        .map(kafka::id)
                        .toList());
    }

    private Operator operator(Node node) {
        return new Operator(layout.nodes().stream()
                .filter(other -> !other.equals(node) && !away.contains(other))
                .map(other -> Layout.HOST + ":" + layout.client(other))
                .collect(Collectors.joining(",")));
    }

    private String told(Node by, Members members, Node node, boolean moving) {
        return members.told(by, node, layout.id(node)) + (moving ? ", and copies are being moved" : "");
    }

    private static Polling.Seen notYet(String seen) {
        return new Polling.Seen(false, seen);
    }
}
