package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.targets.testing.InstalledStore;

/** Whether this machine can run these tests. */
final class CassandraServer {
    private CassandraServer() {}

    static void required() {
        InstalledStore.required(
                "cassandra", launcher -> ServerJars.find(launcher, "cassandra", "", CassandraSettings.VERSION));
    }
}
