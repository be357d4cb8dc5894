package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets clients follow the sentinels: each is asked again and again who leads, and clients are told whom most of them name. Where
 * there is no majority, clients stay where they are. Used on the loop.
 *
 * <pre>
 *   sentinels of n1, n2, n3 name   n1, n1, n1       clients ask n1
 *   n1 is cut off                  n1, n1, n1       clients ask n1, which acknowledges what nobody copies
 *   n2 is promoted                 n1, n2, n1       clients ask n1
 *   the news gets round            n1, n2, n2       clients ask n2
 * </pre>
 */
final class FollowedMajority {

    /** Much less than sentinels take for a failover. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Environment environment;
    private final List<Node> nodes;
    private final Function<Node, CompletionStage<Optional<Node>>> question;
    private final Leadership leadership;
    private final Map<Node, Node> named = new HashMap<>();
    private boolean ended;

    /**
     * Begins with {@link #begin}.
     *
     * @param nodes beside each of which is a sentinel
     * @param question asks the sentinel beside a node whom it names; empty: it names nobody, or does not answer
     * @param leadership what clients are told
     */
    FollowedMajority(
            Environment environment,
            List<Node> nodes,
            Function<Node, CompletionStage<Optional<Node>>> question,
            Leadership leadership) {
        this.environment = environment;
        this.nodes = List.copyOf(nodes);
        this.question = question;
        this.leadership = leadership;
    }

    /** Asks from now on, each sentinel by itself, so that one that is silent does not keep the others from being heard. */
    void begin() {
        nodes.forEach(this::ask);
    }

    /** Asks no more. */
    void end() {
        ended = true;
    }

    private void ask(Node beside) {
        if (ended) {
            return;
        }
        question.apply(beside).exceptionally(failure -> Optional.empty()).thenAccept(said -> {
            said.ifPresentOrElse(leader -> named.put(beside, leader), () -> named.remove(beside));
            SentinelViews.majority(named.values(), nodes.size()).ifPresent(leadership::pass);
            environment.schedule(BETWEEN_NANOS, () -> ask(beside));
        });
    }
}
