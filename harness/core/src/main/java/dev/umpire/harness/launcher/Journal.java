package dev.umpire.harness.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one launcher has in force, on disk before it is in force.
 *
 * <p>One file per launcher, replaced as a whole and synced at every change, so that it is never half written.
 */
final class Journal {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private Content content;

    private Journal(Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    /**
     * What is in force.
     *
     * @param version of this shape; 1
     * @param harness who put it in force
     * @param folders temporary folders, each with {@link RunFolder#MARK} in it that holds the journal's name
     * @param processes what runs or is about to be started
     * @param undo how to undo what is in force elsewhere; absent in journals that had nothing of the kind
     */
    record Content(
            int version,
            HarnessProcess harness,
            List<String> folders,
            List<Entry> processes,
            @Nullable List<Undo> undo) {
        Content {
            folders = List.copyOf(folders);
            processes = List.copyOf(processes);
        }

        List<Undo> owed() {
            return undo == null ? List.of() : undo;
        }
    }

    /**
     * A process.
     *
     * @param name what people call it
     * @param program the file to run, links resolved
     * @param folder its working folder
     * @param pid 0 while it is about to be started
     * @param startTicks as in {@link ProcessIdentity}
     */
    record Entry(String name, String program, String folder, long pid, long startTicks) {

        boolean started() {
            return pid != 0;
        }
    }

    /** The state folder of this user. */
    static Path stateFolderOfUser() {
        Map<String, String> environment = System.getenv();
        String own = environment.getOrDefault("UMPIRE_STATE_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // the XDG base directory specification: a relative path is to be ignored
        return state.startsWith("/")
                ? Path.of(state, "umpire")
                : Path.of(System.getProperty("user.home"), ".local", "state", "umpire");
    }

    static Path folderIn(Path stateFolder) {
        return stateFolder.resolve("in-force");
    }

    /** Opens a journal of its own for a launcher of this process. */
    static Journal create(Path journals) throws IOException {
        Files.createDirectories(journals);
        HarnessProcess harness = HarnessProcess.current();
        int number = 0;
        while (true) {
            Path file = journals.resolve(harness.pid() + "-" + harness.startTicks() + "-" + number + ".json");
            try {
                Files.createFile(file);
                Journal journal = new Journal(file, new Content(1, harness, List.of(), List.of(), List.of()));
                journal.write();
                return journal;
            } catch (FileAlreadyExistsException ofAnotherLauncherInThisProcess) {
                number++;
            }
        }
    }

    /** Reads a journal; empty if it is one that was killed while it was made. */
    static Optional<Content> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(bytes, Content.class));
        } catch (JacksonException e) {
            throw new IOException(file + ": found no journal of a launcher (" + e.getOriginalMessage() + ")", e);
        }
    }

    /** A name that no other launcher of this machine has. */
    String name() {
        return nameOf(file);
    }

    /** The name of the journal in this file. */
    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ".json".length());
    }

    /** Where what is to take the place of this file is written first. */
    static Path next(Path file) {
        return file.resolveSibling(nameOf(file) + ".next");
    }

    void addFolder(Path folder) throws IOException {
        List<String> folders = new ArrayList<>(content.folders());
        folders.add(folder.toString());
        replace(folders, content.processes());
    }

    void removeFolder(Path folder) throws IOException {
        List<String> folders = new ArrayList<>(content.folders());
        folders.remove(folder.toString());
        replace(folders, content.processes());
    }

    void add(Entry entry) throws IOException {
        List<Entry> processes = new ArrayList<>(content.processes());
        processes.add(entry);
        replace(content.folders(), processes);
    }

    void replace(Entry entry, Entry by) throws IOException {
        List<Entry> processes = new ArrayList<>(content.processes());
        processes.set(processes.indexOf(entry), by);
        replace(content.folders(), processes);
    }

    void remove(Entry entry) throws IOException {
        List<Entry> processes = new ArrayList<>(content.processes());
        processes.remove(entry);
        replace(content.folders(), processes);
    }

    void add(Undo undo) throws IOException {
        List<Undo> owed = new ArrayList<>(content.owed());
        owed.add(undo);
        write(new Content(content.version(), content.harness(), content.folders(), content.processes(), owed));
    }

    void remove(Undo undo) throws IOException {
        List<Undo> owed = new ArrayList<>(content.owed());
        owed.remove(undo);
        write(new Content(content.version(), content.harness(), content.folders(), content.processes(), owed));
    }

    /** What is in force elsewhere, in the order in which it was put in force. */
    List<Undo> owed() {
        return content.owed();
    }

    /** Says that nothing is in force any more. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private void replace(List<String> folders, List<Entry> processes) throws IOException {
        write(new Content(content.version(), content.harness(), folders, processes, content.owed()));
    }

    private void write(Content next) throws IOException {
        content = next;
        write();
    }

    private void write() throws IOException {
        Path next = next(file);
        try (FileChannel channel = FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(JSON.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            out.flush();
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
