package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Orders to sentinels that answer as the test wishes, in virtual time. */
class PromotionOrdersTest {

    private static final int FAILOVER_MILLIS = 2_000;
    private static final Optional<String> NO_ANSWER = Optional.empty();

    @AutoClose
    private final Environment environment = new SimulatedEnvironment(new KeyedRandom(1));

    private final List<Long> orderedAtMillis = new ArrayList<>();
    private final List<Optional<String>> answers = new ArrayList<>();
    private Node named = N1;
    private Set<String> flags = Set.of("master");
    private final PromotionOrders orders = new PromotionOrders(environment, this::views, this::order, FAILOVER_MILLIS);

    private CompletionStage<SentinelViews> views() {
        Map<Node, Optional<SentinelView>> said = new LinkedHashMap<>();
        List.of(N1, N2, N3)
                .forEach(node -> said.put(node, Optional.of(new SentinelView(Optional.of(named), flags, 1, 2, 2))));
        return CompletableFuture.completedStage(new SentinelViews(new NodeAnswers<>(said)));
    }

    private CompletionStage<Optional<String>> order(Node asked) {
        orderedAtMillis.add(TimeUnit.NANOSECONDS.toMillis(environment.nowNanos()));
        return CompletableFuture.completedStage(answers.remove(0));
    }

    private void awaitTaken() {
        environment.await("the order", orders.taken(N1));
    }

    @Test
    void anOrderThatIsRefusedIsGivenToAnotherAtOnce() {
        answers.addAll(List.of(Optional.of("INPROG"), Optional.of("OK")));

        awaitTaken();

        assertThat(orderedAtMillis).hasSize(2).allMatch(millis -> millis < FAILOVER_MILLIS / 2);
    }

    @Test
    void noOrderFollowsOneWithoutAnAnswerBeforeAFailoverHasHadItsTime() {
        answers.addAll(List.of(NO_ANSWER, Optional.of("OK")));

        awaitTaken();

        assertThat(orderedAtMillis).hasSize(2);
        assertThat(orderedAtMillis.get(1) - orderedAtMillis.get(0)).isBetween(2_000L, 2_500L);
    }

    @Test
    void anOrderWithoutAnAnswerWasTakenWhereTheSentinelsNameAnotherLeader() {
        answers.add(NO_ANSWER);
        environment.schedule(TimeUnit.MILLISECONDS.toNanos(500), () -> named = N2);

        awaitTaken();

        assertThat(orderedAtMillis).hasSize(1);
    }

    @Test
    void nobodyWaitsForAFailoverWhoseLeaderTheSentinelsNameAlready() {
        answers.addAll(List.of(NO_ANSWER, Optional.of("OK")));
        after(500, () -> named = N2);

        awaitTaken();
        environment.await("the next order", orders.taken(N2));

        assertThat(orderedAtMillis).hasSize(2);
        assertThat(orderedAtMillis.get(1)).isBetween(500L, 1_000L);
    }

    private CompletionStage<Sentinels.Chosen> chosen() {
        return CompletableFuture.completedStage(new Sentinels.Chosen(Optional.of(named), "named by the test"));
    }

    private void after(long millis, Runnable change) {
        environment.schedule(TimeUnit.MILLISECONDS.toNanos(millis), change);
    }

    @Test
    void aFailoverThatSentinelsGaveUpIsOrderedOnceMore() {
        answers.addAll(List.of(Optional.of("OK"), Optional.of("OK")));
        after(100, () -> flags = Set.of("master", "failover_in_progress"));
        after(2_300, () -> flags = Set.of("master"));
        after(3_000, () -> named = N2);

        Node leads = environment.await("another", orders.another(N1, TimeUnit.SECONDS.toNanos(15), this::chosen));

        assertThat(leads).isEqualTo(N2);
        assertThat(orderedAtMillis).hasSize(2);
        assertThat(orderedAtMillis.get(1)).isBetween(2_300L, 2_500L);
    }

    @Test
    void nothingIsOrderedSoLateThatItWouldTakePlaceAfterTheFaultWasGivenUp() {
        answers.addAll(List.of(Optional.of("OK"), Optional.of("OK")));

        assertThatThrownBy(() -> environment.await(
                        "another", orders.another(N1, TimeUnit.MILLISECONDS.toNanos(5_500), this::chosen)))
                .hasMessageContaining("another leader than n1: not within 5500 ms");
        assertThat(orderedAtMillis).hasSize(2);
        assertThat(orderedAtMillis.get(1)).isLessThan(3_500L);
    }

    @Test
    void aFailoverThatGoesOnIsNotOrderedTwice() {
        answers.add(Optional.of("OK"));
        after(100, () -> flags = Set.of("master", "failover_in_progress"));

        assertThatThrownBy(() ->
                        environment.await("another", orders.another(N1, TimeUnit.SECONDS.toNanos(15), this::chosen)))
                .hasMessageContaining("another leader than n1: not within 15000 ms");
        assertThat(orderedAtMillis).hasSize(1);
    }

    @Test
    void theSentinelOfANodeIsStruckTooWhereItsServerCannotBe() {
        AtomicBoolean struck = new AtomicBoolean();

        assertThatThrownBy(() -> SentinelFaults.both(
                                () -> {
                                    throw new IOException("by the test");
                                },
                                () -> struck.set(true))
                        .pull())
                .hasMessage("by the test");
        assertThat(struck).isTrue();
    }
}
