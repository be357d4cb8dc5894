package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When sentinels agree, so that copies which are the same now stay so. */
class SentinelViewsTest {

    private static final SentinelView SETTLED = view(N2, "master", 3, 2, 2);

    private static SentinelView view(Node primary, String flags, long epoch, int replicas, int others) {
        return new SentinelView(Optional.of(primary), Set.of(flags.split(",", -1)), epoch, replicas, others);
    }

    private static SentinelViews views(SentinelView... ofNodes) {
        Map<Node, Optional<SentinelView>> answers = new LinkedHashMap<>();
        List<Node> nodes = List.of(N1, N2, N3);
        for (int i = 0; i < nodes.size(); i++) {
            answers.put(nodes.get(i), i < ofNodes.length ? Optional.of(ofNodes[i]) : Optional.empty());
        }
        return new SentinelViews(new NodeAnswers<>(answers));
    }

    @Test
    void sentinelsThatNameOnePrimaryInOneEpochAndMissNothingAgree() {
        SentinelViews agreed = views(SETTLED, SETTLED, SETTLED);

        assertThat(agreed.agreeOn(N2)).isTrue();
        assertThat(agreed.agreeOn(N1)).isFalse();
        assertThat(agreed.named()).contains(N2);
        assertThat(agreed.describe())
                .startsWith("sentinels: n1 names n2 in epoch 3, knows 2 replicas and 2 sentinels; n2 names n2");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("of before the failover", view(N1, "master", 2, 2, 2)),
                Arguments.of("of another epoch", view(N2, "master", 2, 2, 2)),
                Arguments.of("about to call it down", view(N2, "master,s_down", 3, 2, 2)),
                Arguments.of("at a failover", view(N2, "failover_in_progress,master", 3, 2, 2)),
                Arguments.of("without a replica", view(N2, "master", 3, 1, 2)),
                Arguments.of("without another sentinel", view(N2, "master", 3, 2, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void sentinelsDoNotAgreeWhenOneOfThemIs(String words, SentinelView one) {
        assertThat(views(SETTLED, SETTLED, one).agreeOn(N2)).isFalse();
    }

    @Test
    void sentinelsDoNotAgreeWhenOneIsSilentAndYetAMajorityNamesThePrimary() {
        SentinelViews silent = views(SETTLED, SETTLED);

        assertThat(silent.agreeOn(N2)).isFalse();
        assertThat(silent.named()).contains(N2);
        assertThat(views(SETTLED).named()).isEmpty();
        assertThat(silent.describe()).endsWith("n3 does not answer");
    }

    @Test
    void anAnswerIsReadByItsFields() {
        Map<String, String> said = Map.of(
                "flags", "s_down,master",
                "config-epoch", "7",
                "num-slaves", "2",
                "num-other-sentinels", "1");

        assertThat(SentinelView.of(Optional.of(N1), said)).isEqualTo(view(N1, "master,s_down", 7, 2, 1));
        assertThat(view(N1, "master,s_down", 7, 2, 1).describe())
                .isEqualTo("names n1 in epoch 7, master s_down, knows 2 replicas and 1 sentinels");
        assertThatThrownBy(() -> SentinelView.of(Optional.of(N1), Map.of("flags", "master")))
                .hasMessage("SENTINEL MASTER: found [flags], expected config-epoch");
    }
}
