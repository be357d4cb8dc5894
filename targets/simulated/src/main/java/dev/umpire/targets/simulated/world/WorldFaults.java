package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.ClockReading;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The levers on a world, and the probes: a question to a process, and a message over a link. The probes know what comes
 * back to them and nothing else.
 */
public final class WorldFaults implements FaultControl {
    private static final long PROBE_TIMEOUT_NANOS = 100_000_000;
    /** More than one, as a link may lose messages without being cut. */
    private static final int PROBES_PER_LINK = 3;

    private static final int MESSAGES_OF_A_SAMPLE = 40;

    private final World world;
    private final StoreLevers store;

    /**
     * Levers on this world.
     *
     * @param store for what is the store's own
     */
    public WorldFaults(World world, StoreLevers store) {
        this.world = world;
        this.store = store;
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return done(() -> world.host(node).crash());
    }

    @Override
    public CompletionStage<Void> restart(Node node) {
        return done(() -> {
            if (!world.host(node).running()) {
                world.host(node).start();
            }
        });
    }

    @Override
    public CompletionStage<Void> stop(Node node) {
        return done(() -> world.host(node).stop());
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return done(() -> world.host(node).pause());
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return done(() -> world.host(node).resume());
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return done(() -> links.forEach(link -> line(link).cut()));
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return done(() -> links.forEach(link -> line(link).mend()));
    }

    @Override
    public CompletionStage<Void> slow(Set<Link> links, Duration longer) {
        return done(() -> links.forEach(link -> line(link).slow(longer.toNanos())));
    }

    @Override
    public CompletionStage<Void> lose(Set<Link> links, int percent) {
        return done(() -> links.forEach(link -> line(link).lose(percent)));
    }

    @Override
    public CompletionStage<Void> duplicate(Set<Link> links, int percent) {
        return done(() -> links.forEach(link -> line(link).duplicate(percent)));
    }

    @Override
    public CompletionStage<Void> disturbClock(Node node, Duration jump, int partsPerMillion) {
        return done(() -> world.host(node).disturbClock(jump.toNanos(), partsPerMillion));
    }

    @Override
    public CompletionStage<Void> replace(Node node) {
        return done(() -> {
            world.host(node).replaceDisk();
            world.host(node).start();
        });
    }

    @Override
    public CompletionStage<Void> restore(Node node) {
        return done(() -> {
            world.host(node).restoreDisk();
            world.host(node).start();
        });
    }

    private Network.Line line(Link link) {
        return world.network().line(world.address(link.from()), world.address(link.to()));
    }

    private static CompletionStage<Void> done(Runnable lever) {
        try {
            lever.run();
            return CompletableFuture.completedStage(null);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return store.failOver(leader);
    }

    @Override
    public CompletionStage<Void> leave(Node node) {
        return store.leave(node);
    }

    @Override
    public CompletionStage<Void> join(Node node) {
        return store.join(node);
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        Environment environment = world.environment();
        long began = environment.nowNanos();
        return world.ask(node, new Host.Ping(), PROBE_TIMEOUT_NANOS).thenApply(answer -> {
            long tookNanos = environment.nowNanos() - began;
            String what = answer.isPresent()
                    ? " answered a ping after "
                    : tookNanos < PROBE_TIMEOUT_NANOS ? " refused a connection after " : " did not answer a ping in ";
            return new Observation(answer.isPresent(), node + what + micros(tookNanos));
        });
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        Environment environment = world.environment();
        long began = environment.nowNanos();
        CompletableFuture<Observation> seen = new CompletableFuture<>();
        int[] silent = {0};
        for (int i = 0; i < PROBES_PER_LINK; i++) {
            world.probe(link.from(), link.to(), PROBE_TIMEOUT_NANOS).thenAccept(answer -> {
                String took = micros(environment.nowNanos() - began);
                if (answer.isPresent()) {
                    seen.complete(new Observation(true, "a message on " + link + " arrived; told after " + took));
                } else if (++silent[0] == PROBES_PER_LINK) {
                    seen.complete(new Observation(
                            false, "none of " + PROBES_PER_LINK + " messages on " + link + " arrived in " + took));
                }
            });
        }
        return seen;
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return world.sample(link.from(), link.to(), MESSAGES_OF_A_SAMPLE, PROBE_TIMEOUT_NANOS);
    }

    /** Messages of this network take less without a fault than the least that a fault adds. */
    @Override
    public CompletionStage<Optional<LinkSample>> usual(Link link) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<ClockReading> clockAhead(Node node) {
        Environment environment = world.environment();
        long began = environment.nowNanos();
        return world.askTime(node, PROBE_TIMEOUT_NANOS).thenApply(answer -> {
            if (!(answer.orElse(null) instanceof Host.Time time)) {
                throw new IllegalStateException(
                        node + " did not tell its time in " + micros(environment.nowNanos() - began));
            }
            // as if both ways had taken as long
            long halfWay = (environment.nowNanos() - began) / 2;
            return new ClockReading(Duration.ofNanos(time.wallNanos() - began - halfWay), Duration.ofNanos(halfWay));
        });
    }

    private static String micros(long nanos) {
        return nanos / 1_000 + " µs";
    }
}
