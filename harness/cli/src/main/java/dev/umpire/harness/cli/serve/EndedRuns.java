package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What runs that are over have told of themselves: their files are read again only where they were written anew. */
final class EndedRuns {
    private final Path root;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Written written, ServedRun run) {}

    /** When the files were written from which a run is told. */
    private record Written(Optional<Long> planMillis, Optional<Long> verdictMillis) {
        static Written of(RunFolder folder) throws IOException {
            return new Written(folder.writtenMillis(PlanFile.NAME), folder.writtenMillis(RunFiles.VERDICT));
        }
    }

    EndedRuns(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** All runs, those that go on too. */
    List<ServedRun> all() throws IOException {
        List<RunFolder> folders = RunFolder.all(root);
        known.keySet().retainAll(folders.stream().map(RunFolder::name).collect(Collectors.toSet()));
        List<ServedRun> runs = new ArrayList<>();
        for (RunFolder folder : folders) {
            runs.add(run(folder));
        }
        return runs;
    }

    private ServedRun run(RunFolder folder) throws IOException {
        Written written = Written.of(folder);
        Known before = known.get(folder.name());
        if (before != null && before.written().equals(written)) {
            return before.run();
        }
        ServedRun run = ServedRun.of(folder, clock);
        if (run.verdict().isPresent()) {
            known.put(folder.name(), new Known(written, run));
        }
        return run;
    }
}
