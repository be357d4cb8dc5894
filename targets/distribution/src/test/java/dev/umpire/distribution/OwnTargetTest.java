package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own store, compiled apart and named with {@code --classpath}. */
class OwnTargetTest {
    static final String SOURCE = """
            import dev.umpire.harness.target.*;
            import java.util.*;
            import java.util.concurrent.*;

            public final class MyStore implements Target {
                @Override public String name() { return "my-store"; }
                @Override public String meaning() { return "a store of one's own"; }
                @Override public boolean simulated() { return false; }
                @Override public List<Setting> settings() { return List.of(); }
                @Override public List<Configuration> configurations() { return List.of(); }
                @Override public List<Defect> defects() { return List.of(); }
                @Override public String describe(Settings settings) { return "mine"; }
                @Override public Set<FaultKind> faults(Settings settings) { return Set.of(); }
                @Override public Set<String> functions(Settings settings) { return Set.of("read", "write"); }
                @Override public CompletionStage<Cluster> start(StartContext context) {
                    return CompletableFuture.failedFuture(new IllegalStateException("mystored was not found"));
                }
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void compile() throws Exception {
        Path source = Files.writeString(folder.resolve("MyStore.java"), SOURCE);
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve("dev.umpire.harness.target.Target"), "MyStore\n");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.resolve("classes").toString(),
                        source.toString());
        assertThat(failed).isZero();
    }

    @Test
    void itIsListedBesideTheOthers() throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(folder, List.of(), "list", "targets", "--classpath", "classes");

        assertThat(ended.out()).contains("my-store", "simulated", "redis");
    }

    @Test
    void aStartThatFailsIsTwoWithItsOwnWords() throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(folder, List.of(), "run", "my-store", "--classpath", "classes");

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains("mystored was not found").doesNotContain("\tat ");
    }

    @Test
    void aFaultThatItCannotBeGivenIsRefusedBeforeItStarts() throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(
                folder, List.of(), "run", "my-store", "--classpath", "classes", "--nemesis", "partition");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("partition").doesNotContain("mystored was not found");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aClassPathThatIsNotThereIsTold() throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(folder, List.of(), "list", "--classpath", "none.jar");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("none.jar").hasLineCount(1);
    }
}
