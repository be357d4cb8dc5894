package dev.umpire.targets.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.targets.cassandra.Coordinators.Told;
import dev.umpire.targets.cassandra.OneDatacenter.Named;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clusters that are not as a run needs them. */
class OneDatacenterTest {

    private static final List<Named> NAMED = List.of(named(1), named(2));

    @Test
    void allNodesOfADataCenterAreTakenWhateverThereIsElsewhere() throws LaunchException {
        assertThat(OneDatacenter.of(
                        NAMED, List.of(told(1, "east", "4.0"), told(2, "east", "5.0"), told(3, "west", "5.0"))))
                .isEqualTo("east");
    }

    @Test
    void aNodeOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> OneDatacenter.of(NAMED, List.of(told(1, "east", "4.0"), told(2, "east", "3.11"))))
                .isInstanceOf(LaunchException.class)
                .hasMessage("addresses: db2:9042: found Cassandra 3.11, expected Cassandra 4.0 to 5.0, with which this"
                        + " target is known to work");
    }

    @Test
    void anAddressToWhichNoNodeSendsClientsIsRefused() {
        assertThatThrownBy(() -> OneDatacenter.of(NAMED, List.of(told(1, "east", "5.0"), told(3, "east", "5.0"))))
                .hasMessage("addresses: found db2:9042, expected one to which a node sends clients: 10.0.0.1:9042,"
                        + " 10.0.0.3:9042");
    }

    @Test
    void nodesOfTwoDataCentersAreRefused() {
        assertThatThrownBy(() -> OneDatacenter.of(NAMED, List.of(told(1, "east", "5.0"), told(2, "west", "5.0"))))
                .hasMessage(
                        "addresses: found db2:9042 in the data center west, expected it in that of the first, east");
    }

    @Test
    void someOfTheNodesOfADataCenterAreNotEnough() {
        assertThatThrownBy(() -> OneDatacenter.of(
                        NAMED, List.of(told(1, "east", "5.0"), told(2, "east", "5.0"), told(3, "east", "5.0"))))
                .hasMessage(
                        "addresses: found 2 of the 3 nodes of the data center east, expected all, as each is to have"
                                + " a replica of everything: 10.0.0.1:9042, 10.0.0.2:9042, 10.0.0.3:9042");
    }

    private static Named named(int number) {
        return new Named("db" + number + ":9042", way(number));
    }

    private static Told told(int number, String datacenter, String version) {
        return new Told(way(number), "10.0.0." + number + ":9042", datacenter, Optional.of(version));
    }

    private static InetSocketAddress way(int number) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000 + number);
    }
}
