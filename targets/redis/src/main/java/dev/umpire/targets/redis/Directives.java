package dev.umpire.targets.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server is told, as on its command line or in its file.
 *
 * @param lines a name and its values each
 */
record Directives(List<List<String>> lines) {

    Directives {
        lines = lines.stream().map(List::copyOf).toList();
    }

    /** None. */
    static Directives none() {
        return new Directives(List.of());
    }

    /** The same, and one more. */
    Directives and(String name, String... values) {
        List<List<String>> more = new ArrayList<>(lines);
        more.add(Stream.concat(Stream.of(name), Stream.of(values)).toList());
        return new Directives(more);
    }

    /** As on a command line. */
    List<String> arguments() {
        return lines.stream()
                .flatMap(line -> Stream.concat(
                        Stream.of("--" + line.get(0)), line.stream().skip(1)))
                .toList();
    }

    /** Writes them into a file, which the server may write anew. */
    void write(Path file) throws IOException {
        Files.write(file, lines.stream().map(Directives::text).toList());
    }

    private static String text(List<String> line) {
        return line.get(0)
                + line.stream()
                        .skip(1)
                        .map(value -> " \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining());
    }
}
