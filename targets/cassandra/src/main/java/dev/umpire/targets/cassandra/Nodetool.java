package dev.umpire.targets.cassandra;

import java.io.IOException;
import java.util.Collection;
import java.util.UUID;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What an operator tells a node by Cassandra's program {@code nodetool}, at the same port and in the same words (JMX). Blocks. */
final class Nodetool {

    /** The mode of a node that is one of the ring and has all that it is to have. */
    private static final String JOINED = "NORMAL";

    private Nodetool() {}

    /**
     * Lets the others go on without a node that they have found to be dead; returns when they have what it had to have.
     *
     * @param port at which another node takes orders
     * @param hostId of the one that is lost
     * @throws Refused if the other one does not, as while it takes the node to be alive
     * @throws IOException if it does not answer
     */
    static void removeNode(int port, UUID hostId) throws IOException {
        Object unused = told(
                port,
                "removenode",
                node -> node.invoke(
                        storage(), "removeNode", new Object[] {hostId.toString()}, new String[] {String.class.getName()
                        }));
    }

    /**
     * Lets a node that was started apart from the ring join it; returns when it has a copy of all that it is to have, or has joined
     * before.
     *
     * @param port at which it takes orders
     * @param keyspace without which there would be nothing to copy
     * @return false: it does not know the keyspace yet, and was told nothing
     * @throws Refused if it did not get its copy
     * @throws IOException if it does not answer
     */
    static boolean join(int port, String keyspace) throws IOException {
        return told(port, "join", node -> {
            if (!knows(node, keyspace)) {
                return false;
            }
            Object unused = node.invoke(storage(), "joinRing", new Object[0], new String[0]);
            String mode = String.valueOf(node.getAttribute(storage(), "OperationMode"));
            if (!mode.equals(JOINED)) {
                throw new Refused("join: found the mode " + mode + " afterwards, expected " + JOINED);
            }
            return true;
        });
    }

    private static boolean knows(MBeanServerConnection node, String keyspace) throws IOException {
        try {
            return ((Collection<?>) node.getAttribute(storage(), "NonSystemKeyspaces")).contains(keyspace);
        } catch (JMException | JMRuntimeException notThatFar) {
            // one that starts listens for orders seconds before it has anything that could be asked
            return false;
        }
    }

    /** What a node that takes orders does not do. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }

        private Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private interface Order<T> {
        T to(MBeanServerConnection node) throws IOException, JMException;
    }

    @SuppressWarnings("BanJNDI") // what answers is a node of this machine that the run started
    private static <T> T told(int port, String what, Order<T> order) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"))) {
            return order.to(connector.getMBeanServerConnection());
        } catch (JMException | JMRuntimeException refused) {
            Throwable why = refused.getCause() == null ? refused : refused.getCause();
            throw new Refused(what + ": " + why.getMessage(), refused);
        }
    }

    private static ObjectName storage() throws JMException {
        return new ObjectName("org.apache.cassandra.db:type=StorageService");
    }
}
