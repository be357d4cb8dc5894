package dev.umpire.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of code of a README.
 *
 * @param file from the root of the project
 * @param line of its first line in the file; 1 is the first
 * @param language as the block names it; empty: it names none
 */
record ReadmeBlock(String file, int line, String language, List<String> lines) {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private static final String FENCE = "```";

    /** Those of all READMEs of the project, of a file in their order. */
    static List<ReadmeBlock> all() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(ROOT, 4)) {
            files = found.filter(path -> path.endsWith("README.md")).sorted().toList();
        }
        List<ReadmeBlock> blocks = new ArrayList<>();
        for (Path file : files) {
            blocks.addAll(of(ROOT.relativize(file).toString(), Files.readAllLines(file)));
        }
        return blocks;
    }

    private static List<ReadmeBlock> of(String file, List<String> lines) {
        List<ReadmeBlock> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = i + 1;
                while (!lines.get(end).startsWith(FENCE)) {
                    end++;
                }
                String language = lines.get(i).substring(FENCE.length()).strip();
                blocks.add(new ReadmeBlock(file, i + 2, language, lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    String text() {
        return String.join("\n", lines);
    }

    /** What a person types who follows it: without comments, and lines that go on made one. */
    List<String> commands() {
        return typed().map(ReadmeCommand::line).toList();
    }

    /** The same, with what is said of each. */
    Stream<ReadmeCommand> typed() {
        return text().replaceAll("\\\\\n *", "")
                .lines()
                .map(line -> ReadmeCommand.of(file, line))
                .filter(command -> !command.line().isEmpty());
    }

    /** {@code harness/README.md:5}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
