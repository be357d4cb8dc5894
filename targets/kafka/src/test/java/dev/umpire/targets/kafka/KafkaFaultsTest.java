package dev.umpire.targets.kafka;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.N3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.run.NodeLogFiles;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Levers of a cluster whose other brokers never answer. */
@Timeout(30)
class KafkaFaultsTest {

    /** Closed to everybody. */
    private static final Map<Node, Integer> PORTS = Map.of(N1, 1, N2, 2, N3, 3);

    @TempDir
    Path folder;

    @Test
    void theEndOfACrashDoesNotStartABrokerThatIsToLeave() throws IOException {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
                Launcher launcher = Launcher.open(folder);
                NodeLogFiles logs = new NodeLogFiles(folder.resolve("nodes"), false)) {
            Settings settings = TestCluster.settings(new KafkaTarget(), "unclean=true");
            StartContext context = new StartContext(environment, settings, 3, logs, launcher);
            Holdings holdings = new Holdings(launcher);
            NodeLinks links = holdings.links(PORTS);
            Layout layout = new Layout(
                    environment,
                    KafkaSettings.of(settings),
                    new ServerJars(folder, folder, false),
                    logs,
                    context.nodes(),
                    PORTS,
                    PORTS,
                    PORTS,
                    links,
                    PORTS,
                    true);
            NodeProcess third = holdings.start(new Command(
                    "n3", Path.of("/bin/sleep"), List.of("300"), folder, Map.of(), folder.resolve("n3.log")));
            KafkaFaults faults = new KafkaFaults(
                    layout,
                    Map.of(N3, third),
                    new NodeClocks(context, holdings),
                    new DataFolders(context, holdings, 0));

            CompletionStage<Void> leaving = faults.leave(N3);
            environment.await("a crash", faults.crash(N3));
            environment.await("the end of a crash", faults.restart(N3));
            assertThat(third.alive()).isFalse();
            faults.end();
            environment.await("the end", leaving);
            environment.await("what was begun to be undone", holdings.giveBack(environment));
        }
    }
}
