package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the nodes of a run wrote, as far as a page shows it: the end of each log, and of logs whose lines begin with the time of
 * the run, {@code 812.400 ms}, what stands there for the time of an anomaly. A server of its own has another clock, and its
 * log is shown by its end alone.
 *
 * @param ends the end of each log
 * @param during by the time of an anomaly; no time is there where no log tells times
 */
record RunLogs(List<NodeLog> ends, Map<LogWindow, Excerpt> during) {
    /** Logs of a run that has none. */
    static final RunLogs NONE = new RunLogs(List.of(), Map.of());

    private static final int MOST_WINDOWS = 24;
    private static final int MOST_LINES_OF_NODE = 24;
    private static final int LONGEST_LINE = 200;
    private static final Pattern TIMED = Pattern.compile("(\\d{1,12})\\.(\\d{3}) ms  .*", Pattern.DOTALL);

    RunLogs {
        ends = List.copyOf(ends);
        during = Map.copyOf(during);
    }

    /**
     * What the nodes wrote in one time.
     *
     * @param lines of all nodes by their times, each with the name of its node
     * @param leftOut how many lines of that time, before those of their nodes, are not among them
     */
    record Excerpt(List<String> lines, long leftOut) {
        Excerpt {
            lines = List.copyOf(lines);
        }
    }

    private record Line(long micros, String node, String text) {}

    /** The logs in a folder; none where there is no such folder. */
    static RunLogs in(Path folder, Run run) throws IOException {
        List<NodeLog> ends = NodeLog.in(folder);
        Map<LogWindow, List<Line>> lines = new LinkedHashMap<>();
        Map<LogWindow, Long> leftOut = new LinkedHashMap<>();
        windows(run).forEach(window -> lines.put(window, new ArrayList<>()));
        boolean anyTimed = false;
        for (NodeLog log : ends) {
            anyTimed |= read(NodeLog.file(folder, log.node()), log.node(), lines, leftOut);
        }
        Map<LogWindow, Excerpt> during = new LinkedHashMap<>();
        if (anyTimed) {
            lines.forEach((window, found) -> during.put(window, excerpt(found, leftOut.getOrDefault(window, 0L))));
        }
        return new RunLogs(ends, during);
    }

    /** Those of the anomalies that a page tells first. */
    private static List<LogWindow> windows(Run run) {
        List<Fault> faults = Fault.of(run.history());
        return run.judged().stream()
                .map(judged -> judged.verdict())
                .filter(verdict -> verdict.answer() == Answer.INVALID)
                .flatMap(verdict -> verdict.anomalies().stream())
                .flatMap(anomaly -> LogWindow.of(run.history(), faults, anomaly).stream())
                .distinct()
                .limit(MOST_WINDOWS)
                .toList();
    }

    /** Whether the log tells times; one whose first line does not is not read on, however long it is. */
    private static boolean read(Path file, String node, Map<LogWindow, List<Line>> lines, Map<LogWindow, Long> leftOut)
            throws IOException {
        Map<LogWindow, Deque<Line>> last = new LinkedHashMap<>();
        lines.keySet().forEach(window -> last.put(window, new ArrayDeque<>()));
        // bytes that are no UTF-8 are shown as such and refuse nothing
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            boolean first = true;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                OptionalLong micros = micros(text);
                if (first && micros.isEmpty()) {
                    return false;
                }
                first = false;
                if (micros.isPresent()) {
                    keep(new Line(micros.getAsLong(), node, SafeText.clipped(text, LONGEST_LINE)), last, leftOut);
                }
            }
            last.forEach((window, kept) ->
                    lines.computeIfAbsent(window, unused -> new ArrayList<>()).addAll(kept));
            return !first;
        }
    }

    private static void keep(Line line, Map<LogWindow, Deque<Line>> last, Map<LogWindow, Long> leftOut) {
        last.forEach((window, kept) -> {
            if (window.contains(line.micros())) {
                kept.addLast(line);
                if (kept.size() > MOST_LINES_OF_NODE) {
                    kept.removeFirst();
                    leftOut.merge(window, 1L, Long::sum);
                }
            }
        });
    }

    private static OptionalLong micros(String text) {
        Matcher timed = TIMED.matcher(text);
        return timed.matches()
                ? OptionalLong.of(Long.parseLong(timed.group(1)) * 1_000 + Long.parseLong(timed.group(2)))
                : OptionalLong.empty();
    }

    private static Excerpt excerpt(List<Line> found, long leftOut) {
        return new Excerpt(
                found.stream()
                        .sorted(Comparator.comparingLong(Line::micros))
                        .map(line -> line.node() + "  " + line.text())
                        .toList(),
                leftOut);
    }
}
