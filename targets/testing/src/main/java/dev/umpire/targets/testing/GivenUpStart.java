package dev.umpire.targets.testing;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The start of a cluster that is never ready. */
public final class GivenUpStart {

    private GivenUpStart() {}

    /**
     * Why it is given up. The target's bound passes quickly once the first node has said this.
     *
     * @param folder gets the nodes' logs and the launcher's state
     * @param said by the first node, into its log
     * @param settings {@code name=value}; the others are as by default
     */
    public static Throwable refusal(Target target, Path folder, int nodes, String said, String... settings) {
        Path log = folder.resolve(TestCluster.N1 + ".log");
        Environment hurried =
                new HurriedEnvironment(new RealEnvironment(new KeyedRandom(1)), () -> contains(log, said));
        return catchThrowable(() -> new TestCluster(hurried, target, Set.of(), folder, nodes, settings).close());
    }

    private static boolean contains(Path log, String words) {
        try {
            return Files.exists(log) && Files.readString(log).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
