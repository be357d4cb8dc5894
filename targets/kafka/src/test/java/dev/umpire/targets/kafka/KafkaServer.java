package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.targets.testing.InstalledStore;

/** Whether this machine can run these tests. */
final class KafkaServer {
    private KafkaServer() {}

    static void required() {
        InstalledStore.required("kafka", launcher -> ServerJars.find(launcher, "kafka", "", KafkaSettings.VERSION));
    }
}
