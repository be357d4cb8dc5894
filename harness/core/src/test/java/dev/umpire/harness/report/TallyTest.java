package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in force while a run goes on. */
class TallyTest {
    private final Tally tally = new Tally();

    private void told(String function, int id, String kind) {
        tally.add(Event.of(EventType.INFO)
                .process(Value.of("nemesis"))
                .function(function)
                .value(new Value.MapOf(Map.of(
                        Value.of("id"),
                        Value.of(id),
                        Value.of("fault"),
                        Value.of(kind),
                        Value.of("nodes"),
                        Value.of(List.of(Value.of("n1"))))))
                .build());
    }

    @ParameterizedTest
    @CsvSource({
        "inject, false",
        "inject unconfirmed, false",
        "inject confirm, true",
        "inject confirm heal, false",
        "inject confirm heal gone, false",
        // the lever of the heal failed, or the node did not come back
        "inject confirm heal unconfirmed, true",
        "inject confirm heal unconfirmed heal, false",
        "inject confirm heal unconfirmed heal unconfirmed, true",
        "inject confirm heal unconfirmed gone, false",
        // what was seen gone may be seen later to run wrong still
        "inject confirm heal gone unconfirmed, true",
        "inject confirm heal gone unconfirmed heal gone, false",
        // a closer look before the heal outweighs the first one
        "inject confirm unconfirmed heal unconfirmed, false",
        // by a schedule a fault may be healed before the probe of its injection is done
        "inject heal confirm, false",
        "inject heal confirm gone, false",
        "inject heal gone confirm, false",
        "inject heal unconfirmed, false",
        "inject heal unconfirmed gone, false",
        "inject heal unconfirmed confirm, true"
    })
    void aFaultIsInForceFromItsProbeUntilNothingSaysThatItIsNotGone(String functions, boolean inForce) {
        for (String function : functions.split(" ", -1)) {
            told(function, 3, "crash");
        }

        assertThat(tally.faultsInForce()).isEqualTo(inForce ? List.of("crash n1") : List.of());
    }

    @Test
    void faultsThatOverlapEndEachByItsOwnHeal() {
        for (int id = 0; id < 2; id++) {
            told("inject", id, id == 0 ? "slow" : "pause");
            told("confirm", id, id == 0 ? "slow" : "pause");
        }
        assertThat(tally.faultsInForce()).containsExactly("slow n1", "pause n1");

        told("heal", 0, "slow");

        assertThat(tally.faultsInForce()).containsExactly("pause n1");
    }
}
