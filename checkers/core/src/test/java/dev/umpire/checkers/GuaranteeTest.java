package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuaranteeTest {
    private static final String READ = """
            {"type":"invoke","process":0,"f":"read","key":"x"}
            {"type":"ok","process":0,"f":"read","key":"x","value":null}
            """;

    @Test
    void theDefaultsAreToldInTheOrderOfTheDesign() {
        assertThat(Guarantee.defaults())
                .extracting(Guarantee::name)
                .containsExactly(
                        "read-your-writes",
                        "monotonic-reads",
                        "consistent-prefix",
                        "durability",
                        "eventual",
                        "integrity");
    }

    @Test
    void everyGuaranteeIsFoundByItsName() {
        assertThat(Guarantee.known())
                .allSatisfy(one -> assertThat(Guarantee.named(one.name())).isSameAs(one));
    }

    @Test
    void availabilityIsJudgedOnlyWhereItIsAskedFor() {
        assertThat(Guarantee.known())
                .startsWith(Guarantee.all().toArray(Guarantee[]::new))
                .endsWith(Guarantee.RECOVERS_WITHIN, Guarantee.AVAILABLE_WITHIN)
                .hasSize(Guarantee.all().size() + 2);
        assertThat(Guarantee.named("recovers-within:10s"))
                .hasToString("recovers-within:10s")
                .extracting(Guarantee::meaning)
                .isEqualTo("after each fault operations are acknowledged again within 10s");
        assertThat(Guarantee.named("available-within:2s").meaning())
                .isEqualTo("there are never more than 2s in which operations are asked for and none is acknowledged");
    }

    @Test
    void readAfterWriteIsAnotherNameOfReadYourWrites() {
        assertThat(Guarantee.named("read-after-write")).isSameAs(Guarantee.READ_YOUR_WRITES);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearestAndAllOthers() {
        assertThatThrownBy(() -> Guarantee.named("monotonic-raeds"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("guarantee: found monotonic-raeds, expected one of "
                        + Guarantee.known().stream().map(Guarantee::name).collect(Collectors.joining(", "))
                        + "; the nearest is monotonic-reads");
    }

    @ParameterizedTest
    @CsvSource({
        "linearisable, linearizable",
        "quential, sequential",
        "eventually, eventual",
        "pra, pram",
        "mram, pram",
        "casual, causal",
        "read-afterwrite, read-after-write",
        "xyz, pram"
    })
    void theNearestNameIsThatWithTheFewestLettersToChange(String typed, String nearest) {
        assertThatThrownBy(() -> Guarantee.named(typed)).hasMessageEndingWith("; the nearest is " + nearest);
    }

    @Test
    void aGuaranteeIsToldByItsName() {
        assertThat(Guarantee.CAUSAL).hasToString("causal");
        assertThat(Guarantee.named("bounded-staleness:3ms").meaning()).isEqualTo("no read is staler than 3ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"durability:0", "read-after-write+bounded-staleness:3versions", "causal+pram"})
    void aNameOfTheFieldWithoutACheckerIsRefusedAsSuch(String name) {
        assertThatThrownBy(() -> Guarantee.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("guarantee: found " + name)
                .hasMessageContaining("in this version")
                .hasMessageContaining("no checker");
    }

    @Test
    void sessionGuaranteesAreCombinedInTheirUsualOrder() {
        assertThat(Guarantee.named("monotonic-reads+read-after-write").name())
                .isEqualTo("read-your-writes+monotonic-reads");
        assertThat(Guarantee.named("writes-follow-reads+monotonic-writes+monotonic-writes")
                        .name())
                .isEqualTo("monotonic-writes+writes-follow-reads");
        assertThat(Guarantee.named("monotonic-writes")).isSameAs(Guarantee.MONOTONIC_WRITES);
    }

    @Test
    void everyGuaranteeIsJudgedByACheckerOfItsName() throws MalformedHistoryException {
        History history = History.parse(READ);
        for (Guarantee guarantee : Guarantee.known()) {
            assertThat(guarantee.check(history).guarantee()).isEqualTo(guarantee.name());
        }
        for (String name : List.of(
                "bounded-staleness:500ms",
                "recovers-within:10s",
                "available-within:2s",
                "read-your-writes+monotonic-reads")) {
            assertThat(Guarantee.named(name).check(history).guarantee()).isEqualTo(name);
        }
    }

    @Test
    void everyMeaningIsItsOwnAndWithoutAFullStop() {
        assertThat(Guarantee.known())
                .extracting(Guarantee::meaning)
                .doesNotHaveDuplicates()
                .allSatisfy(meaning -> assertThat(meaning).matches("[a-z].*[a-z]"));
        assertThat(Guarantee.named("monotonic-reads+read-your-writes").meaning())
                .isEqualTo("all of these under one order of the versions of each key");
        assertThat(Guarantee.MONOTONIC_WRITES.meaning()).isEqualTo("the writes of a session take effect in its order");
    }

    @Test
    void aSecondOpinionKeepsTheName() throws MalformedHistoryException {
        Guarantee other =
                Guarantee.CAUSAL.judgedBy((history, options) -> Verdict.undecided("causal", "asked somebody else"));

        assertThat(other).hasToString("causal");
        assertThat(other.meaning()).isEqualTo(Guarantee.CAUSAL.meaning());
        assertThat(other.check(History.parse(READ)).reason()).contains("asked somebody else");
    }

    @Test
    void aHeapThatIsTooSmallLeavesItUndecided() throws MalformedHistoryException {
        Guarantee greedy = Guarantee.CAUSAL.judgedBy((history, options) -> {
            throw new OutOfMemoryError("as if");
        });

        Verdict verdict = greedy.check(History.parse(READ));

        assertThat(verdict.guarantee()).isEqualTo("causal");
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("the heap of at most "
                        + Words.number(Runtime.getRuntime().maxMemory() / 1_000_000)
                        + " MB is too small for this checker: give it more, as with -Xmx8g");
    }

    @Test
    void whatIsKnownButNotTogetherOrNotWithAParameterIsToldApart() {
        String known = Guarantee.known().stream().map(Guarantee::name).collect(Collectors.joining(", "));
        assertThatThrownBy(() -> Guarantee.named("causal+read-after-write"))
                .hasMessage(
                        "guarantee: found causal+read-after-write, but only session guarantees can share one order (+)"
                                + " in this version, which has no checker for these; ask for causal,read-after-write to judge each"
                                + " alone, expected one of " + known);
        assertThatThrownBy(() -> Guarantee.named("read-after-write:3"))
                .hasMessage(
                        "guarantee: found read-after-write:3, but read-after-write with a parameter has no checker in"
                                + " this version, expected one of " + known);
        assertThatThrownBy(() -> Guarantee.named("causal+casual")).hasMessageContaining("; the nearest is ");
        assertThatThrownBy(() -> Guarantee.named("casual:3")).hasMessageEndingWith("; the nearest is causal");
        assertThatThrownBy(() -> Guarantee.named(":3")).hasMessageContaining("; the nearest is ");
    }

    @Test
    void ofALongNameTheBeginningIsCompared() {
        // with its end it would be nearer to the longest of the names than to the shortest
        String typed = "pram" + "x".repeat(60);

        assertThatThrownBy(() -> Guarantee.named(typed + "strict-consistent-prefix".repeat(100)))
                .hasMessageEndingWith("; the nearest is " + nearestOf(typed));
    }

    private static String nearestOf(String typed) {
        try {
            return Guarantee.named(typed).name();
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage()).replaceFirst(".*; the nearest is ", "");
        }
    }

    @Test
    void oneSessionGuaranteeTwiceIsThatOne() {
        assertThat(Guarantee.named("monotonic-reads+monotonic-reads")).isSameAs(Guarantee.MONOTONIC_READS);
    }
}
