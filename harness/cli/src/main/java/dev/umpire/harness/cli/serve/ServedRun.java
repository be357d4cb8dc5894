package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.VerdictFile;
import dev.umpire.harness.run.Runner;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run as its folder tells of it.
 *
 * @param plan empty: it cannot be read
 * @param verdict empty: there is none yet, or it cannot be read
 * @param time of its beginning, as its folder is called: {@code 2026-11-23 13:31:02}
 * @param trouble why plan or verdict cannot be read; empty: they can
 */
record ServedRun(
        RunFolder folder,
        Optional<Plan> plan,
        Optional<VerdictFile> verdict,
        State state,
        String time,
        Optional<String> trouble) {
    /** The earliest first. */
    static final Comparator<ServedRun> BY_TIME =
            Comparator.comparing(ServedRun::time).thenComparing(ServedRun::name);

    private static final Pattern TIME =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2})\\.([0-9]{2})\\.([0-9]{2}).*");
    private static final String TRAILER = "{\"umpire\":\"end\"";
    private static final int TRAILER_BYTES = 100;

    /** How long a run may write nothing and still count as running; starting a cluster takes longer, and so does judging. */
    private static final long QUIET_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private static final long QUIET_START_MILLIS = TimeUnit.SECONDS.toMillis(150);
    private static final long QUIET_JUDGING_MILLIS = TimeUnit.MINUTES.toMillis(10);

    /** @throws IOException if its history cannot be read */
    static ServedRun of(RunFolder folder, Clock clock) throws IOException {
        Optional<Plan> plan = Optional.empty();
        Optional<VerdictFile> verdict = Optional.empty();
        Optional<String> trouble = Optional.empty();
        try {
            Optional<String> planText = folder.text(PlanFile.NAME);
            plan = planText.isPresent() ? Optional.of(PlanFile.parse(PlanFile.NAME, planText.get())) : plan;
            Optional<String> verdictText = folder.text(RunFiles.VERDICT);
            verdict = verdictText.isPresent()
                    ? Optional.of(VerdictFile.parse(RunFiles.VERDICT, verdictText.get()))
                    : verdict;
        } catch (IOException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
        State state = verdict.isPresent() ? state(verdict.get()) : stateWithoutVerdict(folder, clock);
        return new ServedRun(folder, plan, verdict, state, began(folder, clock), trouble);
    }

    private static State state(VerdictFile verdict) {
        return switch (verdict.verdict()) {
            case "VALID" -> State.HELD;
            case "INVALID" -> State.BROKEN;
            case "UNKNOWN" -> State.UNDECIDED;
            default -> State.FAILED;
        };
    }

    private static State stateWithoutVerdict(RunFolder folder, Clock clock) throws IOException {
        long quietMillis = clock.millis() - lastWrittenMillis(folder);
        Optional<String> end = folder.end(Runner.HISTORY, TRAILER_BYTES);
        if (end.isEmpty()) {
            return quietMillis < QUIET_START_MILLIS ? State.STARTING : State.INTERRUPTED;
        }
        if (end.get().contains(TRAILER)) {
            return quietMillis < QUIET_JUDGING_MILLIS ? State.JUDGING : State.NOT_JUDGED;
        }
        return quietMillis < QUIET_MILLIS ? State.RUNNING : State.INTERRUPTED;
    }

    private static long lastWrittenMillis(RunFolder folder) throws IOException {
        Optional<Long> history = folder.writtenMillis(Runner.HISTORY);
        return history.isPresent()
                ? history.get()
                : folder.writtenMillis(PlanFile.NAME).orElse(0L);
    }

    private static String began(RunFolder folder, Clock clock) throws IOException {
        Matcher named = TIME.matcher(folder.name());
        if (named.matches()) {
            return named.group(1) + " " + named.group(2) + ":" + named.group(3) + ":" + named.group(4);
        }
        Instant written =
                Instant.ofEpochMilli(folder.writtenMillis(PlanFile.NAME).orElse(0L));
        return written.atZone(clock.getZone())
                .toLocalDateTime()
                .withNano(0)
                .toString()
                .replace('T', ' ');
    }

    String name() {
        return folder.name();
    }

    String target() {
        return plan.map(Plan::target).orElse("");
    }

    /** How many operations its history has; below 0: nobody has counted yet. */
    long operations() {
        return verdict.map(VerdictFile::operations).orElse(-1L);
    }

    /** The guarantees that it breaks. */
    List<String> broken() {
        return verdict.map(VerdictFile::broken).orElse(List.of());
    }

    /** Whether it can be run again as it was: only runs in virtual time leave a schedule. */
    boolean isRepeatable() {
        return folder.file(Runner.SCHEDULE).isPresent();
    }

    /** Whether every word of a search stands in what is shown of it, in any case of letters. */
    boolean matches(String search) {
        if (search.isBlank()) {
            return true;
        }
        Map<String, String> asked =
                new LinkedHashMap<>(plan.map(PlanFile::fields).orElse(Map.of()));
        // what it was judged by would find it by what it keeps
        asked.remove("guarantees");
        String all = Stream.of(List.of(name(), time, state.words()), broken(), asked.entrySet())
                .flatMap(Collection::stream)
                .map(Object::toString)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        return Stream.of(search.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
                .allMatch(all::contains);
    }
}
