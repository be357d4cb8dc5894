package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a script in the place of docker, whose containers are processes and whose image has the programs of this machine. */
@EnabledOnOs(OS.LINUX)
class DockerLauncherTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String DOCKER = """
            #!/bin/sh
            state=STATE
            journals=JOURNALS
            echo "$*" >> "$state/asked"
            verb=$1
            shift
            for last do :; done
            of() { cat "$state/containers/$last" 2>/dev/null || { echo "Error: No such container: $last" >&2; exit 1; }; }
            held() { while [ -e "$state/held-$1" ]; do sleep 0.02; done; }
            held "$verb"
            case $verb in
            image)
                [ -e "$state/refusal" ] || exit 0
                cat "$state/refusal" >&2
                exit 1;;
            run)
                grep -qs 'the removal of containers' "$journals"/*.json || { echo not written ahead >&2; exit 125; }
                while :; do
                    case $1 in
                    --name) name=$2; shift 2;;
                    --entrypoint) program=$2; shift 2;;
                    --workdir) cd "$2"; shift 2;;
                    --env) export "$2"; shift 2;;
                    --rm|--interactive) shift;;
                    --*) shift 2;;
                    *) break;;
                    esac
                done
                shift
                [ -z "$name" ] || echo $$ > "$state/containers/$name"
                exec "$program" "$@";;
            container) of;;
            kill) kill -"$2" "$(of)";;
            pause) kill -STOP "$(of)";;
            unpause) kill -CONT "$(of)";;
            rm)
                while [ $# -gt 0 ]; do
                    case $1 in
                    --*) ;;
                    *) last=$1; pid=$(of) || exit 1; kill -KILL "$pid" 2>/dev/null; rm "$state/containers/$last";;
                    esac
                    shift
                done;;
            ps) ls "$state/containers";;
            esac
            held "after-$verb"
            """;

    @TempDir
    Path engine;

    @TempDir
    Path state;

    @TempDir
    Path logs;

    private Docker docker = new Docker(Path.of("docker"));

    @BeforeEach
    void pretendDocker() throws IOException {
        Files.createDirectory(engine.resolve("containers"));
        Path program = Files.writeString(
                engine.resolve("docker"),
                DOCKER.replace("STATE", engine.toString())
                        .replace("JOURNALS", Journal.folderIn(state).toString()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        docker = new Docker(program);
    }

    private Launcher open() throws IOException {
        return new LocalLauncher(state, List.of(), ImagePrograms.open(docker, "store:1"));
    }

    @Test
    void aNodeIsAContainerThatSeesItsFolderAndTheNetworkOfThisMachine() throws IOException {
        try (Launcher launcher = open()) {
            Path folder = launcher.newFolder("n1");
            NodeProcess node = launcher.start(shell(launcher, folder, "echo $GREETING; pwd; exec sleep 60")
                    .with(Map.of("GREETING", "hello")));

            assertThat(launcher.ofThisMachine()).isFalse();
            assertThat(node.alive()).isTrue();
            assertThat(containers())
                    .singleElement()
                    .asString()
                    .startsWith("umpire-")
                    .endsWith("-n1");
            assertThat(node.pid())
                    .contains(Long.parseLong(Files.readString(engine.resolve("containers")
                                    .resolve(containers().get(0)))
                            .strip()));
            await("its log").atMost(LIMIT).until(() -> node.lastLogLines().equals(List.of("hello", "" + folder)));
            String runFolder = String.valueOf(folder.getParent());
            assertThat(asked("run --name"))
                    .singleElement()
                    .asString()
                    .contains(
                            " --pull never --network host ",
                            " --user " + Files.getAttribute(logs, "unix:uid") + ":",
                            " --workdir " + folder,
                            " --mount type=bind,source=" + runFolder + ",target=" + runFolder + " ",
                            " --mount type=bind,source=/etc/passwd,target=/etc/passwd,readonly ",
                            " --env GREETING=hello ",
                            " store:1 -c ");
        }
    }

    @Test
    void aDockerThatIsALinkIsWrittenDownAsWhatItLeadsTo() throws IOException {
        Path linked = Files.createSymbolicLink(engine.resolve("linked-docker"), docker.program());
        Command command = new Command("n1", Path.of("/bin/sh"), List.of(), logs, Map.of(), logs.resolve("n1.log"));

        Programs.Start start =
                ImagePrograms.open(new Docker(linked), "store:1").start(command, false, Optional.empty());

        assertThat(start.program()).isEqualTo(docker.program().toRealPath().toString());
        assertThat(start.words())
                .as("what it does may hang on its name")
                .first()
                .isEqualTo(linked.toString());
    }

    @Test
    void ofAContainerThatIsNotSeenToRunTheEnginesWordsAreTold() throws IOException {
        Process attached = new ProcessBuilder("sleep", "60").start();
        try {
            Container container =
                    new Container(docker, "umpire-n1", attached, new Journal.Entry("n1", "/bin/sh", "/", 0, 0));

            assertThatThrownBy(() -> container.awaitRunning(Duration.ofMillis(1)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessage("the container umpire-n1 did not run within 1 ms: docker container ended with exit code"
                            + " 1: Error: No such container: umpire-n1");
        } finally {
            attached.destroyForcibly();
        }
    }

    @Test
    void aContainerIsPausedResumedKilledAndStartedAgain() throws IOException {
        try (Launcher launcher = open()) {
            NodeProcess node = launcher.start(shell(launcher, launcher.newFolder("n1"), "exec sleep 60"));
            String first = containers().get(0);

            node.pause();
            node.resume();
            node.kill();
            assertThat(node.alive()).isFalse();
            assertThat(containers()).isEmpty();
            assertThatThrownBy(node::pause).hasMessageContaining("n1: found no running process");
            node.restart();

            assertThat(node.alive()).isTrue();
            assertThat(containers()).hasSize(1).doesNotContain(first);
            assertThat(asked("pause")).containsExactly("pause " + first);
            assertThat(asked("unpause")).containsExactly("unpause " + first);
            assertThat(asked("rm")).contains("rm --force --volumes " + first);
        }
    }

    @Test
    void whetherItRunsIsSaidAtOnceHoweverLongTheEngineTakes() throws IOException {
        try (Launcher launcher = open()) {
            NodeProcess node = launcher.start(shell(launcher, launcher.newFolder("n1"), "exec sleep 60"));
            int questions = asked("container").size();
            Path removal = Files.createFile(engine.resolve("held-after-rm"));
            Path question = Files.createFile(engine.resolve("held-container"));
            try {
                CompletableFuture<Void> again = CompletableFuture.runAsync(
                        () -> {
                            try {
                                node.restart();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        DockerLauncherTest::onItsOwn);
                await("its removal").atMost(LIMIT).until(() -> containers().isEmpty());
                await("its end").atMost(LIMIT).until(() -> !soon(node::alive));
                assertThat(soon(() -> node.failure("said nothing").getMessage()))
                        .startsWith("n1: said nothing; it ended with exit code 137");
                assertThat(soon(node::command).name()).isEqualTo("n1");
                // it is being started again: that is no reason to give up
                soon(() -> {
                    node.requireAlive();
                    return node;
                });

                Files.delete(removal);
                await("a question for the new one")
                        .atMost(LIMIT)
                        .until(() -> asked("container").size() > questions);
                assertThat(soon(node::alive)).isTrue();

                Files.delete(question);
                assertThat(again).succeedsWithin(LIMIT);
            } finally {
                Files.deleteIfExists(removal);
                Files.deleteIfExists(question);
            }
            node.kill();
            assertThatThrownBy(node::requireAlive).hasMessageContaining("n1: did not start; it was killed");
        }
    }

    /** What is told on another thread, long before a held engine would answer. */
    private static <T> T soon(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, DockerLauncherTest::onItsOwn)
                .orTimeout(LIMIT.toMillis() / 2, TimeUnit.MILLISECONDS)
                .join();
    }

    /** The common pool has one thread on two cores. */
    private static void onItsOwn(Runnable task) {
        new Thread(task, "asking").start();
    }

    @Test
    void aContainerIsToldToEndByTheSignalOfItsStore() throws IOException {
        try (Launcher launcher = open()) {
            NodeProcess node = launcher.start(shell(
                    launcher,
                    launcher.newFolder("n1"),
                    "trap 'echo bye; exit 0' QUIT; echo up; while :; do sleep 0.05; done"));
            String name = containers().get(0);
            await("its start").atMost(LIMIT).until(() -> node.lastLogLines().contains("up"));

            node.end("QUIT", LIMIT);

            assertThat(node.lastLogLines()).containsExactly("up", "bye");
            assertThat(asked("kill")).first().isEqualTo("kill --signal QUIT " + name);
            assertThat(containers()).isEmpty();
        }
    }

    @Test
    void aProgramIsRunToItsEndAndTalkedToInAContainerToo() throws IOException {
        try (Launcher launcher = open()) {
            Path folder = launcher.newFolder("n1");
            launcher.complete(shell(launcher, folder, "echo done"), LIMIT);
            assertThatThrownBy(() -> launcher.complete(shell(launcher, folder, "echo no space; exit 2"), LIMIT))
                    .hasMessageContainingAll("n1: failed; it ended with exit code 2", "no space");
            NodeProcess talking =
                    launcher.converse(shell(launcher, folder, "read said; echo \"$said to you\"; read more"));
            talking.input().write("hello\n".getBytes(StandardCharsets.UTF_8));
            talking.input().flush();

            assertThat(talking.output().readNBytes(12)).asString().isEqualTo("hello to you");
            assertThat(asked("run")).last().asString().contains(" --interactive ");
        }
        assertThat(containers()).isEmpty();
    }

    @Test
    void aClosedLauncherLeavesNoContainerAndNoJournal() throws IOException {
        try (Launcher launcher = open()) {
            launcher.start(shell(launcher, launcher.newFolder("n1"), "exec sleep 60"));
            launcher.start(shell(launcher, launcher.newFolder("n2"), "exec sleep 60"))
                    .pause();
            assertThat(containers()).hasSize(2);
        }
        assertThat(containers()).isEmpty();
        assertThat(journals()).isEmpty();
    }

    @Test
    void whatAKilledHarnessLeftIsRemovedByItsLabel() throws IOException {
        try (Launcher launcher = open()) {
            launcher.start(shell(launcher, launcher.newFolder("n1"), "exec sleep 60"));
            // the same journal as if its harness had ended
            HarnessProcess here = HarnessProcess.current();
            Path journal = journals().get(0);
            Files.writeString(
                    journal.resolveSibling("1-1-0.json"),
                    Files.readString(journal)
                            .replace(
                                    "\"startTicks\":" + here.startTicks(),
                                    "\"startTicks\":" + (here.startTicks() - 1)));

            List<String> undone = Launcher.undoLeftovers(state);

            assertThat(undone)
                    .anySatisfy(sentence -> assertThat(sentence).startsWith("ran 'the removal of containers'"));
            assertThat(containers()).isEmpty();
            assertThat(asked("ps"))
                    .singleElement()
                    .asString()
                    .startsWith("ps --all --quiet --filter label=" + ImagePrograms.LABEL + "=" + here.pid() + "-");
        }
    }

    @Test
    void programsAreLookedUpInTheImage() throws IOException {
        Path newest = installation("15");
        installation("9.6");
        Path linked = Files.createSymbolicLink(engine.resolve("linked"), newest);
        try (Launcher launcher = open()) {
            assertThat(launcher.program("sh", "dash")).hasFileName("sh");
            String any = engine + "/*/bin/server";
            assertThat(launcher.installed(List.of(any, "sh"), "store")).isEqualTo(newest);
            assertThat(launcher.installed(List.of("/no/such", linked.toString()), "store"))
                    .isEqualTo(newest);
            assertThat(launcher.program(linked.toString(), "store")).isEqualTo(linked);
            assertThat(launcher.library("/etc/passwd", "store")).isEqualTo(Path.of("/etc/passwd"));
            assertThat(launcher.program("sh", "dash")).hasFileName("sh");
            assertThat(asked("run --rm")).as("each is looked up once").hasSize(5);

            assertThatThrownBy(() -> launcher.program("no-such-store", "store-server"))
                    .isInstanceOf(LaunchException.class)
                    .hasMessage(
                            "no-such-store: not found in the image store:1, expected the program; on Debian: apt-get"
                                    + " install store-server, when the image is built");
            assertThatThrownBy(() -> launcher.program("/etc/passwd", "store-server"))
                    .hasMessageStartingWith("/etc/passwd: not found in the image store:1, expected the program");
        }
    }

    @Test
    void programsOfThisMachineAreLookedUpAlike() throws IOException {
        Path newest = installation("15");
        installation("9.6");
        Files.createSymbolicLink(engine.resolve("linked"), newest);
        try (Launcher launcher = Launcher.open(state)) {
            assertThat(launcher.ofThisMachine()).isTrue();
            assertThat(launcher.installed(List.of(engine + "/*/bin/server", "sh"), "store"))
                    .isEqualTo(newest);
            assertThat(launcher.installed(List.of("/no/such/*/server", engine + "/linked"), "store"))
                    .isEqualTo(newest);
            assertThat(launcher.library("/etc/passwd", "store")).isEqualTo(Path.of("/etc/passwd"));
            assertThatThrownBy(() -> launcher.library("/no/such.so", "store"))
                    .hasMessage("/no/such.so: found no file, expected the library; on Debian: apt-get install store");
        }
    }

    private Path installation(String version) throws IOException {
        Path program = engine.resolve(version).resolve("bin").resolve("server");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void aFolderThatIsLentIsReadInContainers() throws IOException {
        try (Launcher launcher = open()) {
            launcher.lend(logs);
            launcher.start(shell(launcher, launcher.newFolder("n1"), "exec sleep 60"));

            assertThat(asked("run --name"))
                    .singleElement()
                    .asString()
                    .contains(" --mount type=bind,source=" + logs + ",target=" + logs + ",readonly ");
        }
    }

    @Test
    void aClockAndADiskOfTheirOwnAreRefused() throws IOException {
        try (Launcher launcher = open()) {
            assertThatThrownBy(() -> launcher.newClock("n1", Optional.empty()))
                    .hasMessage("clock n1: found nodes in containers, expected processes of this machine");
            assertThatThrownBy(() -> launcher.newDisk("n1", 4096, Optional.empty()))
                    .hasMessage("disk n1: found nodes in containers, expected processes of this machine");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error response from daemon: No such image: store:1"
                        + " | image: found no image store:1 in the engine of this machine, expected one: docker pull store:1",
                "permission denied while trying to connect to the Docker daemon socket"
                        + " | docker: found no right to ask the engine, expected a user of the group docker, or root; docker"
                        + " image ended with exit code 1: permission denied while trying to connect to the Docker daemon"
                        + " socket",
                "Cannot connect to the Docker daemon | docker: found no engine that answers, expected one of this machine;"
                        + " docker image ended with exit code 1: Cannot connect to the Docker daemon"
            })
    void whatKeepsContainersFromBeingStartedIsSaidAtOnce(String refusal, String message) throws IOException {
        Files.writeString(engine.resolve("refusal"), refusal);

        assertThatThrownBy(this::open).isInstanceOf(LaunchException.class).hasMessage(message);
        assertThat(journals()).isEmpty();
    }

    private Command shell(Launcher launcher, Path folder, String script) throws IOException {
        return new Command(
                "n1", launcher.program("sh", "dash"), List.of("-c", script), folder, Map.of(), logs.resolve("n1.log"));
    }

    private List<String> containers() throws IOException {
        return names(engine.resolve("containers"));
    }

    private List<Path> journals() throws IOException {
        Path folder = Journal.folderIn(state);
        return names(folder).stream()
                .filter(name -> name.endsWith(".json"))
                .map(folder::resolve)
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** What docker was asked that begins so. */
    private List<String> asked(String begin) throws IOException {
        return Files.readAllLines(engine.resolve("asked")).stream()
                .filter(line -> line.startsWith(begin))
                .toList();
    }
}
