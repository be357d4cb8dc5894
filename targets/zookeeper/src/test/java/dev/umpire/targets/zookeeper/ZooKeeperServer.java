package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.targets.testing.InstalledStore;

/** Whether this machine can run these tests. */
final class ZooKeeperServer {
    private ZooKeeperServer() {}

    static void required() {
        InstalledStore.required(
                "zookeeper", launcher -> ServerJars.find(launcher, "zookeeper", "", ZooKeeperSettings.VERSION));
    }
}
