package dev.umpire.harness.shrink;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.words.Words;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happened in a run of a few operations, in the order of time: who asked what where and what was answered, what nodes
 * told each other of the keys, which fault struck, and what is wrong with that.
 */
public final class Story {
    private static final Pattern LOGGED = Pattern.compile("([0-9]+)\\.([0-9]{3}) ms  (.*)");
    private static final Pattern END =
            Pattern.compile("process [0-9]+ is gone|records that were not synced, and are lost: [0-9]+");
    private static final Pattern OF_PARTITION = Pattern.compile("partition ([0-9]+), .*");
    private static final Pattern PARTITION = Pattern.compile("\\bpartition=([0-9]+)");
    private static final String BETWEEN_NODES = "→";
    private static final int MOST_LETTERS = 280;

    private Story() {}

    /** Nodes log microseconds: what is finer would put a log's line before what it follows from. */
    private record Line(long micros, String text) {
        static Line at(long nanos, String text) {
            return new Line(Math.floorDiv(nanos, 1_000), text);
        }

        String told() {
            return String.format(
                    Locale.ROOT, "%8d.%03d ms  %s", micros / 1_000, micros % 1_000, SafeText.visible(text));
        }
    }

    /**
     * The story, a line each.
     *
     * @param nodes the folder of the nodes' logs
     * @throws IOException if a log cannot be read
     */
    public static List<String> of(Run run, Path nodes) throws IOException {
        History history = run.history();
        // of one moment the fault comes first, then who asks, then what nodes log: each may follow from those before
        List<Line> lines = new ArrayList<>();
        struck(history, lines);
        asked(history, lines);
        told(history, nodes, lines);
        lines.sort(Comparator.comparingLong(Line::micros));
        List<String> story = new ArrayList<>();
        lines.forEach(line -> story.add(line.told()));
        run.judged().stream()
                .filter(one -> one.verdict().answer() == Answer.INVALID)
                .forEach(one -> story.add("wrong: " + one.verdict().guarantee() + ": "
                        + SafeText.visible(one.verdict().anomalies().get(0).sentence())));
        return story;
    }

    private static void asked(History history, List<Line> lines) {
        Words words = Words.of(history);
        for (int operation = 0; operation < history.size(); operation++) {
            String who = words.session(operation) + (history.isFinal(operation) ? " (in the end)" : "");
            lines.add(Line.at(
                    history.invokedNanos(operation),
                    who + " asks" + words.atNode(operation) + ": " + asks(history, operation)));
            if (history.ended(operation) != History.NEVER) {
                lines.add(Line.at(
                        history.endedNanos(operation),
                        who + " hears of " + asks(history, operation) + ": " + heard(history, operation)));
            }
        }
    }

    private static String asks(History history, int operation) {
        Value argument = history.value(history.argument(operation));
        String function = history.functionName(history.function(operation));
        boolean unnamed = history.key(operation) == History.NONE
                || history.keyName(history.key(operation)).equals(Value.NIL);
        return function
                + (unnamed ? "" : " " + history.keyName(history.key(operation)))
                // what is polled says no more than that it is
                + (argument.equals(Value.NIL) || function.equals("poll") ? "" : " " + argument);
    }

    private static String heard(History history, int operation) {
        return switch (history.outcome(operation)) {
            case OK -> {
                Value result = history.result(operation) == History.NONE
                        ? Value.NIL
                        : history.value(history.result(operation));
                boolean reads = history.readCount(operation) > 0;
                boolean tells = !result.equals(Value.NIL) && !result.equals(history.value(history.argument(operation)));
                yield (reads || tells ? answer(history, operation, result) : "done") + siblings(history, operation);
            }
            case FAIL -> "refused";
            case INFO -> "nothing that says whether it took effect";
        };
    }

    /** Messages of a log are recorded with their offsets before them. */
    private static String answer(History history, int operation, Value result) {
        String function = history.functionName(history.function(operation));
        if (!(result instanceof Value.Sequence several) || !(function.equals("send") || function.equals("poll"))) {
            return result.toString();
        }
        if (function.equals("send")) {
            return several.elements().size() == 2
                    ? "at offset " + several.elements().get(0)
                    : result.toString();
        }
        return messages(several);
    }

    /** A message with its offset, or what a group was given of each partition. */
    private static String polled(Value message) {
        if (!(message instanceof Value.Sequence pair) || pair.elements().size() != 2) {
            return message.toString();
        }
        if (pair.elements().get(1) instanceof Value.MapOf partitions) {
            return partitions.entries().isEmpty()
                    ? "nothing there"
                    : partitions.entries().entrySet().stream()
                            .map(one -> "of " + one.getKey() + " " + messages(one.getValue()))
                            .collect(Collectors.joining("; "));
        }
        return pair.elements().get(1) + " at offset " + pair.elements().get(0);
    }

    private static String messages(Value polled) {
        return polled instanceof Value.Sequence several && !several.elements().isEmpty()
                ? several.elements().stream().map(Story::polled).collect(Collectors.joining(", "))
                : "nothing there";
    }

    /** What a read returned beside the value that its client took. */
    private static String siblings(History history, int operation) {
        return history.siblings(operation) == History.NONE
                ? ""
                : ", of the siblings " + history.value(history.siblings(operation));
    }

    private static void struck(History history, List<Line> lines) {
        Map<String, Fault> faults = new HashMap<>();
        Fault.of(history).forEach(fault -> faults.put(fault.id(), fault));
        for (NemesisEvent event : history.nemesisEvents()) {
            if (!(event.value() instanceof Value.MapOf map)) {
                continue;
            }
            Value id = map.entries().getOrDefault(Value.of("id"), Value.NIL);
            Fault fault = faults.get(id.toString());
            if (fault == null) {
                continue;
            }
            String what = fault.kind() + " " + fault.strikes();
            long nanos = event.nanos().orElse(0);
            switch (event.function()) {
                case "inject" -> lines.add(Line.at(nanos, "FAULT: " + what + degree(map) + doubt(fault)));
                // a heal that failed is tried again, and only the last one is its end
                case "heal" ->
                    lines.add(Line.at(
                            nanos,
                            (fault.healedAt().equals(Optional.of(event.position())) ? "healed: " : "not healed yet: ")
                                    + what));
                default -> {
                    // when probes saw it is no part of the story
                }
            }
        }
    }

    private static String degree(Value.MapOf fault) {
        Value degree = fault.entries().getOrDefault(Value.of("degree"), Value.NIL);
        // what a partition of some links is called that has no other name repeats the links
        boolean saysMore = !degree.equals(Value.NIL) && !degree.toString().contains(BETWEEN_NODES);
        return saysMore ? ", " + degree : "";
    }

    private static String doubt(Fault fault) {
        return fault.confirmedAt().isPresent()
                ? ""
                : " (no probe saw it in force"
                        + fault.objection().map(why -> ": " + why).orElse("") + ")";
    }

    /**
     * What of the nodes' logs speaks of a key, or of no message at all; what a node gets again and again is told once, with
     * how often, and not that the cluster is stopped in the end.
     */
    private static void told(History history, Path nodes, List<Line> lines) throws IOException {
        List<Pattern> keys = new ArrayList<>();
        for (int key = 0; key < history.keyCount(); key++) {
            keys.add(named(history.keyName(key).toString()));
        }
        long lastAskedNanos = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            lastAskedNanos = Math.max(lastAskedNanos, history.invokedNanos(operation));
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(nodes)) {
            files = found.sorted().toList();
        }
        Map<String, List<String>> logs = new LinkedHashMap<>();
        for (Path file : files) {
            logs.put(file.getFileName().toString().replaceFirst("\\.log$", ""), Files.readAllLines(file));
        }
        Set<String> partitions = partitions(logs.values(), keys);
        for (Map.Entry<String, List<String>> log : logs.entrySet()) {
            List<String> ofThese = log.getValue().stream()
                    .filter(line -> isOfThese(line, partitions))
                    .toList();
            logged(log.getKey(), ofThese, keys, lastAskedNanos, lines);
        }
    }

    /** The numbers of the partitions in which messages say that keys are; none: nothing is known of partitions. */
    private static Set<String> partitions(Collection<List<String>> logs, List<Pattern> keys) {
        Set<String> partitions = new HashSet<>();
        for (List<String> log : logs) {
            for (String line : log) {
                Matcher partition = PARTITION.matcher(line);
                if (partition.find()
                        && keys.stream().anyMatch(key -> key.matcher(line).find())) {
                    partitions.add(partition.group(1));
                }
            }
        }
        return partitions;
    }

    /** Whether a line is not of a partition in which no key is. */
    private static boolean isOfThese(String line, Set<String> partitions) {
        Matcher logged = LOGGED.matcher(line);
        Matcher partition = OF_PARTITION.matcher(logged.matches() ? logged.group(3) : line);
        return partitions.isEmpty() || !partition.matches() || partitions.contains(partition.group(1));
    }

    private static void logged(
            String node, List<String> logged, List<Pattern> keys, long lastAskedNanos, List<Line> lines) {
        Map<String, List<Line>> messages = new LinkedHashMap<>();
        for (String line : logged) {
            Matcher matcher = LOGGED.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            String said = matcher.group(3);
            long micros = Long.parseLong(matcher.group(1)) * 1_000 + Long.parseLong(matcher.group(2));
            Line told = new Line(micros, node + " " + clipped(MessageWords.of(said)));
            if (!said.startsWith("gets from ")) {
                if (1_000 * micros < lastAskedNanos || !END.matcher(said).matches()) {
                    messages.put(said + " " + messages.size(), new ArrayList<>(List.of(told)));
                }
            } else if (keys.stream().anyMatch(key -> key.matcher(said).find())) {
                messages.computeIfAbsent(MessageWords.content(said), first -> new ArrayList<>())
                        .add(told);
            }
        }
        messages.values()
                .forEach(same -> lines.add(
                        new Line(same.get(0).micros(), same.get(0).text() + again(same.subList(1, same.size())))));
    }

    private static String clipped(String text) {
        return text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) + " …" : text;
    }

    /** How often a message came again, and until when. */
    private static String again(List<Line> more) {
        if (more.isEmpty()) {
            return "";
        }
        long last = more.get(more.size() - 1).micros();
        return String.format(
                Locale.ROOT,
                " · %s more, the last at %d.%03d ms",
                Numbers.counted(more.size(), "time"),
                last / 1_000,
                last % 1_000);
    }

    /** A key where it stands alone: x1 is not named by x10. */
    private static Pattern named(String key) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(key) + "(?![A-Za-z0-9])");
    }
}
