package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuaranteeTest {

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
}
