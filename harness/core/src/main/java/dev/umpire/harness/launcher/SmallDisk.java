package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small file system in memory, of a run's own, that can be filled: a node on it runs out of room and nobody else does. Made by
 * {@link Launcher#newDisk}. Calls block.
 */
public final class SmallDisk {

    /** Of the words of {@code CapEff} in proc(5): CAP_SYS_ADMIN of capabilities(7), without which nobody mounts. */
    private static final int MAY_MOUNT = 21;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String CAPABILITIES = "CapEff:";
    private static final int HEXADECIMAL = 16;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 1 << 12;
    private static final String PACKAGE = "mount";

    private final Path place;
    private final long sizeBytes;
    private final Command unmounting;

    private SmallDisk(Path place, long sizeBytes, Command unmounting) {
        this.place = place;
        this.sizeBytes = sizeBytes;
        this.unmounting = unmounting;
    }

    /** Why this process cannot have one; empty: it can. */
    public static Optional<String> missing() {
        try {
            return missing(Files.readString(STATUS));
        } catch (IOException e) {
            return Optional.of("found no " + STATUS + ", expected Linux: " + e.getMessage());
        }
    }

    /** @param status of a process, as proc(5) has it */
    static Optional<String> missing(String status) {
        long capabilities = status.lines()
                .filter(line -> line.startsWith(CAPABILITIES))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring(CAPABILITIES.length()).strip(), HEXADECIMAL))
                .findFirst()
                .orElse(0);
        return (capabilities >>> MAY_MOUNT & 1) == 1
                ? Optional.empty()
                : Optional.of("found no right to mount a small disk, expected root with CAP_SYS_ADMIN");
    }

    /** One that is not mounted yet. */
    static SmallDisk at(Path place, long sizeBytes, Launcher launcher) throws LaunchException {
        // one that is gone with the machine, or was never mounted, is as gone as it can be
        Command unmounting = new Command(
                "unmount " + place,
                launcher.program("sh", "dash"),
                List.of(
                        "-c",
                        "umount -l \"$1\" 2>/dev/null; if mountpoint -q \"$1\"; then echo still mounted; exit 1; fi",
                        "unmount",
                        place.toString()),
                place,
                Map.of(),
                place);
        return new SmallDisk(place, sizeBytes, unmounting);
    }

    /** How it is mounted. */
    Command mounting(Launcher launcher, Path log) throws LaunchException {
        return new Command(
                "mount of " + place,
                launcher.program("mount", PACKAGE),
                List.of("-t", "tmpfs", "-o", "size=" + sizeBytes + ",mode=0711", "umpire", place.toString()),
                log.resolveSibling(""),
                Map.of(),
                log);
    }

    /** How it is unmounted, also while somebody uses it. */
    Command unmounting() {
        return unmounting;
    }

    /** Where a node has its data. */
    public Path folder() {
        return place.resolve("data");
    }

    /** Fills it, up to the last page. */
    public void fill() throws IOException {
        try (FileChannel ballast = FileChannel.open(
                ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            fill(ballast, BLOCK_BYTES);
            fill(ballast, PAGE_BYTES);
        }
    }

    private void fill(FileChannel ballast, int blockBytes) {
        ByteBuffer block = ByteBuffer.allocate(blockBytes);
        try {
            for (long written = 0; written <= sizeBytes; written += blockBytes) {
                ballast.write(block.rewind());
            }
        } catch (IOException full) {
            return; // as it shall be
        }
    }

    /** Gives the room back that {@link #fill} took. */
    public void makeRoom() throws IOException {
        Files.deleteIfExists(ballast());
    }

    /** Writes a page to it, and takes it back; empty: that went well, else what kept it from being written. */
    public Optional<String> refusal() throws IOException {
        Path page = place.resolve("page");
        try {
            Files.write(page, new byte[PAGE_BYTES]);
            return Optional.empty();
        } catch (IOException full) {
            return Optional.of(String.valueOf(full.getMessage()));
        } finally {
            Files.deleteIfExists(page);
        }
    }

    private Path ballast() {
        return place.resolve("ballast");
    }
}
