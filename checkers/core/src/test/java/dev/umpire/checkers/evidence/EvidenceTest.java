package dev.umpire.checkers.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    @Test
    void operationsAreCountedInAllAndBetweenTheProbeThatSawTheFaultAndItsHealing() {
        Evidence evidence = Evidence.of(Transcript.parse("""
                10..11 ms  session 1  n1  write x 1  ok
                20 ms      nemesis inject 1 partition n1,n2
                21..22 ms  session 1  n1  write x 2  ok
                30 ms      nemesis confirm 1
                31..32 ms  session 1  n1  write x 3  ok
                33..34 ms  session 1  n1  read x     ok 3
                35..36 ms  session 1  n1  write x 4  info
                40 ms      nemesis heal 1
                41..42 ms  session 1  n1  write x 5  fail
                50 ms      nemesis gone 1
                """));

        assertThat(evidence.total()).isEqualTo(new Counts(4, 1, 1));
        assertThat(evidence.byFunction()).containsEntry("read", new Counts(1, 0, 0));
        assertThat(evidence.byFault()).hasSize(1);
        Fault fault = evidence.byFault().keySet().iterator().next();
        assertThat(fault.name()).isEqualTo("fault 1 (partition n1, n2)");
        assertThat(fault.inForceNanos()).hasValue(10_000_000);
        assertThat(evidence.during(fault)).isEqualTo(new Counts(2, 0, 1));
        assertThat(evidence.missing()).isEmpty();
    }

    @Test
    void whatIsMissingIsToldInSentences() {
        Evidence evidence = Evidence.of(Transcript.parse("""
                10..11 ms  session 1  n1  read x     ok nil
                20 ms      nemesis inject 1 partition n1,n2
                21 ms      nemesis inject 2 pause n1
                22 ms      nemesis confirm 2
                23 ms      nemesis heal 2
                """));

        assertThat(evidence.missing())
                .isEqualTo(List.of(
                        "no write was acknowledged",
                        "fault 1 (partition n1, n2) was never confirmed in force",
                        "fault 2 (pause n1) was never seen gone"));
    }

    @Test
    void whatAProbeObjectedIsTold() {
        Evidence evidence = Evidence.of(parse("""
                {:process :nemesis, :type :info, :f :inject, :value {:id 1, :fault "partition", :links [["n1" "n2"] ["n2" "n3"]]}}
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 1, :evidence "n1 still sees n2"}}
                {:process :nemesis, :type :info, :f :inject, :value {:id 2, :fault "crash", :nodes []}}
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 2}}
                """));
        assertThat(evidence.missing())
                .containsExactly(
                        "no operation was recorded",
                        "fault 1 (partition n1 to n2, n2 to n3) was never confirmed in force: n1 still sees n2",
                        "fault 2 (crash) was never confirmed in force: no evidence");
    }

    @Test
    void aCloserLookBeforeTheHealTakesAConfirmationBack() {
        Evidence evidence = Evidence.of(parse("""
                {:process :nemesis, :type :info, :f :inject, :value {:id 1, :fault "clock", :nodes ["n1"]}}
                {:process :nemesis, :type :info, :f :confirm, :value {:id 1, :evidence "it jumped"}}
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 1, :evidence "it kept its rate"}}
                {:process :nemesis, :type :info, :f :heal, :value {:id 1}}
                {:process :nemesis, :type :info, :f :gone, :value {:id 1}}
                """));
        assertThat(evidence.missing()).contains("fault 1 (clock n1) was never confirmed in force: it kept its rate");
    }

    @Test
    void whatWasSeenGoneAndThenNotIsInForceToTheEnd() {
        Evidence evidence = Evidence.of(parse("""
                {:process :nemesis, :type :info, :f :inject, :value {:id 1, :fault "clock", :nodes ["n1"]}}
                {:process :nemesis, :type :info, :f :confirm, :value {:id 1, :evidence "it jumped"}}
                {:process :nemesis, :type :info, :f :heal, :value {:id 1}}
                {:process :nemesis, :type :info, :f :gone, :value {:id 1, :evidence "it jumped back"}}
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 1, :evidence "it runs wrong"}}
                """));
        Fault fault = evidence.byFault().keySet().iterator().next();
        assertThat(fault.gone()).isFalse();
        assertThat(fault.healedAt()).isEmpty();
        assertThat(evidence.missing()).contains("fault 1 (clock n1) was never seen gone");
    }

    @Test
    void aLateDoubtOfTheInjectionTakesBackNoEnd() {
        Evidence evidence = Evidence.of(parse("""
                {:process :nemesis, :type :info, :f :inject, :value {:id 1, :fault "clock", :nodes ["n1"]}}
                {:process :nemesis, :type :info, :f :heal, :value {:id 1}}
                {:process :nemesis, :type :info, :f :gone, :value {:id 1}}
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 1, :evidence "it did not jump"}}
                """));
        Fault fault = evidence.byFault().keySet().iterator().next();
        assertThat(fault.gone()).isTrue();
        assertThat(fault.healedAt()).isPresent();
    }

    @Test
    void theFirstConfirmationAndTheFirstHealingBoundAFault() {
        Evidence evidence = Evidence.of(Transcript.parse("""
                10 ms      nemesis inject 1 pause n1
                20 ms      nemesis confirm 1
                21..29 ms  session 1  n1  write x 1  ok
                30 ms      nemesis confirm 1
                40 ms      nemesis heal 1
                41..49 ms  session 1  n1  write x 2  ok
                50 ms      nemesis heal 1
                51 ms      nemesis gone 1
                """));
        Fault fault = evidence.byFault().keySet().iterator().next();
        assertThat(fault.inForceNanos()).hasValue(20_000_000);
        assertThat(evidence.during(fault)).isEqualTo(new Counts(1, 0, 0));
        assertThat(evidence.byFault().get(fault)).containsOnlyKeys("write");
    }

    private static History parse(String events) {
        try {
            return History.parse(events);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }
}
