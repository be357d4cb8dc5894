package dev.umpire.targets.redis;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Whether this machine can run these tests. */
final class RedisServer {
    private RedisServer() {}

    /** Skips visibly where there is no Redis; fails instead where {@code UMPIRE_REQUIRE} names {@code redis}. */
    static void required() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        boolean found = Arrays.stream(path.split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        String required = Optional.ofNullable(System.getenv("UMPIRE_REQUIRE")).orElse("");
        if (!found && Arrays.asList(required.split(",", -1)).contains("redis")) {
            fail("redis-server: not found on PATH, and UMPIRE_REQUIRE names redis (apt-get install redis-server)");
        }
        assumeTrue(found, "redis-server: not found on PATH (apt-get install redis-server)");
    }
}
