package dev.umpire.harness.junit;

import dev.umpire.harness.junit.live.LiveCluster;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The cluster that one test has in its hands, and what is told of it when the test fails. */
final class ClusterOfTest {
    private static final int MOST_TOLD = 5;

    private final LiveCluster cluster;
    private final Path folder;

    private ClusterOfTest(LiveCluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
    }

    /** @param folder exists, for logs, plan and, when the test fails, the history */
    static ClusterOfTest start(Plan plan, Target target, Path folder) throws IOException {
        PlanFile.write(folder.resolve(PlanFile.NAME), plan);
        return new ClusterOfTest(LiveCluster.start(plan, target, folder), folder);
    }

    LiveCluster cluster() {
        return cluster;
    }

    /** What is in force and what was awaited in vain; a cluster that cannot be asked any more says so. */
    List<String> told() {
        try {
            return cluster.told().stream()
                    .limit(MOST_TOLD)
                    .map(one -> "  " + SafeText.visible(one))
                    .toList();
        } catch (RuntimeException e) {
            return List.of(
                    "  the cluster could not be asked what is in force: " + SafeText.visible("" + e.getMessage()));
        }
    }

    /** What was to strike it and never did. */
    List<String> missing() {
        return cluster.missing();
    }

    void writeHistory() throws IOException {
        cluster.writeHistory(folder);
    }
}
