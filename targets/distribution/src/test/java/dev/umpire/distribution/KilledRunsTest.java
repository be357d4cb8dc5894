package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.targets.testing.InstalledStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Run after run of real stores under random faults, most of them killed at a random moment: nothing of any is left, and every
 * recording is read. {@code -Dumpire.rounds=} says how many, {@code -Dumpire.seed=} which; {@code -Plong} makes a hundred.
 */
class KilledRunsTest {
    private static final int ROUNDS = Integer.getInteger("umpire.rounds", 2);
    private static final long SEED = Long.getLong("umpire.seed", 1);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
    private static final Duration LAST_BACKENDS = Duration.ofSeconds(10);
    /** Long enough that some are killed before the cluster has started, some under faults, some while they are healed. */
    private static final int LATEST_KILL_MILLIS = 20_000;

    private static final List<String> FAULTS = List.of("crash", "pause", "partition", "slow");
    private static final List<String> AND_FAILOVER = List.of("crash", "pause", "partition", "slow", "failover");
    /** One after another. The servers of the first and the third refuse to run as root. */
    private static final List<Store> STORES = List.of(
            new Store("postgres", AND_FAILOVER),
            new Store("redis", AND_FAILOVER),
            new Store("mariadb", FAULTS),
            new Store("etcd", AND_FAILOVER));

    private final KeyedRandom random = new KeyedRandom(SEED);
    private Path folder = Path.of("");

    /** A target, and what it can be given. */
    private record Store(String name, List<String> faults) {}

    @BeforeAll
    static void required() {
        InstalledStore.required("redis", launcher -> launcher.program("redis-server", "redis-server"));
        InstalledStore.required("etcd", launcher -> launcher.program("etcd", "etcd-server"));
        InstalledStore.required("mariadb", launcher -> launcher.program("/usr/sbin/mariadbd", "mariadb-server"));
        InstalledStore.required("postgres", KilledRunsTest::findPostgres);
    }

    private static void findPostgres(Launcher launcher) throws IOException {
        Path debian = Path.of("/usr/lib/postgresql");
        try (Stream<Path> programs = Files.find(debian, 3, (path, unused) -> path.endsWith("bin/postgres"))) {
            launcher.program(programs.findFirst().map(Path::toString).orElse("postgres"), "postgresql");
        }
    }

    /** Not a folder of JUnit's: a server that runs as an unprivileged user must get through it. */
    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("umpire-killed").toRealPath();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.resolve("temporary"));
    }

    /** Also what a failed round has left: without its journals nobody could find it. */
    @AfterEach
    void healAndDeleteFolder() throws Exception {
        end(start("heal", List.of("heal")));
        FolderTree.delete(folder);
    }

    @Test
    void nothingIsLeftOfRunsThatAreKilledAndEveryRecordingIsRead(TestReporter reporter) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String told = "round " + round + " of -Dumpire.seed=" + SEED + ": " + run(round);
            reporter.publishEntry(told);
            if (random.stream("healed").chance(0.5, round) || round == ROUNDS - 1) {
                Process heal = start("heal", List.of("heal"));
                assertThat(end(heal)).as(told + said("heal")).isZero();
                assertNothingIsLeft(told);
            } // else the next run undoes what this one has left
        }
        assertEveryRecordingIsRead();
    }

    /** Carries out a run or a part of it; what people would want to know of it. */
    private String run(int round) throws Exception {
        Store store = STORES.get(round % STORES.size());
        List<String> faults = store.faults().stream()
                .filter(fault -> random.stream("fault/" + fault).chance(0.5, round))
                .toList();
        String nemesis = faults.isEmpty() ? "none" : String.join(",", faults);
        String log = "run-" + round;
        Process run = start(
                log,
                List.of(
                        "run",
                        store.name(),
                        "--nemesis",
                        nemesis,
                        "--gap",
                        "300ms..1s",
                        "--hold",
                        "300ms..1s",
                        "--time",
                        "5s",
                        "--rate",
                        "300",
                        "--seed",
                        String.valueOf(round)));
        String told = store.name() + " under " + nemesis;
        int killedAfter = random.stream("moment").below(LATEST_KILL_MILLIS, round);
        if (random.stream("killed").chance(0.75, round) && !run.waitFor(killedAfter, TimeUnit.MILLISECONDS)) {
            run.destroyForcibly().waitFor();
            return told + ", killed after " + killedAfter + " ms";
        }
        int code = end(run);
        assertThat(code)
                .as(told + said(log))
                .isBetween(0, 3); // 2 too: a start that takes too long leaves nothing either
        return told + ", exit " + code;
    }

    private String said(String log) throws IOException {
        return "\n" + Files.readString(folder.resolve(log + ".txt"));
    }

    private Process start(String log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder.resolve("temporary"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.umpire.harness.cli.Umpire"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("UMPIRE_STATE_HOME", state().toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(log + ".txt").toFile())
                .start();
    }

    private Path state() {
        return folder.resolve("state");
    }

    private static int end(Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(process.info() + ": still running after " + LONGEST_RUN);
        }
        return process.exitValue();
    }

    private void assertNothingIsLeft(String what) throws IOException {
        // those that descend from a server end by themselves, when they find that it has
        await(what)
                .atMost(LAST_BACKENDS)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses())
                        .filteredOn(process -> workingFolder(process).startsWith(folder.toString()))
                        .extracting(ProcessHandle::info)
                        .isEmpty());
        assertThat(folder.resolve("temporary")).as(what).isEmptyDirectory();
        assertThat(journals()).as(what).isEmpty();
    }

    private List<String> journals() throws IOException {
        Path journals = state().resolve("in-force");
        if (!Files.isDirectory(journals)) {
            return List.of(); // killed before it wrote any
        }
        try (Stream<Path> files = Files.list(journals)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }

    /** Where a process works, which it cannot rewrite like its command line; of one whose folder is deleted the same, and more. */
    private static String workingFolder(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .toString();
        } catch (IOException endedOrOfSomebodyElse) {
            return "";
        }
    }

    private void assertEveryRecordingIsRead() throws Exception {
        Path runs = folder.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return; // all were killed before they had one
        }
        List<Path> recordings;
        try (Stream<Path> files = Files.walk(runs, 2)) { // without "latest", which is a link
            recordings = files.filter(path -> path.endsWith("history.jsonl")).toList();
        }
        UmpireProcess.Ended read =
                UmpireProcess.run(folder, List.of("-Xmx512m"), "check", "runs", "-g", "integrity", "--json");

        assertThat(read.code()).as(read.err()).isNotEqualTo(2);
        assertThat(read.out().lines()).as(read.err()).hasSameSizeAs(recordings);
    }
}
