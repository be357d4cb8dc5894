package dev.umpire.harness.shrink;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.words.Words;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What happened in a run of a few operations, in the order of time: who asked what where and what was answered, what nodes
 * told each other of the keys, which fault struck, and what is wrong with that.
 */
public final class Story {
    private static final Pattern LOGGED = Pattern.compile("([0-9]+)\\.([0-9]{3}) ms  (.*)");
    /** Fields of messages that say when they were sent, by the clock of the sender: of no use to a reader. */
    private static final Pattern STAMPS = Pattern.compile(", (sent|stamp)Nanos=-?[0-9]+");

    private static final Pattern END = Pattern.compile("process [0-9]+ is gone");
    private static final int MOST_LETTERS = 280;

    private Story() {}

    private record Line(long nanos, String text) {}

    /**
     * The story, a line each.
     *
     * @param nodes the folder of the nodes' logs
     * @throws IOException if a log cannot be read
     */
    public static List<String> of(Run run, Path nodes) throws IOException {
        History history = run.history();
        List<Line> lines = new ArrayList<>();
        asked(history, lines);
        struck(history, lines);
        told(history, nodes, lines);
        lines.sort(Comparator.comparingLong(Line::nanos));
        List<String> story = new ArrayList<>();
        for (Line line : lines) {
            story.add(String.format(Locale.ROOT, "%12.3f ms  %s", line.nanos() / 1e6, SafeText.visible(line.text())));
        }
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
            lines.add(new Line(
                    history.invokedNanos(operation),
                    who + " asks" + words.atNode(operation) + ": " + asks(history, operation)));
            if (history.ended(operation) != History.NEVER) {
                lines.add(new Line(
                        history.endedNanos(operation),
                        who + " hears of " + asks(history, operation) + ": " + heard(history, operation)));
            }
        }
    }

    private static String asks(History history, int operation) {
        Value argument = history.value(history.argument(operation));
        String key = history.key(operation) == History.NONE ? "" : " " + history.keyName(history.key(operation));
        return history.functionName(history.function(operation))
                + key
                + (argument.equals(Value.NIL) ? "" : " " + argument);
    }

    private static String heard(History history, int operation) {
        return switch (history.outcome(operation)) {
            case OK -> {
                Value result = history.result(operation) == History.NONE
                        ? Value.NIL
                        : history.value(history.result(operation));
                boolean reads = history.readCount(operation) > 0;
                boolean tells = !result.equals(Value.NIL) && !result.equals(history.value(history.argument(operation)));
                yield reads || tells ? result.toString() : "done";
            }
            case FAIL -> "refused";
            case INFO -> "nothing";
        };
    }

    private static void struck(History history, List<Line> lines) {
        for (NemesisEvent event : history.nemesisEvents()) {
            if (!(event.value() instanceof Value.MapOf map)) {
                continue;
            }
            Value id = map.entries().getOrDefault(Value.of("id"), Value.NIL);
            String what = Fault.of(history).stream()
                    .filter(fault -> fault.id().equals(id.toString()))
                    .map(fault -> fault.kind() + " " + fault.strikes())
                    .findFirst()
                    .orElse("a fault");
            switch (event.function()) {
                case "inject" -> lines.add(new Line(event.nanos().orElse(0), "FAULT: " + what));
                case "heal" -> lines.add(new Line(event.nanos().orElse(0), "healed: " + what));
                default -> {
                    // what probes saw is no part of the story
                }
            }
        }
    }

    /**
     * What of the nodes' logs speaks of a key, or of no message at all; what a node gets again and again is told once, and
     * not that the cluster is stopped in the end.
     */
    private static void told(History history, Path nodes, List<Line> lines) throws IOException {
        List<String> keys = new ArrayList<>();
        for (int key = 0; key < history.keyCount(); key++) {
            keys.add(history.keyName(key).toString());
        }
        long lastAskedNanos = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            lastAskedNanos = Math.max(lastAskedNanos, history.invokedNanos(operation));
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(nodes)) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            String node = file.getFileName().toString().replaceFirst("\\.log$", "");
            Set<String> messages = new HashSet<>();
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LOGGED.matcher(line);
                if (!matcher.matches()) {
                    continue;
                }
                String text = STAMPS.matcher(matcher.group(3)).replaceAll("");
                long nanos = 1_000 * (Long.parseLong(matcher.group(1)) * 1_000 + Long.parseLong(matcher.group(2)));
                boolean tells = text.startsWith("gets from ")
                        ? keys.stream().anyMatch(key -> speaksOf(text, key)) && messages.add(text)
                        : nanos < lastAskedNanos || !END.matcher(text).matches();
                if (tells) {
                    String shown = text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) + " …" : text;
                    lines.add(new Line(nanos, node + " " + shown));
                }
            }
        }
    }

    private static boolean speaksOf(String text, String key) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(key) + "(?![A-Za-z0-9])")
                .matcher(text)
                .find();
    }
}
