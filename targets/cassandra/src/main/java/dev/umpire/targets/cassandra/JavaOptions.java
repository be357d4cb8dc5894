package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.launcher.LaunchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node's java is told. */
final class JavaOptions {

    /** The newest Java on which Cassandra 5.0 runs. */
    private static final int JAVA = 17;

    // what Cassandra reaches into; its own jvm17-server.options has them
    private static final List<String> EXPORTED = List.of(
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql");
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "jdk.management/com.sun.management.internal");

    private JavaOptions() {}

    /** How long a node that starts looks at the others before it takes part. */
    private static final int RING_MILLIS = 1_000;

    /**
     * The same where nodes join: whoever is given its copy and is silent for so long is sent no more writes. A removal and a join
     * wait for it as well, once each.
     */
    private static final int CHANGING_RING_MILLIS = 3_000;

    /**
     * Of a node that is to be told when it joins the ring. One that joins as it starts waits only for the ring delay until the
     * others tell what tables there are, and where they are late it is done with a copy of nothing.
     */
    static final String APART = "-Dcassandra.join_ring=false";

    /** Refuses a Java on which no node starts. */
    static void requireJava(int feature) throws LaunchException {
        if (feature != JAVA) {
            throw new LaunchException("cassandra: found Java " + feature + ", expected " + JAVA
                    + ", the one on which both Umpire and Cassandra 5.0 run");
        }
    }

    /**
     * All of it, up to the class whose main method is run.
     *
     * @param operator the port at which it takes orders; empty: at none
     */
    static List<String> of(ServerJars jars, Path folder, Optional<Integer> operator) {
        List<String> options = new ArrayList<>(jars.classes().options());
        options.addAll(List.of(
                "-Xmx384m",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + folder,
                // else it writes no line of its log from the moment when it is ready
                "-Dcassandra-foreground=yes",
                "-Dcassandra.ring_delay_ms=" + (operator.isPresent() ? CHANGING_RING_MILLIS : RING_MILLIS),
                "-Dcassandra.skip_wait_for_gossip_to_settle=0"));
        operator.ifPresent(port -> options.add("-Dcassandra.jmx.local.port=" + port));
        EXPORTED.forEach(one -> options.addAll(List.of("--add-exports", one + "=ALL-UNNAMED")));
        OPENED.forEach(one -> options.addAll(List.of("--add-opens", one + "=ALL-UNNAMED")));
        // a folder on the class path, or an agent on the command line, and java keeps no classes; without its
        // agent Cassandra guesses how large objects are
        options.addAll(List.of(
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml").toUri(),
                "-Dcassandra-rackdc.properties="
                        + folder.resolve("cassandra-rackdc.properties").toUri(),
                "-cp",
                jars.classPath(),
                Layout.MAIN_CLASS));
        return options;
    }
}
