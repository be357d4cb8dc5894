package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationLagTest {

    @Test
    void aReplicaIsBehindTheNewestPositionThatAnyClientHadBeenShownBefore() throws Exception {
        History history = History.parse("""
                {"umpire":"history","version":1,"nodes":["n1","n2"],"initial":null}
                {"index":0,"type":"invoke","process":0,"node":"n1","f":"write","key":"x","value":1}
                {"index":1,"type":"ok","process":0,"node":"n1","f":"write","key":"x","value":1,"position":5}
                {"index":2,"type":"invoke","process":0,"node":"n2","f":"read","key":"x","value":null}
                {"index":3,"type":"invoke","process":1,"node":"n1","f":"write","key":"x","value":2}
                {"index":4,"type":"ok","process":1,"node":"n1","f":"write","key":"x","value":2,"position":9}
                {"index":5,"type":"ok","process":0,"node":"n2","f":"read","key":"x","value":null,"asOf":3}
                {"index":6,"type":"invoke","process":0,"node":"n2","f":"read","key":"x","value":null}
                {"index":7,"type":"ok","process":0,"node":"n2","f":"read","key":"x","value":2,"asOf":9}
                """);
        List<String> told = new ArrayList<>();

        ReplicationLag.measure(history, (operation, entries) -> told.add(history.index(operation) + ": " + entries));

        // position 9 was shown after the first read had been asked
        assertThat(told).containsExactly("2: 2", "6: 0");
    }
}
