package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks the cluster whether a fault is in force or gone, again and again until the answer is yes or time is up. */
final class Probe {

    /** One question may take this long; implementations are bound to about a second. */
    private static final long QUESTION_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Environment environment;
    private final Cluster cluster;

    Probe(Environment environment, Cluster cluster) {
        this.environment = environment;
        this.cluster = cluster;
    }

    /** Whether the fault is in force; nodes that are down for another reason are left out. */
    CompletionStage<Observation> inForce(Fault fault, Set<Node> otherwiseDown, long limitNanos) {
        return until(limitNanos, () -> once(fault, otherwiseDown, false));
    }

    /** Whether the fault is gone; links that end at a node that is down are left out. */
    CompletionStage<Observation> gone(Fault fault, Set<Node> down, long limitNanos) {
        return until(limitNanos, () -> once(fault, down, true));
    }

    /** The links of a fault that can be probed while these nodes are down. */
    static List<Link> probeable(Fault fault, Set<Node> down) {
        return fault.links().stream()
                .filter(link -> !down.contains(link.from()) && !down.contains(link.to()))
                .toList();
    }

    private CompletionStage<Observation> once(Fault fault, Set<Node> down, boolean healthy) {
        if (fault instanceof Fault.Failover failover && !healthy) {
            return asked(leads(failover.leader()), true);
        }
        List<CompletableFuture<Observation>> answers = new ArrayList<>();
        for (Node node : fault.nodes()) {
            answers.add(asked(cluster.faults().answers(node), healthy).toCompletableFuture());
        }
        for (Link link : probeable(fault, down)) {
            answers.add(asked(cluster.faults().delivers(link), healthy).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> {
                    List<Observation> seen =
                            answers.stream().map(CompletableFuture::join).toList();
                    boolean asExpected = seen.stream().allMatch(one -> one.positive() == healthy);
                    // of many links the ones that differ are worth reading; where none differs one sentence speaks for
                    // all
                    String evidence = seen.stream()
                            .filter(one -> asExpected || one.positive() != healthy)
                            .map(Observation::evidence)
                            .distinct()
                            .collect(Collectors.joining("; "));
                    return new Observation(!seen.isEmpty() && asExpected, evidence);
                });
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
        return Bound.within(environment, QUESTION_NANOS, "probe", answer)
                .exceptionally(failure -> new Observation(!hoped, String.valueOf(failure.getMessage())));
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
