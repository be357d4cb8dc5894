package dev.umpire.targets.postgres;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.umpire.harness.launcher.Launcher;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Whether this machine can run these tests. */
final class PostgresServer {
    private PostgresServer() {}

    /** Skips visibly where there is no PostgreSQL; fails instead where {@code UMPIRE_REQUIRE} names {@code postgres}. */
    static void required() {
        String missing = "";
        try (Launcher launcher = Launcher.open()) {
            Installation found = Installation.find(launcher, "");
            found.program(launcher, "initdb");
        } catch (IOException e) {
            missing = String.valueOf(e.getMessage());
        }
        String required = Optional.ofNullable(System.getenv("UMPIRE_REQUIRE")).orElse("");
        if (!missing.isEmpty() && Arrays.asList(required.split(",", -1)).contains("postgres")) {
            fail(missing + ", and UMPIRE_REQUIRE names postgres");
        }
        assumeTrue(missing.isEmpty(), missing);
    }
}
