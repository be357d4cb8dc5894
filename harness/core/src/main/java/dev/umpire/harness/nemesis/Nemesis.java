package dev.umpire.harness.nemesis;

import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Puts faults in force and undoes them, one action at a time, and keeps the promise that each was seen: after every
 * injection a probe, after every heal another, and an event for each.
 *
 * <p>Used on the loop only.
 */
public final class Nemesis {

    private static final long LEADER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** So long before a failover of a script strikes it is asked who leads. */
    private static final long ASKED_BEFORE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long a fault that is to strike with an acknowledgment waits for one. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Environment environment;
    private final Cluster cluster;
    private final Probe probe;
    private final Roll roll;
    private final BiConsumer<String, Value> events;
    private final List<Struck> struck = new ArrayList<>();
    private final ClockRates rates;
    private final Set<FaultKind> waiting = new LinkedHashSet<>();
    private int faults;
    private final List<Environment.Timer> scripted = new ArrayList<>();
    /** Those of a script whose time has come; what a probe measures before some of them takes a while. */
    private final List<Struck> begun = new ArrayList<>();
    /** All of the script, each with what strikes once its time has come. */
    private final Map<CompletableFuture<Struck>, Script.Strike> awaited = new LinkedHashMap<>();

    private Optional<Node> acknowledged = Optional.empty();
    private CompletableFuture<Boolean> nextAcknowledgment = new CompletableFuture<>();
    private CompletionStage<?> underWay = CompletableFuture.completedFuture(null);

    /**
     * @param events is told the function and the value of every event, as {@link dev.umpire.histories.NemesisEvent} names
     *     them
     */
    public Nemesis(Environment environment, Cluster cluster, BiConsumer<String, Value> events) {
        this.environment = environment;
        this.cluster = cluster;
        this.probe = new Probe(environment, cluster);
        this.roll = new Roll(environment, cluster);
        this.events = events;
        this.rates = new ClockRates(probe, struck, this::tell);
    }

    /** Does an action and completes when its probe is done. Actions run one after another. */
    public CompletionStage<Completion> perform(Action action) {
        if (action instanceof Action.Inject inject) {
            return then(() -> inject(inject));
        }
        if (action instanceof Action.Heal heal) {
            return then(() -> heal(heal.kind()));
        }
        throw new IllegalArgumentException("action: found " + action + ", expected one of the nemesis");
    }

    /**
     * What the probe of a fault saw that was put in force or undone by hand.
     *
     * @param id of the fault, as in its events
     * @param seen whether it was seen in force, or seen gone
     * @param evidence the probe's own sentence
     */
    public record Probed(int id, boolean seen, String evidence) {}

    /** Puts this very fault in force, after what is under way and whatever else is in force; completes with its probe. */
    public CompletionStage<Probed> strike(Fault fault) {
        return then(() -> {
            Struck one = new Struck(faults++, fault);
            return inject(one).thenApply(injected -> new Probed(one.id, one.confirmed, one.evidenceInForce));
        });
    }

    /**
     * Undoes a fault, unless that has been done; completes with its probe.
     *
     * @param id as {@link #strike} told it
     */
    public CompletionStage<Probed> undo(int id) {
        return then(() -> {
            Struck one = struck.stream()
                    .filter(any -> any.id == id)
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("fault: found " + id + ", expected one that struck"));
            CompletionStage<Void> undone = one.inForce
                    ? heal(one, true).thenCompose(nothing -> probeWhatWasPutOff())
                    : CompletableFuture.completedFuture(null);
            return undone.thenApply(nothing -> new Probed(id, one.gone, one.evidenceGone));
        });
    }

    /** A write was acknowledged by this node, just now. Some faults wait for that. */
    public void acknowledged(Node node) {
        acknowledged = Optional.of(node);
        CompletableFuture<Boolean> awaited = nextAcknowledgment;
        nextAcknowledgment = new CompletableFuture<>();
        awaited.complete(true);
    }

    /** Whether a fault is in force now, as far as was ordered. */
    public boolean anyInForce() {
        return struck.stream().anyMatch(one -> one.inForce);
    }

    /**
     * All that has struck and was undone since, as it can strike again: what could not be undone before the next of its kind struck
     * there ends with that.
     *
     * @param originNanos the moment from which on times are told; nothing struck before it
     */
    public List<Script.Strike> struck(long originNanos) {
        return Scripted.apart(struck.stream()
                .filter(one -> one.untilNanos >= one.fromNanos)
                .map(one -> Scripted.strike(one.fault, one.fromNanos - originNanos, one.untilNanos - originNanos))
                .toList());
    }

    /**
     * Refuses a script with what cannot strike a cluster of these nodes, before anything is started.
     *
     * @throws IllegalArgumentException if a fault strikes a node or a link that is not there, has a degree that it cannot have, or
     *     strikes a node or link that another of its kind strikes at the same time
     */
    public static void requirePossible(Script script, List<Node> nodes) {
        script.strikes().forEach(strike -> Scripted.require(strike, nodes));
        Scripted.requireApart(script.strikes());
    }

    /**
     * Strikes by a script, each fault at its time and whatever else is under way, until {@link #healAll}; probes see each as
     * ever.
     *
     * @param originNanos the moment from which on the script's times are told
     */
    public void follow(Script script, long originNanos) {
        for (Script.Strike strike : script.strikes()) {
            CompletableFuture<Struck> due = new CompletableFuture<>();
            awaited.put(due, strike);
            CompletionStage<Optional<Node>> leads = leaderBefore(strike, originNanos + strike.fromNanos());
            at(originNanos + strike.fromNanos(), () -> {
                Fault fault = Scripted.fault(strike);
                Struck one = new Struck(faults++, fault);
                begun.add(one);
                due.complete(one);
                CompletionStage<?> unused = inject(one, () -> leads);
            });
            at(originNanos + strike.untilNanos(), () -> {
                // a node that is started again before it is crashed would stay down
                CompletionStage<?> unused = due.thenCompose(one -> one.pulled.thenCompose(pulled -> one.inForce
                        ? heal(one, true).thenCompose(nothing -> probeWhatWasPutOff())
                        : CompletableFuture.<Void>completedFuture(null)));
            });
        }
    }

    /** Who leads before a failover of a script: asked early, so that it strikes at its time and not behind the answer. */
    private CompletionStage<Optional<Node>> leaderBefore(Script.Strike strike, long nanos) {
        CompletableFuture<Optional<Node>> leads = new CompletableFuture<>();
        if (strike.kind() == FaultKind.FAILOVER) {
            at(nanos - ASKED_BEFORE_NANOS, () -> leader().thenAccept(leads::complete));
        }
        return leads;
    }

    private void at(long nanos, Runnable what) {
        scripted.add(environment.schedule(Math.max(0, nanos - environment.nowNanos()), what));
    }

    /** Undoes everything that is in force, after what is under way, and probes that it is gone. */
    public CompletionStage<Void> healAll() {
        scripted.forEach(Environment.Timer::cancel);
        return then(() -> CompletableFuture.allOf(
                        begun.stream().map(one -> one.pulled).toArray(CompletableFuture[]::new))
                .thenCompose(nothing -> healEach(true))
                // a node that came to nobody while links were cut may come now that they are mended
                .thenCompose(nothing -> healEach(true))
                .thenCompose(nothing -> probeWhatWasPutOff()));
    }

    /** Undoes everything that is in force at once and asks nothing: the run is being given up. */
    public CompletionStage<Void> healAtOnce() {
        return healEach(false);
    }

    private CompletionStage<Void> healEach(boolean probed) {
        // nodes first: a link can be probed only when the nodes at its ends answer
        List<Struck> left = struck.stream()
                .filter(one -> one.inForce)
                .sorted(Comparator.comparing((Struck one) -> !one.fault.links().isEmpty()))
                .toList();
        CompletionStage<Void> healed = CompletableFuture.completedFuture(null);
        for (Struck one : left) {
            CompletionStage<?> ready = probed ? one.pulled : CompletableFuture.completedFuture(0);
            healed = healed.thenCompose(nothing -> ready).thenCompose(nothing -> heal(one, probed));
        }
        return healed;
    }

    /**
     * What of the plan did not come true, a sentence each; empty if every planned fault was seen to come and to go, and each of a
     * script.
     *
     * @param drawn the kinds of which one or more were to be drawn
     */
    public List<String> missing(Collection<FaultKind> drawn) {
        List<String> missing = new ArrayList<>();
        awaited.forEach((due, strike) -> {
            if (!due.isDone() || !struck.contains(due.join())) {
                missing.add(strike.neverInjected());
            }
        });
        for (FaultKind kind : drawn) {
            if (struck.stream().noneMatch(one -> one.fault.kind() == kind)) {
                missing.add(kind.neverInjected());
            }
        }
        for (Struck one : struck) {
            if (!one.confirmed) {
                missing.add(one.fault.describe() + " (fault " + one.id + ") was never seen in force: "
                        + one.evidenceInForce);
            } else if (!one.gone) {
                missing.add(one.fault.describe() + " (fault " + one.id + ") was never seen gone: " + one.evidenceGone);
            }
        }
        return missing;
    }

    private <T> CompletionStage<T> then(Supplier<CompletionStage<T>> action) {
        CompletionStage<T> next = underWay.handle((value, failure) -> 0).thenCompose(ignored -> action.get());
        underWay = next;
        return next;
    }

    private CompletionStage<Completion> inject(Action.Inject action) {
        FaultKind kind = action.kind();
        if (isStuck(kind)) {
            // one fault of a kind at a time: what could not be undone is tried again before the next one
            return heal(kind).thenApply(healed -> new Completion.Injected(kind, false));
        }
        // who is refused stands in a queue, or a failover would wait for ever for a moment without any other fault
        boolean itsTurn = waiting.isEmpty() || waiting.iterator().next() == kind;
        boolean allowed = Aim.allowed(
                kind, cluster.nodes().size(), inForce(), cluster.faults().sendsAgain());
        if (!itsTurn || !allowed) {
            waiting.add(kind);
            return CompletableFuture.completedFuture(new Completion.Injected(kind, false));
        }
        waiting.remove(kind);
        return leader().thenCompose(leader -> moment(kind, action.draw())
                .thenCompose(justNow -> inject(action, new Aim.Known(leader, acknowledged, justNow))));
    }

    /** Who leads; empty where nobody says so in time. */
    private CompletionStage<Optional<Node>> leader() {
        CompletionStage<Optional<Node>> asked;
        try {
            asked = cluster.leader();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        return Bound.within(environment, LEADER_NANOS, "leader", asked).exceptionally(failure -> Optional.empty());
    }

    /** Completes when the fault is to strike: at once, or with the next acknowledgment, unless that is long in coming. */
    private CompletionStage<Boolean> moment(FaultKind kind, long draw) {
        if (!Aim.awaitsAcknowledgment(kind, draw, environment.random())) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> awaited = nextAcknowledgment;
        Environment.Timer bound = environment.schedule(MOMENT_NANOS, () -> awaited.complete(false));
        return awaited.whenComplete((justNow, failure) -> bound.cancel());
    }

    private CompletionStage<Completion> inject(Action.Inject action, Aim.Known known) {
        return Aim.at(
                        action.kind(),
                        action.shapes(),
                        action.draw(),
                        environment.random(),
                        cluster.nodes(),
                        known,
                        inForce())
                .map(this::inject)
                .orElse(CompletableFuture.completedFuture(new Completion.Injected(action.kind(), false)));
    }

    private CompletionStage<Completion> inject(Fault fault) {
        // of a clock that is about to jump the rate could not be told any more
        return fault instanceof Fault.WrongClock
                ? rates.told()
                        .thenCompose(told -> isStuck(fault.kind())
                                ? heal(fault.kind()).thenApply(healed -> new Completion.Injected(fault.kind(), false))
                                : struck(new Struck(faults++, fault)))
                : struck(new Struck(faults++, fault));
    }

    private CompletionStage<Completion> inject(Struck one) {
        return inject(one, this::leader);
    }

    private CompletionStage<Completion> inject(Struck one, Supplier<CompletionStage<Optional<Node>>> leads) {
        if (one.fault instanceof Fault.Failover failover) {
            Node expected = failover.leader();
            return leads.get()
                    .thenCompose(leader -> leader.filter(found -> !found.equals(expected))
                            .map(found -> notStruck(one, found + " leads, not " + expected))
                            .orElseGet(() -> struck(one)));
        }
        return one.fault instanceof Fault.WrongClock ? rates.told().thenCompose(told -> struck(one)) : struck(one);
    }

    /** No lever is pulled: another node would lead anyway, and the probe take that for the fault. */
    private CompletionStage<Completion> notStruck(Struck one, String why) {
        one.fromNanos = environment.nowNanos();
        one.untilNanos = Struck.NEVER;
        one.inForce = false;
        one.evidenceInForce = why;
        one.evidenceGone = why;
        struck.add(one);
        tell("unconfirmed", one, why);
        one.pulled.complete(0);
        return CompletableFuture.completedFuture(new Completion.Injected(one.fault.kind(), false));
    }

    private boolean isStuck(FaultKind kind) {
        return struck.stream().anyMatch(one -> one.stuck && one.fault.kind() == kind);
    }

    private CompletionStage<Completion> struck(Struck one) {
        Fault fault = one.fault;
        Set<Node> otherwiseDown = Aim.down(inForce());
        Set<Link> obscured = obscured(one);
        return measured(fault, otherwiseDown, obscured)
                .thenCompose(measured -> {
                    one.before = measured;
                    struck.add(one);
                    one.fromNanos = environment.nowNanos();
                    tell("inject", one, "");
                    List<Node> before = fault.restartedBefore();
                    return pulled(
                            fault.describe(),
                            1 + before.size() * Roll.LEVERS,
                            () -> roll.through(before).thenCompose(rolled -> fault.inject(cluster.faults())));
                })
                .whenComplete((trouble, failure) -> one.pulled.complete(0))
                .thenCompose(trouble -> probe.inForce(
                                fault, one.before, otherwiseDown, obscured, trouble.isPresent() ? 0 : PROBE_NANOS)
                        .thenApply(seen -> {
                            one.confirmed = seen.positive() && trouble.isEmpty();
                            one.evidenceInForce = evidence(seen, trouble);
                            tell(one.confirmed ? "confirm" : "unconfirmed", one, one.evidenceInForce);
                            return new Completion.Injected(fault.kind(), true);
                        })
                        .thenCompose(
                                injected -> rates.read(one, one.confirmed).thenApply(read -> (Completion) injected)));
    }

    /** What throws is waited for like what fails. */
    private CompletionStage<Probe.Before> measured(Fault fault, Set<Node> otherwiseDown, Set<Link> obscured) {
        try {
            return probe.before(fault, otherwiseDown, obscured);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Completion> heal(FaultKind kind) {
        Completion healed = new Completion.Healed(kind);
        return struck.stream()
                .filter(one -> one.inForce && one.fault.kind() == kind)
                .findFirst()
                .map(one -> heal(one, true)
                        .thenCompose(nothing -> probeWhatWasPutOff())
                        .thenApply(nothing -> healed))
                .orElse(CompletableFuture.completedFuture(healed));
    }

    /** Undoes a fault; who comes while that is under way waits for it, as not every lever may be pulled twice. */
    private CompletionStage<Void> heal(Struck one, boolean probed) {
        if (!one.healing.toCompletableFuture().isDone()) {
            return one.healing;
        }
        CompletableFuture<Void> healing = new CompletableFuture<>();
        one.healing = healing;
        return undone(one, probed).whenComplete((nothing, failure) -> healing.complete(null));
    }

    private CompletionStage<Void> undone(Struck one, boolean probed) {
        // a node that was started and ended again is started once more, which does nothing to one that runs; a clock
        // that runs
        // wrong is told its own rate again
        boolean again = one.fault instanceof Fault.Crash || one.fault instanceof Fault.WrongClock;
        if (one.mended && !(one.stuck && again)) {
            return probed ? probeGone(one, Optional.empty()) : CompletableFuture.completedFuture(null);
        }
        CompletionStage<String> ran = probed ? rates.ranWrong(one) : CompletableFuture.completedFuture("");
        return ran.thenCompose(evidence -> {
                    tell("heal", one, evidence);
                    one.untilNanos = environment.nowNanos();
                    one.rateTold = false;
                    return pulled("heal " + one.fault.describe(), 1, () -> lever(one));
                })
                .thenCompose(trouble -> {
                    one.mended = trouble.isEmpty();
                    one.mendedOnce |= one.mended;
                    one.stuck = !one.mended;
                    one.inForce = one.stuck;
                    one.evidenceGone = trouble.orElse(one.evidenceGone);
                    return probed ? probeGone(one, trouble) : CompletableFuture.<Void>completedFuture(null);
                });
    }

    private CompletionStage<Void> lever(Struck one) {
        // a jump that is undone would be undone twice
        return one.mendedOnce && one.fault instanceof Fault.WrongClock clock
                ? clock.healRate(cluster.faults())
                : one.fault.heal(cluster.faults());
    }

    private CompletionStage<Void> probeGone(Struck one, Optional<String> trouble) {
        Set<Node> down = new TreeSet<>(Aim.down(inForceBeside(one)));
        Set<Link> obscured = obscured(one);
        SortedSet<Link> links = one.fault.links();
        if (Probe.probeable(links, down, obscured).size() < links.size()) {
            trouble.ifPresent(why -> tell("unconfirmed", one, why));
            return CompletableFuture.completedFuture(null);
        }
        return probe.gone(one.fault, one.before, down, obscured, PROBE_NANOS).thenCompose(seen -> {
            one.gone = seen.positive();
            // a node that is not back is still down, whatever was done for it: no majority may be
            one.stuck = !one.gone && (!one.mended || !one.fault.down().isEmpty());
            one.inForce = one.stuck;
            one.evidenceGone = evidence(seen, one.gone ? Optional.empty() : trouble);
            tell(one.gone ? "gone" : "unconfirmed", one, one.evidenceGone);
            return rates.read(one, one.gone);
        });
    }

    /** All others that are in force. */
    private List<Fault> inForceBeside(Struck one) {
        return struck.stream()
                .filter(other -> other != one && other.inForce)
                .map(other -> other.fault)
                .toList();
    }

    private CompletionStage<Void> probeWhatWasPutOff() {
        CompletionStage<Void> probed = CompletableFuture.completedFuture(null);
        for (Struck one : List.copyOf(struck)) {
            boolean undone = !one.inForce && one.healing.toCompletableFuture().isDone();
            if (undone && !one.gone && !one.fault.links().isEmpty()) {
                probed = probed.thenCompose(nothing -> probeGone(one, Optional.empty()));
            }
        }
        return probed.thenCompose(nothing -> rates.probe());
    }

    /** The links of which a probe could not tell whether this fault is in force: another cuts them, hides it, or does the same. */
    private Set<Link> obscured(Struck one) {
        Set<Link> links = new TreeSet<>();
        for (Struck other : struck) {
            boolean hides = other.fault instanceof Fault.Partition
                    || other.fault.kind() == one.fault.kind()
                    || Aim.hides(
                            one.fault.kind(),
                            other.fault.kind(),
                            cluster.faults().sendsAgain());
            if (other != one && other.inForce && hides) {
                links.addAll(Aim.obscuredBy(other.fault));
            }
        }
        return links;
    }

    /**
     * Pulls levers, one after another; completes with what went wrong, if anything.
     *
     * @param most how many
     */
    private CompletionStage<Optional<String>> pulled(String what, int most, Supplier<CompletionStage<Void>> lever) {
        CompletionStage<Void> pulled;
        try {
            long boundNanos = most * cluster.faults().toPull().toNanos();
            pulled = Bound.within(environment, boundNanos, what, lever.get());
        } catch (RuntimeException e) {
            pulled = CompletableFuture.failedFuture(e);
        }
        return pulled.handle((nothing, failure) -> Optional.ofNullable(failure).map(Nemesis::text));
    }

    private static String text(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String evidence(Observation seen, Optional<String> trouble) {
        return trouble.map(text -> text + (seen.evidence().isEmpty() ? "" : "; " + seen.evidence()))
                .orElse(seen.evidence());
    }

    /** The faults that are in force now, as far as was ordered, the oldest first. */
    public List<Fault> inForce() {
        return struck.stream().filter(one -> one.inForce).map(one -> one.fault).toList();
    }

    private void tell(String function, Struck one, String evidence) {
        Map<Value, Value> value = new LinkedHashMap<>();
        value.put(Value.of("id"), Value.of(one.id));
        value.put(Value.of("fault"), Value.of(one.fault.kind().optionName()));
        if (!one.fault.nodes().isEmpty()) {
            value.put(
                    Value.of("nodes"),
                    Value.of(one.fault.nodes().stream()
                            .map(node -> Value.of(node.name()))
                            .toList()));
        }
        if (!one.fault.links().isEmpty()) {
            value.put(
                    Value.of("links"),
                    Value.of(one.fault.links().stream().map(Nemesis::pair).toList()));
        }
        one.fault.degree().ifPresent(degree -> value.put(Value.of("degree"), Value.of(degree)));
        if (!evidence.isEmpty()) {
            value.put(Value.of("evidence"), Value.of(evidence));
        }
        events.accept(function, new Value.MapOf(value));
    }

    private static Value pair(Link link) {
        return Value.of(List.of(Value.of(link.from().name()), Value.of(link.to().name())));
    }
}
