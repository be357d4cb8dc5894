package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks the cluster whether a fault is in force or gone, again and again until the answer is yes or time is up. */
final class Probe {

    /** One question may take this long; implementations are bound to about a second. */
    private static final long QUESTION_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** So many of the sentences of one probe are told. */
    private static final int SENTENCES = 4;

    private final Environment environment;
    private final Cluster cluster;

    Probe(Environment environment, Cluster cluster) {
        this.environment = environment;
        this.cluster = cluster;
    }

    /**
     * What is measured before a fault strikes, so that the difference can be seen.
     *
     * @param clockAhead how far the wall clock of each node that is to be struck is ahead
     */
    record Before(Map<Node, Duration> clockAhead) {}

    /** Measures what the fault is to change; completes at once for one that a probe sees without. */
    CompletionStage<Before> before(Fault fault) {
        if (!(fault instanceof Fault.WrongClock)) {
            return CompletableFuture.completedFuture(new Before(Map.of()));
        }
        Map<Node, Duration> ahead = new TreeMap<>();
        return CompletableFuture.allOf(fault.nodes().stream()
                        .map(node -> bound(cluster.faults().clockAhead(node))
                                .thenApply(Optional::of)
                                .exceptionally(failure -> Optional.empty())
                                .thenAccept(measured -> measured.ifPresent(known -> ahead.put(node, known)))
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(nothing -> new Before(ahead));
    }

    /**
     * Whether the fault is in force. A link whose samples are a matter of chance, as under loss, need show it only once: that all of many
     * links do so at the same moment is not to be expected.
     *
     * @param otherwiseDown nodes that are down for another reason; they are left out
     * @param obscured links on which another fault is in force that hides this one; they are left out
     */
    CompletionStage<Observation> inForce(
            Fault fault, Before before, Set<Node> otherwiseDown, Set<Link> obscured, long limitNanos) {
        Map<Link, Observation> shown = new TreeMap<>();
        return until(limitNanos, () -> once(fault, before, otherwiseDown, obscured, shown, false));
    }

    /** Whether the fault is gone; links that end at a node that is down are left out. */
    CompletionStage<Observation> gone(Fault fault, Before before, Set<Node> down, Set<Link> obscured, long limitNanos) {
        return until(limitNanos, () -> once(fault, before, down, obscured, Map.of(), true));
    }

    /** The links that can be probed while these nodes are down and these links are struck by something else. */
    static List<Link> probeable(Set<Link> links, Set<Node> down, Set<Link> obscured) {
        return links.stream()
                .filter(link -> !down.contains(link.from()) && !down.contains(link.to()) && !obscured.contains(link))
                .toList();
    }

    /** @param shown takes the links on which chance has shown a fault, which are not asked again; only read where health is hoped for */
    private CompletionStage<Observation> once(
            Fault fault,
            Before before,
            Set<Node> down,
            Set<Link> obscured,
            Map<Link, Observation> shown,
            boolean healthy) {
        if (fault instanceof Fault.Failover failover && !healthy) {
            return asked(leads(failover.leader()), true);
        }
        List<CompletableFuture<Observation>> answers = new ArrayList<>();
        for (Node node : healthy ? fault.nodes() : fault.shownAt()) {
            answers.add(asked(node(fault, before, node, healthy), healthy).toCompletableFuture());
        }
        for (Link link : probeable(fault.links(), down, obscured)) {
            Observation known = shown.get(link);
            answers.add(
                    known != null
                            ? CompletableFuture.completedFuture(known)
                            : asked(link(fault, link), healthy)
                                    .thenApply(seen -> noted(fault, link, seen, shown, healthy))
                                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> {
                    List<Observation> seen =
                            answers.stream().map(CompletableFuture::join).toList();
                    boolean asExpected = seen.stream().allMatch(one -> one.positive() == healthy);
                    // of many links the ones that differ are worth reading; where none differs one sentence speaks for
                    // all
                    String evidence = few(seen.stream()
                            .filter(one -> asExpected || one.positive() != healthy)
                            .map(Observation::evidence)
                            .distinct()
                            .toList());
                    return new Observation(!seen.isEmpty() && asExpected, evidence);
                });
    }

    private static Observation noted(
            Fault fault, Link link, Observation seen, Map<Link, Observation> shown, boolean healthy) {
        boolean byChance = fault instanceof Fault.Loss || fault instanceof Fault.Duplication;
        if (byChance && !healthy && !seen.positive()) {
            shown.put(link, seen);
        }
        return seen;
    }

    private static String few(List<String> sentences) {
        int more = sentences.size() - SENTENCES;
        return String.join("; ", more > 0 ? sentences.subList(0, SENTENCES) : sentences)
                + (more > 0 ? "; and " + more + " more" : "");
    }

    /** Whether a node is as it is without the fault. */
    private CompletionStage<Observation> node(Fault fault, Before before, Node node, boolean healthy) {
        if (fault instanceof Fault.FullDisk) {
            return room(node, healthy);
        }
        if (!(fault instanceof Fault.WrongClock wrong)) {
            return cluster.faults().answers(node);
        }
        return cluster.faults().clockAhead(node).thenApply(ahead -> {
            Duration then = before.clockAhead().get(node);
            long changedMillis = then == null ? 0 : ahead.minus(then).toMillis();
            boolean jumped = then != null && 2 * Math.abs(changedMillis) >= Math.abs(wrong.jumpMillis());
            return new Observation(
                    !jumped,
                    "the clock of " + node + " is " + ahead.toMillis() + " ms ahead"
                            + (then == null
                                    ? ", and was not measured before"
                                    : ", before the fault " + then.toMillis()));
        });
    }

    /** Whether a node's disk takes something; the node itself may have ended when it did not, and must answer afterwards. */
    private CompletionStage<Observation> room(Node node, boolean healthy) {
        FaultControl faults = cluster.faults();
        return faults.hasRoom(node)
                .thenCompose(room -> healthy && room.positive()
                        ? faults.answers(node)
                                .thenApply(answer ->
                                        new Observation(answer.positive(), room.evidence() + ", " + answer.evidence()))
                        : CompletableFuture.completedStage(room));
    }

    /** Whether a link is as it is without the fault. */
    private CompletionStage<Observation> link(Fault fault, Link link) {
        if (fault instanceof Fault.Partition) {
            return cluster.faults().delivers(link);
        }
        return cluster.faults().sample(link).thenApply(sample -> {
            if (fault instanceof Fault.Slowness slowness) {
                // of clients a difference of two measurements is told, which is a little less at times
                long bound = link.ofClients() ? slowness.moreMillis() * 3 / 4 : slowness.moreMillis();
                return new Observation(
                        sample.arrived() > 0 && sample.median().toMillis() < bound,
                        sample.arrived() == 0
                                ? "nothing arrived on " + link
                                : "an ordinary message on " + link + " took "
                                        + sample.median().toMillis() + " ms" + (link.ofClients() ? " more" : ""));
            }
            if (fault instanceof Fault.Loss loss) {
                int lost = sample.sent() - sample.arrived();
                return new Observation(
                        isFew(lost, sample.sent(), loss.percent()),
                        lost + " of " + sample.sent() + " messages on " + link + " were lost");
            }
            int percent = ((Fault.Duplication) fault).percent();
            return new Observation(
                    sample.arrived() > 0 && isFew(sample.twice(), sample.arrived(), percent),
                    sample.twice() + " of " + sample.arrived() + " messages on " + link + " arrived twice");
        });
    }

    /** Whether so few of so many are less than half of what the fault makes. */
    private static boolean isFew(int found, int of, int percent) {
        return 200L * found < (long) percent * of;
    }

    /** Positive when another node than the old leader says that it leads. */
    private CompletionStage<Observation> leads(Node old) {
        return cluster.leader()
                .thenApply(leader -> new Observation(
                        leader.isPresent() && !leader.get().equals(old),
                        leader.map(node -> node + " says that it is the leader")
                                .orElse("no node says that it is the leader")));
    }

    /** A question that fails or has no answer proves nothing: it counts as the opposite of what was hoped for. */
    private CompletionStage<Observation> asked(CompletionStage<Observation> answer, boolean hoped) {
        return bound(answer).exceptionally(failure -> new Observation(!hoped, String.valueOf(failure.getMessage())));
    }

    private <T> CompletionStage<T> bound(CompletionStage<T> answer) {
        return Bound.within(environment, QUESTION_NANOS, "probe", answer);
    }

    private CompletionStage<Observation> until(long limitNanos, Supplier<CompletionStage<Observation>> question) {
        CompletableFuture<Observation> end = new CompletableFuture<>();
        ask(environment.nowNanos() + limitNanos, question, end);
        return end;
    }

    private void ask(
            long deadlineNanos, Supplier<CompletionStage<Observation>> question, CompletableFuture<Observation> end) {
        question.get().whenComplete((seen, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (seen.positive() || environment.nowNanos() + BETWEEN_NANOS > deadlineNanos) {
                end.complete(seen);
            } else {
                environment.schedule(BETWEEN_NANOS, () -> ask(deadlineNanos, question, end));
            }
        });
    }
}
