package dev.umpire.harness.cli;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.RunStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the folders of runs are, as an option. */
final class RunsFolder {
    private static final String USUAL = "runs";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = USUAL,
            description = "Where runs are kept. Default: runs.")
    String out = USUAL;

    /** Makes the folder of a run that begins now. */
    Path newRun(Surroundings surroundings, Plan plan) throws IOException {
        return new RunStore(surroundings.directory().resolve(out))
                .newRun(surroundings.now().get(), plan.target(), plan.seed());
    }

    /** A folder that {@link #newRun} made, as people are told of it. */
    Path shown(Path folder) {
        return Path.of(out).resolve(folder.getFileName());
    }

    /** The option as it is typed, with a blank before it; empty where it has its default. */
    String typed() {
        return out.equals(USUAL) ? "" : " --out " + PlanDefaults.quoted(out);
    }

    /** What is wrong with the folder: the JDK's own messages are often no more than the path. */
    IOException unusable(IOException e) {
        return new IOException("--out " + out + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "found no right to write " + e.getMessage() + ", expected a folder that can be written";
        }
        if (e instanceof FileSystemException file) {
            return "found " + file.getFile() + (file.getReason() == null ? " in the way" : ": " + file.getReason())
                    + ", expected a folder that can be made or written";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
