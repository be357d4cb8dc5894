package dev.umpire.harness.launcher;

import dev.umpire.harness.launcher.Launcher.Undone;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Undoes what killed harnesses had in force, by their journals. */
final class Leftovers {
    private Leftovers() {}

    /** Ends a process; whether it is gone. */
    interface Killing {
        boolean gone(ProcessIdentity process) throws IOException;
    }

    /** Looks through all journals; those of living harnesses are left alone. */
    static Undone undo(Path journals) throws IOException {
        return undo(journals, ProcessIdentity::kill);
    }

    /** As {@link #undo(Path)}, by a way of its own to end processes. */
    static Undone undo(Path journals, Killing killing) throws IOException {
        if (!Files.isDirectory(journals)) {
            return Undone.NOTHING;
        }
        // one at a time: in this process by the class's lock, between processes by the file's
        synchronized (Leftovers.class) {
            try (FileChannel channel = FileChannel.open(
                            journals.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return lock.isValid() ? undoLocked(journals, killing) : Undone.NOTHING;
            }
        }
    }

    private static Undone undoLocked(Path journals, Killing killing) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(journals)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            return Undone.NOTHING;
        }
        List<String> said = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        HarnessProcess here = HarnessProcess.current();
        for (Path file : files) {
            List<String> left = new ArrayList<>();
            try {
                undo(file, here, killing, said, left);
            } catch (IOException e) {
                // its own harness may have ended meanwhile, with nothing left to undo
                if (!(e instanceof NoSuchFileException) || Files.exists(file)) {
                    left.add(String.valueOf(e.getMessage()));
                }
            }
            if (!left.isEmpty()) {
                troubles.add("could not undo what " + file + " names: " + String.join("; ", left));
            }
        }
        return new Undone(said, troubles);
    }

    /** @param left is given a sentence for each thing that could not be undone, which keeps nothing else from being undone */
    private static void undo(Path file, HarnessProcess here, Killing killing, List<String> said, List<String> left)
            throws IOException {
        String journal = Journal.nameOf(file);
        Optional<Journal.Content> read = Journal.read(file);
        if (read.isEmpty()) {
            if (!ownerOfEmptyLives(journal)) {
                delete(file);
            }
            return;
        }
        Journal.Content content = read.get();
        HarnessProcess harness = content.harness();
        if (!harness.hasEnded(here)) {
            return;
        }
        String when = Files.getLastModifiedTime(file).toString();
        List<Journal.Entry> survivors = List.of();
        if (harness.isOfBoot(here)) {
            String whose = "of the harness that was killed after " + when + " (process " + harness.pid() + ")";
            survivors = killProcesses(content, killing, said, left, whose);
        }
        boolean nothingElsewhere = undoElsewhere(content, said, left, "for the harness that was killed after " + when);
        for (String folder : content.folders()) {
            // what goes on in it would be found by it, and writes there; a container that is left may be in any of them
            if (nothingElsewhere
                    && survivors.stream().noneMatch(one -> Path.of(one.folder()).startsWith(folder))) {
                removeFolder(folder, journal, said, left, "of the harness that was killed after " + when);
            }
        }
        if (left.isEmpty()) {
            delete(file);
        }
    }

    private static void removeFolder(
            String folder, String journal, List<String> said, List<String> left, String whose) {
        Path path = Path.of(folder);
        try {
            if (String.valueOf(path.getFileName()).startsWith("umpire-") && RunFolder.delete(path, journal)) {
                said.add("removed " + folder + " " + whose);
            }
        } catch (IOException e) {
            left.add(folder + " could not be removed: " + e.getMessage());
        }
    }

    /** With what was to take its place. */
    private static void delete(Path file) throws IOException {
        Files.deleteIfExists(Journal.next(file));
        Files.deleteIfExists(file);
    }

    /** @return whether nothing of it is left */
    private static boolean undoElsewhere(Journal.Content content, List<String> said, List<String> left, String whose) {
        boolean all = true;
        for (Undo undo : content.owed()) {
            try {
                undo.run();
                said.add("ran '" + undo.name() + "' " + whose);
            } catch (IOException e) {
                left.add(String.valueOf(e.getMessage()));
                all = false;
            }
        }
        return all;
    }

    /** @return the entries of those that are still there */
    private static List<Journal.Entry> killProcesses(
            Journal.Content content, Killing killing, List<String> said, List<String> left, String whose) {
        List<Journal.Entry> survivors = new ArrayList<>();
        List<String> killed = new ArrayList<>();
        for (Journal.Entry entry : content.processes()) {
            for (ProcessIdentity process : entry.started() ? alive(entry) : startedUnseen(entry)) {
                String trouble = trouble(process, killing);
                if (trouble.isEmpty()) {
                    killed.add(entry.name() + " " + process.pid());
                } else {
                    survivors.add(entry);
                    left.add("process " + process.pid() + " (" + entry.name() + ") " + trouble);
                }
            }
        }
        if (!killed.isEmpty()) {
            said.add("stopped " + killed.size() + (killed.size() == 1 ? " process (" : " processes (")
                    + String.join(", ", killed) + ") " + whose);
        }
        return survivors;
    }

    /** Why a process could not be ended; empty: it is gone. */
    private static String trouble(ProcessIdentity process, Killing killing) {
        try {
            return killing.gone(process) ? "" : "is still there " + ProcessIdentity.KILL_SECONDS + " s after SIGKILL";
        } catch (IOException e) {
            return "could not be ended: " + e.getMessage();
        }
    }

    /** The process of an entry: its pid and start time, and still its program, or at least its folder. */
    private static List<ProcessIdentity> alive(Journal.Entry entry) {
        return ProcessIdentity.of(entry.pid())
                .filter(now -> now.startTicks() == entry.startTicks())
                .filter(now -> now.program().equals(entry.program())
                        || ProcessIdentity.folderOf(now.pid()).equals(entry.folder()))
                .stream()
                .toList();
    }

    /** Processes that started although the harness was killed before it wrote down their pid: known by folder and program. */
    private static List<ProcessIdentity> startedUnseen(Journal.Entry entry) {
        return ProcessHandle.allProcesses()
                .filter(handle -> ProcessIdentity.folderOf(handle.pid()).equals(entry.folder()))
                .flatMap(handle -> ProcessIdentity.of(handle.pid()).stream())
                .filter(process -> process.program().equals(entry.program()))
                .toList();
    }

    private static boolean ownerOfEmptyLives(String journal) {
        String[] parts = journal.split("-", -1);
        try {
            return parts.length == 3 && HarnessProcess.lives(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException notOurs) {
            return true;
        }
    }
}
