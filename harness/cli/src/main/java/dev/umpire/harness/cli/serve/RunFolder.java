package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.PlanFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of a run. Whatever is read of a run is asked of it, and it answers for regular files alone that are within: a
 * link that leads out is as if it were not there.
 *
 * @param folder with all its links resolved
 * @param name as it stands in the folder of runs
 */
record RunFolder(Path folder, String name) {
    private static final int DEEPEST = 4;
    private static final int MOST_FILES = 1_000;
    private static final int MOST_TEXT_BYTES = 16 << 20;

    /** A file of a run: its name with the folders before it, and its size in bytes. */
    record Entry(String name, long bytes) {}

    /**
     * The folders of runs in a folder, links left out.
     *
     * @throws IOException if it cannot be listed
     */
    static List<RunFolder> all(Path store) throws IOException {
        try (Stream<Path> inside = Files.list(store.toRealPath())) {
            return inside.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .map(folder -> new RunFolder(folder, folder.getFileName().toString()))
                    .filter(run -> run.file(PlanFile.NAME).isPresent())
                    .toList();
        }
    }

    /** The run of this name, a link such as {@code latest} too; empty where there is none within the store. */
    static Optional<RunFolder> named(Path store, String name) {
        try {
            Path root = store.toRealPath();
            return within(root, List.of(name))
                    .filter(folder -> Files.isDirectory(folder) && root.equals(folder.getParent()))
                    .map(folder -> new RunFolder(folder, folder.getFileName().toString()))
                    .filter(run -> run.file(PlanFile.NAME).isPresent());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A regular file of it, by its name and those of the folders before it. */
    Optional<Path> file(String... names) {
        return within(folder, List.of(names)).filter(Files::isRegularFile);
    }

    private static Optional<Path> within(Path root, List<String> names) {
        Path path = root;
        for (String name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.matches("(?s).*[/\\\\\0].*")) {
                return Optional.empty();
            }
            try {
                path = path.resolve(name);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        try {
            Path real = path.toRealPath();
            return real.startsWith(root) && !real.equals(root) ? Optional.of(real) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The text of a file; empty where it is not there.
     *
     * @throws IOException if it cannot be read, or has more than 16 MiB
     */
    Optional<String> text(String name) throws IOException {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            byte[] bytes = in.readNBytes(MOST_TEXT_BYTES + 1);
            if (bytes.length > MOST_TEXT_BYTES) {
                throw new IOException(name + ": found more than " + MOST_TEXT_BYTES + " bytes, expected fewer");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /**
     * The last bytes of a file as text; empty where it is not there.
     *
     * @throws IOException if it cannot be read
     */
    Optional<String> end(String name, int mostBytes) throws IOException {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.get().toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(mostBytes, in.length())];
            in.seek(in.length() - end.length);
            in.readFully(end);
            return Optional.of(new String(end, StandardCharsets.UTF_8));
        }
    }

    /** When a file was written last, in milliseconds since 1970; empty where it is not there. */
    Optional<Long> writtenMillis(String name) throws IOException {
        Optional<Path> file = file(name);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.getLastModifiedTime(file.get()).toMillis());
    }

    /**
     * Its files by their names, links left out, at most 1,000 of them.
     *
     * @throws IOException if it cannot be listed
     */
    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    entries.add(new Entry(folder.relativize(file).toString(), attributes.size()));
                }
                return entries.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }
}
