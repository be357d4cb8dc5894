package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.WallClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock of a node's own, which can be set wrong while the node runs. Between its processes and the C library stands
 * libfaketime, which looks into a file when a second of the machine's clock has gone by. Monotonic clocks, and with them timers, go
 * on. Made by {@link Launcher#newClock}. Calls block.
 *
 * <p>libfaketime counts a rate from the start of a process, and keeps that in shared memory, which it leaves behind when the
 * process is killed. Here all processes of a node share a piece that the launcher makes and removes, so that they count from one
 * moment, those too that are started again:
 *
 * <pre>
 *  0         4       8             12                32
 *  +---------+-------+-------------+-----------------+
 *  | value 1 | 0     | shared: 128 | 0               |    a semaphore, as glibc has it on 64 bit
 *  +---------+-------+-------------+-----------------+
 *  0         8       16            24                80
 *  +---------+-------+-------------+-----------------+
 *  | 0       | 0     | begin (s)   | 0 (ns) …        |    the last two, of four clocks
 *  +---------+-------+-------------+-----------------+
 * </pre>
 */
public final class NodeClock {

    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final String PACKAGE = "libfaketime";
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Path SHARED = Path.of("/dev/shm");
    private static final int SEMAPHORE_BYTES = 32;
    private static final int SHARED_BETWEEN_PROCESSES = 128;
    private static final int CLOCKS = 4;
    private static final int CLOCK_BYTES = 16;
    private static final double MILLION = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path library;
    private final Path file;
    private final String shared;
    private final Command removing;
    private final Instant begin = WallClock.now().truncatedTo(ChronoUnit.SECONDS);
    private Deviation deviation = new Deviation(Duration.ZERO, begin, 0);

    /**
     * How a clock is wrong.
     *
     * @param ahead at this moment
     * @param at of the machine's clock
     * @param partsPerMillion by which it gets further ahead from then on
     */
    record Deviation(Duration ahead, Instant at, int partsPerMillion) {

        Duration aheadAt(Instant now) {
            return ahead.plusNanos(Math.round(Duration.between(at, now).toNanos() * (partsPerMillion / MILLION)));
        }

        Deviation jumped(Instant now, Duration jump, int nextPartsPerMillion) {
            return new Deviation(aheadAt(now).plus(jump), now, nextPartsPerMillion);
        }

        /** As libfaketime reads it, which adds the offset to what the rate makes of the time since the beginning. */
        String setting(Instant begin) {
            return String.format(
                    Locale.ROOT,
                    "%+.9f x%.6f%n",
                    aheadAt(begin).toNanos() / NANOS_PER_SECOND,
                    1 + partsPerMillion / MILLION);
        }
    }

    private NodeClock(Path library, Path file, String shared, Command removing) {
        this.library = library;
        this.file = file;
        this.shared = shared;
        this.removing = removing;
    }

    /** Why nodes of this machine cannot have one; empty: they can. */
    public static Optional<String> missing() {
        return library().isPresent()
                ? Optional.empty()
                : Optional.of("found no " + LIBRARY + " in the folders faketime below " + LIBRARIES
                        + ", expected it; on Debian: apt-get install " + PACKAGE);
    }

    private static Optional<Path> library() {
        List<Path> places = new ArrayList<>(List.of(LIBRARIES, Path.of("/usr/lib64"), Path.of("/usr/local/lib")));
        // one for each kind of machine, as Debian has them
        try (DirectoryStream<Path> some = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
            some.forEach(places::add);
        } catch (IOException none) {
            return Optional.empty();
        }
        return places.stream()
                .map(place -> place.resolve("faketime").resolve(LIBRARY))
                .filter(Files::isReadable)
                .findFirst();
    }

    /**
     * One that is not made yet.
     *
     * @param shared a name that no other piece of shared memory of this machine has
     */
    static NodeClock at(Path folder, String shared, Launcher launcher) throws LaunchException {
        Path library = library().orElseThrow(() -> new LaunchException(missing().orElse(LIBRARY)));
        Command removing = new Command(
                "remove the clock " + shared,
                launcher.program("rm", "coreutils"),
                Stream.concat(Stream.of("-f"), pieces(shared).map(Path::toString))
                        .toList(),
                folder,
                Map.of(),
                folder);
        return new NodeClock(library, folder.resolve("setting"), shared, removing);
    }

    private static Stream<Path> pieces(String shared) {
        return Stream.of(SHARED.resolve("sem." + shared), SHARED.resolve(shared));
    }

    /** Makes what its processes share. */
    void make() throws IOException {
        ByteBuffer semaphore = ByteBuffer.allocate(SEMAPHORE_BYTES).order(ByteOrder.nativeOrder());
        semaphore.putInt(1).putInt(0).putInt(SHARED_BETWEEN_PROCESSES);
        ByteBuffer times = ByteBuffer.allocate((1 + CLOCKS) * CLOCK_BYTES).order(ByteOrder.nativeOrder());
        for (int clock = 1; clock <= CLOCKS; clock++) {
            times.putLong(clock * CLOCK_BYTES, begin.getEpochSecond());
        }
        List<byte[]> contents = List.of(semaphore.array(), times.array());
        List<Path> pieces = pieces(shared).toList();
        for (int i = 0; i < pieces.size(); i++) {
            Files.write(pieces.get(i), contents.get(i), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // the kernel lets nobody open for writing what another one than the folder's owner has put there
            Files.setPosixFilePermissions(pieces.get(i), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        write();
    }

    /** How what is shared is removed. */
    Command removing() {
        return removing;
    }

    /** What the processes of the node are started with. */
    public Map<String, String> variables() {
        return Map.of(
                // before an allocator that asks for the time when it is asked for memory, as that of Redis does
                "LD_PRELOAD", library + ":libc.so.6",
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "0",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_SHARED", "/" + shared + " /" + shared,
                "NO_FAKE_STAT", "1",
                // in others a comma stands before a fraction
                "LC_ALL", "C");
    }

    /**
     * Lets it jump, and run at another rate from now on; seen by the node within about a second.
     *
     * @param jump forward; negative: back
     * @param partsPerMillion how much too fast; negative: too slow
     */
    public synchronized void disturb(Duration jump, int partsPerMillion) throws IOException {
        deviation = deviation.jumped(machineTime(), jump, partsPerMillion);
        write();
    }

    private void write() throws IOException {
        Path next = file.resolveSibling("next");
        Files.writeString(next, deviation.setting(begin));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the machine's own wall clock says. */
    public Instant machineTime() {
        return WallClock.now();
    }
}
