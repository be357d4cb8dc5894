package dev.umpire.checkers.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
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
}
