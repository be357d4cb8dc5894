package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsAroundTest {

    private static final String HISTORY = """
            {"type":"info","process":"nemesis","f":"inject","time":0,"value":{"id":0,"fault":"pause","nodes":["n2"]}}
            {"type":"info","process":"nemesis","f":"confirm","time":1000000,"value":{"id":0,"fault":"pause","nodes":["n2"]}}
            {"type":"invoke","process":0,"f":"write","key":"a","value":1,"time":2000000}
            {"type":"info","process":"nemesis","f":"heal","time":3000000,"value":{"id":0,"fault":"pause","nodes":["n2"]}}
            {"type":"ok","process":0,"f":"write","key":"a","value":1,"time":4000000}
            {"type":"invoke","process":0,"f":"read","key":"a","time":5000000}
            {"type":"ok","process":0,"f":"read","key":"a","value":null,"time":6000000}
            {"type":"info","process":"nemesis","f":"confirm","time":7000000,"value":{"id":1,"fault":"partition","links":[["n1","n2"]]}}
            """;

    @Test
    void aFaultThatOverlapsTheWitnessIsToldWithItsTimes() throws MalformedHistoryException {
        assertThat(lines(0, 1)).containsExactly("fault in force: pause n2 from 1 ms to 3 ms");
    }

    @Test
    void aFaultThatEndedBeforeOrCameLaterIsNotTold() throws MalformedHistoryException {
        assertThat(lines(1)).isEmpty();
    }

    private static List<String> lines(Integer... operations) throws MalformedHistoryException {
        History history = History.parse(HISTORY);
        return FaultsAround.lines(
                history, Fault.of(history), new Anomaly("KIND", "a", "sentence", List.of(operations)));
    }
}
