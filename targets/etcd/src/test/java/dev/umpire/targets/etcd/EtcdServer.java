package dev.umpire.targets.etcd;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Whether this machine can run these tests. */
final class EtcdServer {
    private EtcdServer() {}

    /** Skips visibly where there is no etcd; fails instead where {@code UMPIRE_REQUIRE} names {@code etcd}. */
    static void required() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        boolean found =
                Arrays.stream(path.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "etcd")));
        String required = Optional.ofNullable(System.getenv("UMPIRE_REQUIRE")).orElse("");
        if (!found && Arrays.asList(required.split(",", -1)).contains("etcd")) {
            fail("etcd: not found on PATH, and UMPIRE_REQUIRE names etcd (apt-get install etcd-server)");
        }
        assumeTrue(found, "etcd: not found on PATH (apt-get install etcd-server)");
    }
}
