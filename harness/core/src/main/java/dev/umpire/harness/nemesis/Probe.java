package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the cluster whether a fault is in force or gone, again and again until the answer is yes or time is up. */
final class Probe {

    /** One question may take this long; implementations are bound to about a second. */
    private static final long QUESTION_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** So many times a clock is asked of which the rate is to be told. */
    private static final int READINGS = 5;

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
     * @param clockAhead how far the wall clock of each node that is to be struck is ahead; without those that did not tell it
     * @param took how long an ordinary message takes on each link that is to be slowed; without those on which none arrived
     */
    record Before(Map<Node, Duration> clockAhead, Map<Link, Duration> took) {
        /** Nothing. */
        static final Before NOTHING = new Before(Map.of(), Map.of());
    }

    /**
     * Measures what the fault is to change; completes at once for one that a probe sees without.
     *
     * @param otherwiseDown nodes that are down for another reason; they are left out
     * @param obscured links on which another fault is in force that hides this one; they are left out
     */
    CompletionStage<Before> before(Fault fault, Set<Node> otherwiseDown, Set<Link> obscured) {
        FaultControl faults = cluster.faults();
        if (fault instanceof Fault.WrongClock) {
            return measured(
                            fault.nodes(),
                            node -> faults.clockAhead(node).thenApply(reading -> Optional.of(reading.ahead())))
                    .thenApply(ahead -> new Before(ahead, Map.of()));
        }
        if (fault instanceof Fault.Slowness) {
            return measured(
                            probeable(fault.links(), otherwiseDown, obscured),
                            link -> faults.usual(link)
                                    .thenApply(usual -> usual.map(sample -> sample.arrived() == 0
                                                    ? Optional.<Duration>empty()
                                                    : Optional.of(sample.median()))
                                            .orElse(Optional.of(Duration.ZERO))))
                    .thenApply(took -> new Before(Map.of(), took));
        }
        return CompletableFuture.completedFuture(Before.NOTHING);
    }

    /** How far the wall clocks of nodes are ahead now, as finely as they tell it. */
    CompletionStage<ClockRate.Readings> clocks(Collection<Node> nodes) {
        long now = environment.nowNanos();
        return measured(nodes, node -> finest(node, READINGS).thenApply(Optional::of))
                .thenApply(readings -> new ClockRate.Readings(now, readings));
    }

    /** The one of several readings that is wrong by the least: on a busy machine some answers take many times as long as others. */
    private CompletionStage<ClockRate.Reading> finest(Node node, int most) {
        CompletionStage<ClockRate.Reading> reading = cluster.faults()
                .clockAhead(node)
                .thenApply(clock -> new ClockRate.Reading(environment.nowNanos(), clock));
        return most == 1
                ? reading
                : reading.thenCompose(one -> finest(node, most - 1)
                        .thenApply(other ->
                                other.clock().error().compareTo(one.clock().error()) < 0 ? other : one));
    }

    /** Measures several things side by side; what has no answer is left out. */
    private <T extends Comparable<T>, V> CompletionStage<Map<T, V>> measured(
            Collection<T> some, Function<T, CompletionStage<Optional<V>>> question) {
        Map<T, V> known = new TreeMap<>();
        return CompletableFuture.allOf(some.stream()
                        .map(one -> bound(question.apply(one))
                                .exceptionally(failure -> Optional.empty())
                                .thenAccept(measured -> measured.ifPresent(value -> known.put(one, value)))
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(nothing -> known);
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
            return asked(leads(failover.leader()));
        }
        List<CompletableFuture<Observation>> answers = new ArrayList<>();
        for (Node node : healthy ? fault.nodes() : fault.shownAt()) {
            answers.add(asked(node(fault, before, node, healthy)).toCompletableFuture());
        }
        for (Link link : probeable(fault.links(), down, obscured)) {
            Observation known = shown.get(link);
            answers.add(
                    known != null
                            ? CompletableFuture.completedFuture(known)
                            : asked(link(fault, before, link, healthy))
                                    .thenApply(seen -> noted(fault, link, seen, shown, healthy))
                                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> {
                    List<Observation> seen =
                            answers.stream().map(CompletableFuture::join).toList();
                    boolean asExpected = seen.stream().allMatch(one -> one.known() && one.positive() == healthy);
                    // of many links the ones that differ are worth reading; where none differs one sentence speaks for
                    // all
                    String evidence = few(seen.stream()
                            .filter(one -> asExpected || !one.known() || one.positive() != healthy)
                            .map(Observation::evidence)
                            .distinct()
                            .toList());
                    return new Observation(!seen.isEmpty() && asExpected, evidence);
                });
    }

    private static Observation noted(
            Fault fault, Link link, Observation seen, Map<Link, Observation> shown, boolean healthy) {
        boolean byChance = fault.kind() == FaultKind.LOSS || fault.kind() == FaultKind.DUPLICATION;
        if (byChance && !healthy && seen.known() && !seen.positive()) {
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
            return answeringToo(cluster.faults().hasRoom(node), node, healthy);
        }
        if (fault instanceof Fault.Membership) {
            return answeringToo(cluster.faults().isMember(node), node, healthy);
        }
        if (!(fault instanceof Fault.WrongClock wrong)) {
            return cluster.faults().answers(node);
        }
        return cluster.faults().clockAhead(node).thenApply(reading -> {
            Duration ahead = reading.ahead();
            Duration then = before.clockAhead().get(node);
            String told = "the clock of " + node + " is " + ahead.toMillis() + " ms ahead";
            if (then == null) {
                return Observation.unknown(told + ", and was not measured before");
            }
            String evidence = told + ", before the fault " + then.toMillis();
            long changedMillis = ahead.minus(then).toMillis();
            if (2 * Math.abs(changedMillis) < Math.abs(wrong.jumpMillis())) {
                return new Observation(true, evidence);
            }
            return Long.signum(changedMillis) == Long.signum(wrong.jumpMillis())
                    ? new Observation(false, evidence)
                    : Observation.unknown(evidence + ", the other way than it was to jump");
        });
    }

    /** What was asked of a node, which need not answer itself while the fault is in force, and must afterwards. */
    private CompletionStage<Observation> answeringToo(CompletionStage<Observation> asked, Node node, boolean healthy) {
        return asked.thenCompose(seen -> healthy && seen.positive()
                ? cluster.faults()
                        .answers(node)
                        .thenApply(answer ->
                                new Observation(answer.positive(), seen.evidence() + ", " + answer.evidence()))
                : CompletableFuture.completedStage(seen));
    }

    /** Whether a link is as it is without the fault. */
    private CompletionStage<Observation> link(Fault fault, Before before, Link link, boolean healthy) {
        if (fault instanceof Fault.Partition) {
            return cluster.faults().delivers(link);
        }
        if (fault.kind() == FaultKind.RESET) {
            return cluster.faults().stands(link);
        }
        if (fault.kind() == FaultKind.THROTTLE) {
            return cluster.faults().bytesPerSecond(link).thenApply(rate -> rate(fault.amount(), link, rate));
        }
        CompletionStage<LinkSample> asked = fault.kind() == FaultKind.LOSS
                ? cluster.faults().losses(link)
                : cluster.faults().sample(link);
        return asked.thenCompose(sample -> {
            // a link on which some is lost carries the rest; where nothing arrives, its end may be silent
            if (sample.arrived() == 0) {
                Observation nothing = Observation.unknown("nothing arrived on " + link);
                return fault instanceof Fault.Slowness && !link.ofClients()
                        ? late(link, nothing)
                        : CompletableFuture.completedStage(nothing);
            }
            return CompletableFuture.completedStage(sampled(fault, before, link, sample, healthy));
        });
    }

    /** What takes longer than a sample is waited for does not arrive; that its end answers tells this from a silent one. */
    private CompletionStage<Observation> late(Link link, Observation nothing) {
        return cluster.faults()
                .answers(link.to())
                .thenApply(answer -> answer.positive()
                        ? new Observation(false, nothing.evidence() + ", and " + link.to() + " answers")
                        : nothing);
    }

    /** Whether far more passes than the fault lets pass, beside what the store itself sends. */
    private static Observation rate(long mostBytesPerSecond, Link link, long bytesPerSecond) {
        String told = bytesPerSecond + " bytes a second passed on " + link;
        return bytesPerSecond == 0
                ? Observation.unknown(told)
                : new Observation(2 * bytesPerSecond > 3 * mostBytesPerSecond, told);
    }

    private Observation sampled(Fault fault, Before before, Link link, LinkSample sample, boolean healthy) {
        if (fault.kind() == FaultKind.LOSS) {
            int lost = sample.sent() - sample.arrived();
            return new Observation(
                    isFew(lost, sample.sent(), fault.amount()),
                    lost + " of " + sample.sent() + " messages on " + link
                            + (cluster.faults().sendsAgain() ? " were to be sent again" : " were lost"));
        }
        if (fault instanceof Fault.Slowness slowness) {
            return speed(slowness, Optional.ofNullable(before.took().get(link)), link, sample, healthy);
        }
        return new Observation(
                isFew(sample.twice(), sample.arrived(), fault.amount()),
                sample.twice() + " of " + sample.arrived() + " messages on " + link + " arrived twice");
    }

    /**
     * Whether messages take no longer than they do without the fault.
     *
     * @param then how long they took before it; zero where it adds to nothing that counts; empty: not known
     */
    private static Observation speed(
            Fault.Slowness fault, Optional<Duration> then, Link link, LinkSample sample, boolean healthy) {
        String told = "an ordinary message on " + link + " took "
                + sample.median().toMillis() + " ms" + (link.ofClients() ? " more" : "");
        if (then.isEmpty() && !healthy) {
            return Observation.unknown(told + ", and was not measured before");
        }
        Duration usual = then.orElse(Duration.ZERO);
        boolean difference = link.ofClients() || !usual.isZero();
        // a difference of two measurements is a little less at times than what was added
        long boundMillis = difference ? fault.moreMillis() * 3 / 4 : fault.moreMillis();
        return new Observation(
                sample.median().minus(usual).toMillis() < boundMillis,
                told + (usual.isZero() ? "" : ", before the fault " + usual.toMillis()));
    }

    /** Whether so few of so many are less than half of what the fault makes. */
    private static boolean isFew(int found, int of, long percent) {
        return 200L * found < percent * of;
    }

    /** Positive when another node than the old leader says that it leads. */
    private CompletionStage<Observation> leads(Node old) {
        return cluster.leader()
                .thenApply(leader -> new Observation(
                        leader.isPresent() && !leader.get().equals(old),
                        leader.map(node -> node + " says that it is the leader")
                                .orElse("no node says that it is the leader")));
    }

    /** A question that fails or has no answer proves nothing. */
    private CompletionStage<Observation> asked(CompletionStage<Observation> answer) {
        return bound(answer).exceptionally(failure -> Observation.unknown(String.valueOf(failure.getMessage())));
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
