package dev.umpire.harness.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Seeds with which a test failed once, in a file beside the tests that is meant to be committed: whoever runs the suite
 * next runs them first.
 *
 * <p>The file is {@code src/test/umpire/com.acme.MyStoreTest.seeds} (the folder is the configuration parameter {@code
 * umpire.seeds.folder}), a line for each seed: the method's name and the seed. What follows a {@code #} is for people. A
 * line is taken out by whoever no longer wants it.
 */
public final class RememberedSeeds {
    private static final String HEAD =
            "# seeds with which tests of this class failed; they run first. Meant to be committed.\n";

    private final Path file;
    private final String method;

    RememberedSeeds(Path folder, Class<?> testClass, String method) {
        this.file = folder.resolve(testClass.getName() + ".seeds");
        this.method = method;
    }

    /**
     * The seeds of the method, the oldest first.
     *
     * @throws IllegalArgumentException if a line is not understood
     */
    List<Long> all() {
        if (!Files.exists(file)) {
            return List.of();
        }
        Set<Long> seeds = new LinkedHashSet<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").trim();
            if (line.isEmpty()) {
                continue;
            }
            List<String> words = List.of(line.split("\\s+", -1));
            if (words.size() != 2 || !words.get(1).matches("-?\\d{1,18}")) {
                throw new IllegalArgumentException(
                        file + ":" + (i + 1) + ": found " + line + ", expected the name of a method and a seed");
            }
            if (words.get(0).equals(method)) {
                seeds.add(Long.parseLong(words.get(1)));
            }
        }
        return new ArrayList<>(seeds);
    }

    /**
     * Remembers one more; does nothing if it is known.
     *
     * @throws IOException if the file cannot be written
     */
    void add(long seed) throws IOException {
        if (all().contains(seed)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        String line = method + " " + seed + "\n";
        // one write, so that tests side by side do not tear each other's lines
        Files.writeString(
                file,
                Files.exists(file) ? line : HEAD + line,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
