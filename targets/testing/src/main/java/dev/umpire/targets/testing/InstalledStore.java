package dev.umpire.targets.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.umpire.harness.launcher.Launcher;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Whether this machine can run the tests of a store. */
public final class InstalledStore {

    private InstalledStore() {}

    /** Looks for what the store needs. */
    public interface Search {
        /**
         * Looks for it.
         *
         * @throws IOException if it is missing; the message says what to install
         */
        void in(Launcher launcher) throws IOException;
    }

    /** Skips visibly where the store is missing; fails instead where {@code UMPIRE_REQUIRE} names it. */
    public static void required(String store, Search search) {
        Optional<String> missing = missing(search);
        if (missing.isEmpty()) {
            return;
        }
        String required = Optional.ofNullable(System.getenv("UMPIRE_REQUIRE")).orElse("");
        if (Arrays.asList(required.split(",", -1)).contains(store)) {
            fail(missing.get() + ", and UMPIRE_REQUIRE names " + store);
        }
        assumeTrue(false, missing.get());
    }

    private static Optional<String> missing(Search search) {
        try (Launcher launcher = Launcher.open()) {
            search.in(launcher);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
