package dev.umpire.harness.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlNodesTest {

    @Test
    void aNodeBearsTwoConnectionsOfEachSessionAndThoseOfTheHarness() {
        assertThat(SqlNodes.mostConnections(1_000)).isEqualTo(2_100);
    }

    @Test
    void aNodeBearsAFewHundredWhereNobodyKnowsHowManySessionsWillConnect() {
        assertThat(SqlNodes.mostConnections(0)).isEqualTo(300);
        assertThat(SqlNodes.mostConnections(8)).isEqualTo(300);
    }
}
