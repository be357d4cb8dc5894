package dev.umpire.targets.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that takes orders, without anything that would carry them out. */
@Timeout(30)
class NodetoolTest {

    private static final UUID LOST = new UUID(1, 2);

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private int port;
    private Registry registry;
    private JMXConnectorServer door;

    /** What is asked of Cassandra's own, by its names. */
    public interface Storage {
        List<String> getNonSystemKeyspaces();

        String getOperationMode();

        void joinRing();

        void removeNode(String hostId);
    }

    private static final class Pretended implements Storage {
        private final List<String> keyspaces = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private String mode = "STARTING";
        private String after = "NORMAL";

        @Override
        public List<String> getNonSystemKeyspaces() {
            return keyspaces;
        }

        @Override
        public String getOperationMode() {
            return mode;
        }

        @Override
        public void joinRing() {
            told.add("join");
            mode = after;
        }

        @Override
        public void removeNode(String hostId) {
            told.add("removenode " + hostId);
            throw new UnsupportedOperationException("Node /127.0.0.4 is alive and owns this ID.");
        }
    }

    @BeforeEach
    void listen() throws IOException {
        port = freePort();
        registry = LocateRegistry.createRegistry(port);
        door = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1/jndi/rmi://127.0.0.1:" + port + "/jmxrmi"), null, beans);
        door.start();
    }

    @AfterEach
    void close() throws IOException {
        door.stop();
        UnicastRemoteObject.unexportObject(registry, true);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Pretended storage() throws Exception {
        Pretended storage = new Pretended();
        beans.registerMBean(
                new StandardMBean(storage, Storage.class),
                new ObjectName("org.apache.cassandra.db:type=StorageService"));
        return storage;
    }

    @Test
    void aNodeJoinsOnlyWhenItKnowsWhatThereIsToCopy() throws Exception {
        assertThat(Nodetool.join(port, "umpire"))
                .as("it has nothing to ask for yet")
                .isFalse();
        Pretended storage = storage();
        storage.keyspaces.add("system_auth");
        assertThat(Nodetool.join(port, "umpire")).isFalse();
        assertThat(storage.told).isEmpty();
        storage.keyspaces.add("umpire");
        assertThat(Nodetool.join(port, "umpire")).isTrue();
        assertThat(storage.told).containsExactly("join");
    }

    @Test
    void aNodeWithoutItsCopyHasNotJoined() throws Exception {
        Pretended storage = storage();
        storage.keyspaces.add("umpire");
        storage.after = "JOINING";

        assertThatThrownBy(() -> Nodetool.join(port, "umpire"))
                .isInstanceOf(Nodetool.Refused.class)
                .hasMessage("join: found the mode JOINING afterwards, expected NORMAL");
    }

    @Test
    void whyANodeIsNotTakenOutIsSaid() throws Exception {
        Pretended storage = storage();

        assertThatThrownBy(() -> Nodetool.removeNode(port, LOST))
                .isInstanceOf(Nodetool.Refused.class)
                .hasMessage("removenode: Node /127.0.0.4 is alive and owns this ID.");
        assertThat(storage.told).containsExactly("removenode " + LOST);
    }

    @Test
    void whoDoesNotListenHasRefusedNothing() throws IOException {
        int silent = freePort();

        assertThatThrownBy(() -> Nodetool.join(silent, "umpire"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Nodetool.Refused.class);
    }
}
