package dev.umpire.targets.postgres;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.InstalledStore;
import dev.umpire.targets.testing.RunningCluster;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary and two standbys that were started by somebody else. */
@Timeout(120)
class PostgresExternalTest {

    private static final Session SESSION = new Session(0);

    @TempDir
    Path folder;

    private TestCluster theirs;
    private RunningCluster running;

    @BeforeAll
    static void required() {
        InstalledStore.required(
                "postgres", launcher -> Installation.find(launcher, "").program(launcher, "initdb"));
    }

    @BeforeEach
    void startTheirs() throws IOException {
        theirs = new TestCluster(new PostgresTarget(), Files.createDirectory(folder.resolve("theirs")), 3);
        running = new RunningCluster(theirs.cluster().nodes(), ((PostgresCluster) theirs.cluster()).ports());
    }

    @AfterEach
    void stopTheirs() {
        theirs.close();
    }

    private TestCluster named(String folderName, String... more) throws IOException {
        return new TestCluster(
                new PostgresTarget(), Files.createDirectory(folder.resolve(folderName)), 3, running.settings(more));
    }

    @Test
    void whatIsTheRunsOwnComesAndGoesAndWhatIsOfOthersStays() throws IOException {
        try (Client user = theirs.connect(SESSION, N1)) {
            assertThat(theirs.write(user, 5)).isInstanceOf(Response.Ok.class);
            for (String name : new String[] {"named", "again"}) {
                try (TestCluster named = named(name);
                        Client client = named.connect(SESSION, N1)) {
                    assertThat(value(named.readAt(N1))).as("of nobody yet").isEqualTo(Value.NIL);
                    assertThat(named.write(client, 7)).isInstanceOf(Response.Ok.class);
                    named.awaitConvergence();
                    assertThat(value(named.readAt(N3))).isEqualTo(Value.of(7));
                    assertThat(named.await(named.cluster().version())).isPresent();
                    assertThatThrownBy(() -> named(name + "-beside"))
                            .hasMessageContaining("schema: found one of the name umpire in the database postgres")
                            .hasMessageContaining("another run");
                    named.await(named.cluster().stop());
                }
            }
            assertThat(value(theirs.readAt(N1))).isEqualTo(Value.of(5));
        }
        TestCluster.assertNothingInForceBeside(folder.resolve("again"), 3);
    }

    private static Value value(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }

    @Test
    void clientsAreCutFromANodeAndMeetItAgain() throws IOException {
        try (TestCluster named = named("named")) {
            RunningCluster.assertClientsCutAndSlowed(named, N2, N1);
            named.await(named.cluster().stop());
        }
    }

    @Test
    void addressesThatAreNoneAndNodesThatNobodyReachesAreRefused() throws Exception {
        RunningCluster.assertRefusals(new PostgresTarget(), folder);
        assertThatThrownBy(() -> named("password", "password-file=/nowhere"))
                .hasMessageContaining(
                        "password-file: found no file that can be read at /nowhere, expected one whose first"
                                + " line is the password");
        assertThatThrownBy(() -> named("schema", "schema=My Schema"))
                .hasMessageContaining("schema: found My Schema, expected a small letter");
        assertThatThrownBy(() -> named("user", "user=nobody-here")).hasMessageContaining("nobody-here");
    }

    @Test
    void aPromiseHoldsWhateverClientsMeetOnTheirWay() throws Exception {
        Run run = TestRun.assertShows(
                Map.of("read-your-writes", Answer.VALID, "durability", Answer.VALID),
                running.plan("postgres")
                        .set("configuration", "primary-reads")
                        .nemesis("client-cut", "client-slow")
                        .gap(Duration.ofMillis(300), Duration.ofMillis(600))
                        .hold(Duration.ofMillis(500), Duration.ofMillis(1_000))
                        .operationTimeout(Duration.ofMillis(3_000))
                        .rate(300)
                        .lasting(Duration.ofSeconds(8)),
                new PostgresTarget(),
                folder);

        TestRun.assertFaultsCameAndWent(run);
    }

    @Test
    void staleReadsAreFound() throws Exception {
        theirs.slowLinksBetweenNodes(Duration.ofMillis(50));
        TestRun.assertShows(
                Map.of("read-your-writes", Answer.INVALID),
                running.plan("postgres").set("reads", "any-follower").rate(300).lasting(Duration.ofSeconds(8)),
                new PostgresTarget(),
                folder);
    }
}
