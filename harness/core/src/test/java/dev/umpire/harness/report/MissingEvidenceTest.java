package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import org.junit.jupiter.api.Test;

class MissingEvidenceTest {

    @Test
    void aFailoverThatWasNotCarriedOutIsMissing() throws MalformedHistoryException {
        assertThat(MissingEvidence.of(History.parse("""
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 0, :fault "failover", :nodes ["n2"], :evidence "n1 leads, not n2"}}
                """)))
                .containsExactly("failover n2 (fault 0) was never seen in force: n1 leads, not n2");
    }

    @Test
    void aClockThatWasSeenBackAndThenToRunWrongWasNeverSeenGone() throws MalformedHistoryException {
        assertThat(MissingEvidence.of(History.parse("""
                {:process :nemesis, :type :info, :f :inject, :value {:id 0, :fault "clock", :nodes ["n2"]}}
                {:process :nemesis, :type :info, :f :confirm, :value {:id 0}}
                {:process :nemesis, :type :info, :f :heal, :value {:id 0}}
                {:process :nemesis, :type :info, :f :gone, :value {:id 0}}
                {:process :nemesis, :type :info, :f :unconfirmed, :value {:id 0, :evidence "it ran at +2000 ppm"}}
                """)))
                .containsExactly("clock n2 (fault 0) was never seen gone: it ran at +2000 ppm");
    }
}
