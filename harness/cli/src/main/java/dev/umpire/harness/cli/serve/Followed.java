package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Tally;
import dev.umpire.harness.report.VerdictJson;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.FollowedRecording;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * How far runs are that go on. Each look counts what was appended since the last one, whoever looked then. Thread-safe.
 */
final class Followed {
    private static final int MOST_RUNS = 32;

    /** At most 64 MiB a question: a browser that comes late sees the number catch up. */
    private static final int MOST_LOOKS = 8;

    private static final int MOST_FAULTS = 8;

    private final Map<Path, Following> runs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Following> eldest) {
            return size() > MOST_RUNS;
        }
    };

    /** A recording, what was counted of it, and whether more stands there already. */
    private static final class Following {
        private final FollowedRecording recording;
        private final Tally tally = new Tally();

        Following(Path file) {
            recording = new FollowedRecording(file);
        }

        synchronized Progress look() throws IOException {
            boolean more = true;
            for (int look = 0; look < MOST_LOOKS && more; look++) {
                more = recording.look(tally::add);
            }
            return new Progress(
                    tally.done(),
                    tally.failed(),
                    tally.unknown(),
                    tally.runNanos(),
                    tally.faultsInForce().stream().limit(MOST_FAULTS).toList(),
                    more);
        }
    }

    /**
     * How far a run is.
     *
     * @param done operations that have ended
     * @param faults in force, fit to be shown
     * @param behind whether more has happened already than is counted
     */
    record Progress(long done, long failed, long unknown, long runNanos, List<String> faults, boolean behind) {

        /** {@code 12,040 of 20,000 operations}. */
        String operations(Optional<Plan> plan) {
            String goal = plan.filter(one -> one.operations().isPresent())
                    .map(one -> " of " + Numbers.grouped(one.operations().orElse(0)))
                    .orElse("");
            return Numbers.grouped(done) + goal + " operations" + (behind ? ", and more that are being counted" : "");
        }

        /** {@code 12.0 s of 20.0 s}, by the run's own clock. */
        String elapsed(Optional<Plan> plan) {
            String goal = plan.filter(one -> one.durationMillis().isPresent())
                    .map(one -> " of " + Numbers.seconds(one.durationMillis().orElse(0) * 1_000_000))
                    .orElse("");
            return Numbers.seconds(runNanos) + goal;
        }

        /** {@code 0 failed, 31 unknown}. */
        String losses() {
            return Numbers.grouped(failed) + " failed, " + Numbers.grouped(unknown) + " unknown";
        }

        /** {@code partition n1, n2}; {@code none}. */
        String inForce() {
            return faults.isEmpty() ? "none" : String.join(" · ", faults);
        }

        /** How much of its plan has been carried out, 0 to 1. */
        double share(Optional<Plan> plan) {
            double byCount = plan.flatMap(one -> one.operations().isPresent()
                            ? Optional.of((double) done / one.operations().getAsLong())
                            : Optional.empty())
                    .orElse(0.0);
            double byTime = plan.flatMap(one -> one.durationMillis().isPresent()
                            ? Optional.of(runNanos / 1e6 / one.durationMillis().getAsLong())
                            : Optional.empty())
                    .orElse(0.0);
            return Math.min(1, Math.max(byCount, byTime));
        }
    }

    /**
     * How far a run is; empty where it has recorded nothing.
     *
     * @throws IOException if its recording cannot be read
     */
    Optional<Progress> progress(ServedRun run) throws IOException {
        Optional<Path> history = run.folder().file(Runner.HISTORY);
        return history.isEmpty()
                ? Optional.empty()
                : Optional.of(following(history.get()).look());
    }

    private Following following(Path file) {
        synchronized (runs) {
            return runs.computeIfAbsent(file, Following::new);
        }
    }

    /**
     * {@code {"goingOn": true, "state": "… running", "share": 0.6, "operations": ..., "losses": ..., "elapsed": ...,
     * "faults": ...}}: texts that are fit to be shown.
     *
     * @throws IOException if its recording cannot be read
     */
    Reply json(ServedRun run) throws IOException {
        Optional<Progress> progress = run.state().isGoingOn() ? progress(run) : Optional.empty();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeBooleanProperty("goingOn", run.state().isGoingOn());
            json.writeStringProperty("state", run.state().words());
            if (progress.isPresent()) {
                json.writeNumberProperty("share", progress.get().share(run.plan()));
                json.writeStringProperty("operations", progress.get().operations(run.plan()));
                json.writeStringProperty("losses", progress.get().losses());
                json.writeStringProperty("elapsed", progress.get().elapsed(run.plan()));
                json.writeStringProperty("faults", progress.get().inForce());
            }
            json.writeEndObject();
        }
        return new Reply.Made(200, "application/json", text.toString(), Policy.NOTHING);
    }
}
