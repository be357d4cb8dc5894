package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LauncherTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path state;

    @TempDir
    Path logs;

    private final List<Process> bystanders = new ArrayList<>();

    @AfterEach
    void endBystanders() {
        bystanders.forEach(Process::destroyForcibly);
    }

    @Test
    void aLauncherThatStartsNothingWritesNothing() throws IOException {
        Path unused = state.resolve("unused");
        try (Launcher launcher = Launcher.open(unused)) {
            assertThat(launcher.undone()).isEmpty();
        }
        assertThat(unused).doesNotExist();
    }

    @Test
    void aClosedLauncherLeavesNoProcessNoFolderAndNoJournal() throws IOException {
        Launcher launcher = Launcher.open(state);
        Path folder = launcher.newFolder("n1");
        Files.writeString(folder.resolve("data"), "x");
        NodeProcess running = launcher.start(sleeper(launcher, "n1", folder));
        NodeProcess paused = launcher.start(sleeper(launcher, "n2", launcher.newFolder("n2")));
        paused.pause();
        long pid = running.pid().orElseThrow();
        assertThat(journals()).hasSize(1);

        launcher.close();
        launcher.close();

        assertThat(running.alive()).isFalse();
        assertThat(paused.alive()).isFalse();
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder.getParent()).doesNotExist();
        assertThat(journals()).isEmpty();
    }

    @Test
    void aProcessIsKilledPausedResumedAndStartedAgain() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            NodeProcess process = launcher.start(sleeper(launcher, "n1", launcher.newFolder("n1")));
            long first = process.pid().orElseThrow();
            process.pause();
            await("stopped").atMost(LIMIT).until(() -> stateOf(first).equals("T"));
            process.resume();
            await("running again").atMost(LIMIT).until(() -> stateOf(first).equals("S"));
            process.kill();
            process.kill();
            assertThat(process.alive()).isFalse();
            assertThatThrownBy(process::pause).hasMessageContaining("n1: found no running process");
            process.restart();
            assertThat(process.alive()).isTrue();
            assertThat(process.pid()).isNotEmpty().get().isNotEqualTo(first);
        }
    }

    @Test
    void whatNodesUseIsCountedWithWhatTheyStartAndAlsoWhenTheyAreGone() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            assertThat(launcher.usage()).isEmpty();
            Path folder = launcher.newFolder("n1");
            NodeProcess busy = launcher.start(new Command(
                    "n1",
                    Path.of("/bin/sh"),
                    List.of("-c", "(while :; do :; done) & wait"),
                    folder,
                    Map.of(),
                    logs.resolve("n1.log")));
            await("CPU time")
                    .atMost(LIMIT)
                    .until(() -> launcher.usage().orElseThrow().nodesCpuNanos() > 50_000_000);
            Usage running = launcher.usage().orElseThrow();
            assertThat(running.residentBytes()).isPositive();
            assertThat(running.since(running).harnessShare()).isZero();

            busy.kill();

            assertThat(launcher.usage().orElseThrow().residentBytes()).isZero();
        }
    }

    @Test
    void whatAProcessStartsWhileItIsKilledIsKilledToo() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            NodeProcess process = launcher.start(new Command(
                    "n1",
                    launcher.program("sh", "dash"),
                    List.of("-c", "i=0; while [ $i -lt 1000 ]; do sleep 54.321 & /bin/true; i=$((i + 1)); done; wait"),
                    launcher.newFolder("n1"),
                    Map.of(),
                    logs.resolve("n1.log")));
            await("children").atMost(LIMIT).until(() -> sleeping("54.321").size() > 20);

            process.kill();

            assertThat(sleeping("54.321")).isEmpty();
        }
    }

    private static List<Long> sleeping(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .equals(List.of(seconds)))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Test
    void aProcessThatEndsAtOnceIsExplainedByItsLog() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            Path shell = launcher.program("sh", "dash");
            NodeProcess process = launcher.start(new Command(
                    "n1",
                    shell,
                    List.of("-c", "echo port is taken >&2; exit 3"),
                    launcher.newFolder("n1"),
                    Map.of(),
                    logs.resolve("n1.log")));
            await("its end").atMost(LIMIT).until(() -> !process.alive());
            assertThat(process.failure("did not become ready"))
                    .hasMessageContainingAll("n1: did not become ready", "exit code 3", "port is taken");
        }
    }

    @Test
    void aServerOfRootRunsAsAnotherUserInAFolderOfItsOwn() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            boolean root = "root".equals(System.getProperty("user.name"));
            Optional<String> user = launcher.serverUser("no-such-user");
            assertThat(user).isEqualTo(root ? Optional.of("nobody") : Optional.empty());
            Path folder = launcher.newFolder("n1", user);

            launcher.complete(shell(launcher, folder, "echo x >written").as(user), LIMIT);
            assertThat(Files.getOwner(folder.resolve("written")).getName())
                    .isEqualTo(user.orElse(System.getProperty("user.name")));

            NodeProcess server = launcher.start(
                    shell(launcher, folder, "echo up; exec sleep 60").as(user));
            await("its start").atMost(LIMIT).until(() -> server.lastLogLines().contains("up"));
            assertThat(ProcessHandle.of(server.pid().orElseThrow())
                            .orElseThrow()
                            .info()
                            .user())
                    .contains(user.orElse(System.getProperty("user.name")));
            server.pause();
            server.end("TERM", LIMIT);
            assertThat(server.alive()).isFalse();
            assertThat(ProcessHandle.current().children()).isEmpty();
        }
        assertThat(journals()).isEmpty();
    }

    @Test
    void aProgramThatMustEndIsExplainedWhereItDoesNotEndWell() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            Path folder = launcher.newFolder("n1");
            assertThatThrownBy(() -> launcher.complete(shell(launcher, folder, "echo no space; exit 2"), LIMIT))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContainingAll("n1: failed; it ended with exit code 2", "no space");
            assertThatThrownBy(() -> launcher.complete(shell(launcher, folder, "exec sleep 60"), Duration.ofMillis(10)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("n1: did not end within 10 ms; it runs");
            assertThat(ProcessHandle.current().children()).isEmpty();
        }
    }

    @Test
    void aProcessIsTalkedToAndAnewAfterItsRestart() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            Path folder = launcher.newFolder("n1");
            NodeProcess silent = launcher.start(shell(launcher, folder, "exec sleep 60"));
            NodeProcess talking = launcher.converse(
                    shell(launcher, folder, "read said; echo \"$said to you\"; echo aside >&2; read more"));
            for (String word : List.of("hello", "again")) {
                talking.input().write((word + "\n").getBytes(StandardCharsets.UTF_8));
                talking.input().flush();
                assertThat(new BufferedReader(new InputStreamReader(talking.output(), StandardCharsets.UTF_8))
                                .readLine())
                        .isEqualTo(word + " to you");
                talking.restart();
            }
            assertThat(logs.resolve("shell.log")).hasContent("aside\naside");
            assertThatThrownBy(silent::input).isInstanceOf(IllegalStateException.class);
            talking.kill();
            assertThatThrownBy(talking::output).hasMessageContaining("n1: found no process");
        }
    }

    @Test
    void whatIsNotForgottenIsUndoneWhenTheLauncherIsClosed() throws IOException {
        Path said = logs.resolve("said");
        try (Launcher launcher = Launcher.open(state)) {
            Path folder = launcher.newFolder("n1");
            launcher.rememberUndo(shell(launcher, folder, "echo one >> " + said));
            launcher.rememberUndo(shell(launcher, folder, "echo two >> " + said));
            launcher.rememberUndo(shell(launcher, folder, "echo three >> " + said));
            launcher.forgetUndo(shell(launcher, folder, "echo two >> " + said));
            assertThat(said).doesNotExist();
        }
        assertThat(said).hasContent("one\nthree");
        assertThat(journals()).isEmpty();
    }

    @Test
    void whoIsInterruptedAgainUndoesAllTheSame() throws IOException {
        Path folder;
        Path said = logs.resolve("said");
        try (Launcher launcher = Launcher.open(state)) {
            folder = launcher.newFolder("n1");
            launcher.start(shell(launcher, folder, "exec sleep 1000"));
            launcher.rememberUndo(shell(launcher, folder, "echo one >> " + said));
            Thread.currentThread().interrupt();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(said).hasContent("one");
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatCannotBeUndoneIsToldAndTriedAgain() throws IOException {
        Launcher launcher = Launcher.open(state);
        Path mended = logs.resolve("mended");
        launcher.rememberUndo(shell(launcher, launcher.newFolder("n1"), "[ -e " + mended + " ]"));
        assertThatThrownBy(launcher::close).hasMessageContaining("n1: ended with exit code 1");
        assertThat(journals()).hasSize(1);

        Files.createFile(mended);
        launcher.close();

        assertThat(journals()).isEmpty();
    }

    @Test
    void aProcessThatCannotBeWrittenDownIsEnded() throws Exception {
        Path log = logs.resolve("n1.log");
        // who starts it waits for a reader of its log, while the journal has it as one that is about to be started
        start(List.of("mkfifo", log.toString()), logs).waitFor();
        try (Launcher launcher = Launcher.open(state)) {
            Command sleep = new Command(
                    "n1",
                    launcher.program("sleep", "coreutils"),
                    List.of("65.432"),
                    launcher.newFolder("n1"),
                    Map.of(),
                    log);
            CompletableFuture<NodeProcess> started = CompletableFuture.supplyAsync(() -> {
                try {
                    return launcher.start(sleep);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Path journal = await("written ahead").atMost(LIMIT).until(this::journal, this::namesProcess);
            Path inItsPlace = Files.createDirectory(Journal.next(journal));

            try (InputStream reader = Files.newInputStream(log)) {
                assertThatThrownBy(started::join).hasRootCauseInstanceOf(FileSystemException.class);
                assertThat(sleeping("65.432")).isEmpty();
                assertThat(reader.read()).as("nobody holds the log").isEqualTo(-1);
            } finally {
                Files.delete(inItsPlace);
            }
        }
        assertThat(journals()).isEmpty();
    }

    private Path journal() throws IOException {
        return journals().stream()
                .filter(file -> file.toString().endsWith(".json"))
                .findFirst()
                .orElseThrow();
    }

    private boolean namesProcess(Path journal) {
        try {
            return Files.readString(journal).contains("\"name\":\"n1\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatCannotBeUndoneWhenTheProgramEndsIsToldInOneSentence() throws Exception {
        Process harness = start(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CarelessHarness.class.getName(),
                        state.toString(),
                        logs.toString()),
                logs);
        assertThat(harness.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readAllLines(logs.resolve("err")))
                .singleElement()
                .asString()
                .startsWith("umpire: could not undo everything: mend n1: ended with exit code 7")
                .endsWith("; the next run will try again, or now: umpire heal");
        assertThat(Launcher.undoLeftovers(state))
                .as("the order is still owed, and the folder stays as long")
                .singleElement()
                .asString()
                .startsWith("could not undo ");

        Files.createFile(logs.resolve("mended"));
        assertThat(Launcher.undoLeftovers(state))
                .satisfiesExactly(
                        ran -> assertThat(ran).startsWith("ran 'mend n1'"),
                        removed -> assertThat(removed).startsWith("removed "));
    }

    /** A harness that ends without undoing what it did, which cannot be undone until a file is there. */
    static final class CarelessHarness {
        public static void main(String[] arguments) throws IOException {
            Launcher launcher = Launcher.open(Path.of(arguments[0]));
            Path folder = launcher.newFolder("n1");
            launcher.rememberUndo(new Command(
                    "mend n1",
                    launcher.program("sh", "dash"),
                    List.of("-c", "[ -e " + Path.of(arguments[1], "mended") + " ] || exit 7"),
                    folder,
                    Map.of(),
                    Path.of(arguments[1], "mend.log")));
        }
    }

    private Command shell(Launcher launcher, Path folder, String script) throws IOException {
        return new Command(
                "n1",
                launcher.program("sh", "dash"),
                List.of("-c", script),
                folder,
                Map.of(),
                logs.resolve("shell.log"));
    }

    @Test
    void aMissingProgramIsNamedWithItsPackage() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            assertThatThrownBy(() -> launcher.program("no-such-store", "store-server"))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContainingAll("no-such-store: not found on PATH", "apt-get install store-server");
            assertThatThrownBy(() -> launcher.program("/no/such/store", "store-server"))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContainingAll("/no/such/store", "apt-get install store-server");
        }
    }

    @Test
    void portsDifferAndLieBelowThoseOfOutgoingConnections() throws IOException {
        try (Launcher launcher = Launcher.open(state);
                ReservedPort one = launcher.reservePort();
                ReservedPort other = launcher.reservePort()) {
            assertThat(one.number()).isNotEqualTo(other.number()).isBetween(10_000, 32_767);
        }
    }

    @Test
    void aPortThatWasReleasedIsLeftToItsNode() throws IOException {
        try (Launcher launcher = Launcher.open(state);
                ReservedPort ofANode = launcher.reservePort()) {
            ofANode.release();
            try (ReservedPort next = launcher.reservePort()) {
                assertThat(next.number()).isNotEqualTo(ofANode.number());
            }
        }
    }

    @Test
    void foldersOutsideTheRunAreNotDeleted() throws IOException {
        try (Launcher launcher = Launcher.open(state)) {
            Path own = launcher.newFolder("n1");
            assertThatThrownBy(() -> launcher.deleteFolder(logs)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> launcher.deleteFolder(own.resolve("../..")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(logs).exists();
        }
    }

    @Test
    void aLinkInAFolderIsRemovedAndNotFollowed() throws IOException {
        Path precious = Files.writeString(logs.resolve("precious"), "x");
        try (Launcher launcher = Launcher.open(state)) {
            Path folder = launcher.newFolder("n1");
            Files.createSymbolicLink(folder.resolve("link"), logs);
            launcher.deleteFolder(folder);
            assertThat(folder).doesNotExist();
        }
        assertThat(precious).exists();
    }

    @Nested
    class AfterTheHarnessWasKilled {

        @Test
        void whatItStartedIsEndedAndItsFolderRemoved() throws Exception {
            Process harness = start(
                    List.of(
                            System.getProperty("java.home") + "/bin/java",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DoomedHarness.class.getName(),
                            state.toString(),
                            logs.toString()),
                    logs);
            String[] said =
                    harness.inputReader().lines().findFirst().orElseThrow().split(" ", -1);
            long running = Long.parseLong(said[0]);
            long paused = Long.parseLong(said[1]);
            Path folder = Path.of(said[2]);
            assertThat(Launcher.undoLeftovers(state)).as("while it lives").isEmpty();
            harness.destroyForcibly().waitFor();
            assertThat(ProcessIdentity.of(running)).as("survives its harness").isPresent();

            List<String> undone;
            try (Launcher next = Launcher.open(state)) {
                undone = next.undone();
            }

            assertThat(undone).hasSize(2);
            assertThat(undone.get(0))
                    .startsWith("stopped 2 processes (n1 " + running + ", n2 " + paused + ")")
                    .contains("(process " + harness.pid() + ")");
            assertThat(undone.get(1)).contains("removed " + folder);
            assertThat(ProcessIdentity.of(running)).isEmpty();
            assertThat(ProcessIdentity.of(paused)).isEmpty();
            assertThat(folder).doesNotExist();
            assertThat(journals()).isEmpty();
            assertThat(Launcher.undoLeftovers(state)).isEmpty();
        }

        @Test
        void whatItBrokeElsewhereIsUndoneEvenAfterTheMachineWasStartedAgain() throws IOException {
            Path said = logs.resolve("said");
            HarnessProcess here = HarnessProcess.current();
            HarnessProcess before =
                    new HarnessProcess(here.pid(), here.startTicks() - 1, "an earlier boot", here.place());
            write(before, "", List.of(), """
                    ,"undo":[{"name":"restart n1","program":"/bin/sh","arguments":["-c","echo $NODE >> %s"],
                              "environment":{"NODE":"n1"}}]""".formatted(said));

            List<String> undone = Launcher.undoLeftovers(state);

            assertThat(undone)
                    .singleElement()
                    .asString()
                    .startsWith("ran 'restart n1' for the harness that was killed");
            assertThat(said).hasContent("n1");
            assertThat(journals()).isEmpty();
        }

        @Test
        void whatCannotBeUndoneElsewhereIsSaidAndKept() throws IOException {
            HarnessProcess here = HarnessProcess.current();
            write(new HarnessProcess(here.pid(), here.startTicks() - 1, here.boot(), here.place()), "", List.of(), """
                    ,"undo":[{"name":"mend n1","program":"/bin/sh","arguments":["-c","echo no way; exit 7"],"environment":{}},
                             {"name":"mend n2","program":"/bin/true","arguments":[],"environment":{}},
                             {"name":"mend n3","program":"/no/such/program","arguments":[],"environment":{}}]""");

            assertThat(Launcher.undoLeftovers(state))
                    .satisfiesExactly(
                            undone -> assertThat(undone).startsWith("ran 'mend n2'"),
                            left -> assertThat(left)
                                    .contains(
                                            "could not undo",
                                            "mend n1: ended with exit code 7: no way; by hand: /bin/sh -c echo no way; exit 7",
                                            "mend n3: ",
                                            "by hand: /no/such/program"));
            assertThat(journals()).hasSize(1);
        }

        @Test
        void itsFolderStaysAsLongAsContainersMayWriteThere() throws IOException {
            Path answers = logs.resolve("answers");
            Path its = markedFolder("umpire-its");
            HarnessProcess here = HarnessProcess.current();
            write(
                    new HarnessProcess(here.pid(), here.startTicks() - 1, here.boot(), here.place()),
                    "",
                    List.of(its.toString()),
                    """
                    ,"undo":[{"name":"the removal of containers","program":"/bin/sh","arguments":["-c","[ -e %s ]"],
                              "environment":{}}]""".formatted(answers));

            assertThat(Launcher.undoLeftovers(state))
                    .singleElement()
                    .asString()
                    .contains("could not undo", "the removal of containers: ended with exit code 1");
            assertThat(its).exists();

            Files.createFile(answers);
            assertThat(Launcher.undoLeftovers(state))
                    .satisfiesExactly(
                            ran -> assertThat(ran).startsWith("ran 'the removal of containers'"),
                            removed -> assertThat(removed).startsWith("removed " + its));
            assertThat(its).doesNotExist();
            assertThat(journals()).isEmpty();
        }

        @Test
        void aProcessThatSurvivesKeepsNothingElseFromBeingUndone() throws IOException {
            Process survivor = sleep();
            Process other = sleep();
            ProcessIdentity one = ProcessIdentity.of(survivor.pid()).orElseThrow();
            ProcessIdentity two = ProcessIdentity.of(other.pid()).orElseThrow();
            Path its = markedFolder("umpire-its");
            Path another = markedFolder("umpire-another");
            HarnessProcess here = HarnessProcess.current();
            write(
                    new HarnessProcess(here.pid(), here.startTicks() - 1, here.boot(), here.place()),
                    entry("n1", one.program(), its.resolve("n1").toString(), one.pid(), one.startTicks())
                            + ","
                            + entry("n2", two.program(), another.toString(), two.pid(), two.startTicks()),
                    List.of(its.toString(), another.toString()),
                    """
                    ,"undo":[{"name":"mend n1","program":"/bin/true","arguments":[],"environment":{}}]""");

            Launcher.Undone report = Leftovers.undo(
                    Journal.folderIn(state), process -> process.pid() != survivor.pid() && process.kill());

            assertThat(report.troubles())
                    .singleElement()
                    .asString()
                    .contains("process " + survivor.pid() + " (n1) is still there 5 s after SIGKILL");
            assertThat(report.undone())
                    .satisfiesExactly(
                            stopped -> assertThat(stopped).contains("n2 " + other.pid()),
                            ran -> assertThat(ran).startsWith("ran 'mend n1'"),
                            removed -> assertThat(removed).startsWith("removed " + another));
            assertThat(its).as("where the survivor works").exists();
            assertThat(journals()).hasSize(1);

            assertThat(Leftovers.undo(Journal.folderIn(state)).troubles()).isEmpty();

            assertThat(its).doesNotExist();
            assertThat(journals()).isEmpty();
        }

        @Test
        void aJournalWhoseHarnessEndsMeanwhileIsNoTrouble() throws IOException {
            Process other = sleep();
            ProcessIdentity identity = ProcessIdentity.of(other.pid()).orElseThrow();
            journal(entry("n1", identity.program(), "/", identity.pid(), identity.startTicks()), List.of());
            Path journal = journals().get(0);
            Path later = journal.resolveSibling("9" + journal.getFileName());
            Files.copy(journal, later);

            Launcher.Undone report = Leftovers.undo(Journal.folderIn(state), process -> {
                Files.delete(later);
                return process.kill();
            });

            assertThat(report.troubles()).isEmpty();
            assertThat(report.undone()).singleElement().asString().contains("n1 " + other.pid());
            assertThat(journals()).isEmpty();
        }

        private Path markedFolder(String name) throws IOException {
            Path folder = Files.createDirectory(logs.resolve(name));
            Files.writeString(folder.resolve(RunFolder.MARK), "1-1-0");
            return folder;
        }

        @Test
        void aProcessThatTookItsPidOverIsLeftAlone() throws IOException {
            Process other = sleep();
            ProcessIdentity identity = ProcessIdentity.of(other.pid()).orElseThrow();
            journal(entry("n1", identity.program(), "/", identity.pid(), identity.startTicks() - 1), List.of());

            assertThat(Launcher.undoLeftovers(state)).isEmpty();

            assertThat(other.isAlive()).isTrue();
            assertThat(journals()).isEmpty();
        }

        @Test
        void aProcessOfAnotherProgramIsLeftAlone() throws IOException {
            Process other = sleep();
            ProcessIdentity identity = ProcessIdentity.of(other.pid()).orElseThrow();
            journal(entry("n1", "/usr/bin/redis-server", "/", identity.pid(), identity.startTicks()), List.of());

            assertThat(Launcher.undoLeftovers(state)).isEmpty();

            assertThat(other.isAlive()).isTrue();
        }

        @Test
        void aProcessWhosePidWasNotWrittenDownInTimeIsFoundByItsFolder() throws IOException {
            Process unseen = start(List.of("sleep", "600"), logs);
            String program = ProcessIdentity.of(unseen.pid()).orElseThrow().program();
            Process elsewhere = sleep();
            journal(entry("n1", program, logs.toRealPath().toString(), 0, 0), List.of());

            assertThat(Launcher.undoLeftovers(state))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("n1 " + unseen.pid());

            await("its end").atMost(LIMIT).until(() -> !unseen.isAlive());
            assertThat(elsewhere.isAlive()).isTrue();
        }

        @Test
        void aFolderThatIsNotItsOwnIsNotRemoved() throws IOException {
            Path unmarked = Files.createDirectory(logs.resolve("umpire-unmarked"));
            Files.writeString(unmarked.resolve("data"), "x");
            Path ofAnother = Files.createDirectory(logs.resolve("umpire-other"));
            Files.writeString(ofAnother.resolve(RunFolder.MARK), "another journal");
            Path linked = Files.createSymbolicLink(logs.resolve("umpire-link"), unmarked);
            journal("", List.of(unmarked.toString(), ofAnother.toString(), linked.toString()));

            assertThat(Launcher.undoLeftovers(state)).isEmpty();

            assertThat(unmarked.resolve("data")).exists();
            assertThat(ofAnother).exists();
            assertThat(journals()).isEmpty();
        }

        @Test
        void aJournalOfAnotherMachineIsLeftAlone() throws IOException {
            HarnessProcess here = HarnessProcess.current();
            write(new HarnessProcess(1, 1, here.boot(), "elsewhere pid:[1]"), "", List.of());

            assertThat(Launcher.undoLeftovers(state)).isEmpty();

            assertThat(journals()).hasSize(1);
        }

        @Test
        void aFileThatIsNoJournalIsSaidAndKept() throws IOException {
            Files.createDirectories(Journal.folderIn(state));
            Files.writeString(Journal.folderIn(state).resolve("1-1-0.json"), "{\"version\":");

            assertThat(Launcher.undoLeftovers(state))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("1-1-0.json", "found no journal");

            assertThat(journals()).hasSize(1);
        }

        @Test
        void whatWasWrittenOfAJournalUntilThenIsRemoved() throws IOException {
            Path journals = Files.createDirectories(Journal.folderIn(state));
            Files.createFile(journals.resolve("1-1-0.json"));
            Files.writeString(journals.resolve("1-1-0.next"), "{");

            assertThat(Launcher.undoLeftovers(state)).isEmpty();

            assertThat(journals).isDirectoryNotContaining("glob:**/1-1-0.*");
        }

        private void journal(String entry, List<String> folders) throws IOException {
            HarnessProcess here = HarnessProcess.current();
            // this very process, as if its pid had been another's before
            write(new HarnessProcess(here.pid(), here.startTicks() - 1, here.boot(), here.place()), entry, folders);
        }

        private void write(HarnessProcess harness, String entry, List<String> folders) throws IOException {
            write(harness, entry, folders, "");
        }

        private void write(HarnessProcess harness, String entry, List<String> folders, String more) throws IOException {
            Path journals = Files.createDirectories(Journal.folderIn(state));
            String quoted = String.join(
                    ",", folders.stream().map(folder -> "\"" + folder + "\"").toList());
            Files.writeString(journals.resolve("1-1-0.json"), """
                    {"version":1,
                     "harness":{"pid":%d,"startTicks":%d,"boot":"%s","place":"%s"},
                     "folders":[%s],"processes":[%s]%s}
                    """.formatted(
                            harness.pid(), harness.startTicks(), harness.boot(), harness.place(), quoted, entry, more));
        }

        private String entry(String name, String program, String folder, long pid, long startTicks) {
            return """
                    {"name":"%s","program":"%s","folder":"%s","pid":%d,"startTicks":%d}""".formatted(name, program, folder, pid, startTicks);
        }
    }

    /** A harness that starts two processes, says which, and waits to be killed. */
    static final class DoomedHarness {
        public static void main(String[] arguments) throws IOException {
            Launcher launcher = Launcher.open(Path.of(arguments[0]));
            Path folder = launcher.newFolder("n1");
            NodeProcess one = launcher.start(sleeper(launcher, "n1", folder, Path.of(arguments[1])));
            NodeProcess two = launcher.start(sleeper(launcher, "n2", launcher.newFolder("n2"), Path.of(arguments[1])));
            two.pause();
            System.out.println(one.pid().orElseThrow() + " " + two.pid().orElseThrow() + " " + folder.getParent());
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody killed this harness");
            }
        }
    }

    private Command sleeper(Launcher launcher, String name, Path folder) throws IOException {
        return sleeper(launcher, name, folder, logs);
    }

    static Command sleeper(Launcher launcher, String name, Path folder, Path logs) throws IOException {
        return new Command(
                name,
                launcher.program("sleep", "coreutils"),
                List.of("600"),
                folder,
                Map.of(),
                logs.resolve(name + ".log"));
    }

    private Process sleep() throws IOException {
        return start(List.of("sleep", "600"), state);
    }

    private Process start(List<String> words, Path folder) throws IOException {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(logs.resolve("err").toFile())
                .start();
        bystanders.add(process);
        return process;
    }

    private static String stateOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[0];
    }

    private List<Path> journals() throws IOException {
        Path journals = Journal.folderIn(state);
        if (!Files.exists(journals)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(journals)) {
            return files.filter(file -> !file.endsWith(".lock")).toList();
        }
    }
}
