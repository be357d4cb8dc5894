package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedClassesTest {

    private static final Path JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toAbsolutePath();

    @TempDir
    Path folder;

    private Launcher launcher;
    private Path jars;
    private Path jar;

    @BeforeEach
    void open() throws IOException {
        launcher = Launcher.open(folder.resolve("state"));
        jars = Files.createDirectories(folder.resolve("server-1.0"));
        jar = jars.resolve("server.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream compiled = Server.class.getResourceAsStream("SharedClassesTest$Server.class")) {
            out.putNextEntry(new JarEntry(Server.class.getName().replace('.', '/') + ".class"));
            compiled.transferTo(out);
        }
    }

    @AfterEach
    void close() throws IOException {
        launcher.close();
    }

    /** A server that is ready at once and stays. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    @Test
    void aNodeThatStartsLaterHasTheClassesOfOneThatRan() throws IOException {
        SharedClasses classes = server(true).classes();
        assertThat(classes.options()).isEmpty();

        assertThat(classes.keep(launcher, running("n1", classes))).isTrue();
        NodeProcess later = running("n2", classes);

        assertThat(Files.readString(log("n1"))).doesNotContain("Server source: shared objects file");
        assertThat(Files.readString(log("n2"))).contains("Server source: shared objects file");
        assertThat(classes.keep(launcher, later)).as("there already").isFalse();
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "state", "server-1.0", "n1.log", "n2.log", "server-1.0-java-" + Runtime.version() + ".jsa");
        }
    }

    @Test
    void classesOfOtherJarsAreKeptAnew() throws IOException {
        SharedClasses classes = server(true).classes();
        NodeProcess node = running("n1", classes);
        classes.keep(launcher, node);
        Path archive = classes.archive().orElseThrow();
        Files.setLastModifiedTime(
                jar,
                FileTime.from(Files.getLastModifiedTime(archive).toInstant().plusSeconds(1)));

        assertThat(classes.options()).isEmpty();
        assertThat(classes.keep(launcher, running("n2", classes))).isTrue();
    }

    @Test
    void anInstallationIsLeftAsItIs() throws IOException {
        SharedClasses classes = server(false).classes();

        assertThat(classes.keep(launcher, running("n1", classes))).isFalse();

        assertThat(classes.options()).isEmpty();
        assertThat(jars).isDirectoryNotContaining("glob:**.jsa");
    }

    /** The image's java may stand where this machine's does, and be another one. */
    @Test
    void theJavaOfAnImageSharesNothingWithThisMachines() throws IOException {
        Path servers = folder.resolve("servers");
        Files.createDirectories(servers.resolve("store/target"));
        Files.move(jars, servers.resolve("store/target/store-1.0"));
        Optional<String> before = Optional.ofNullable(System.getProperty(ServerJars.PROPERTY));
        System.setProperty(ServerJars.PROPERTY, servers.toString());
        try {
            assertThat(ServerJars.find(launcher, "store", "", "1.0").classes().archive())
                    .isPresent();
            assertThat(ServerJars.find(inContainers(), "store", "", "1.0")
                            .classes()
                            .archive())
                    .isEmpty();
        } finally {
            before.ifPresentOrElse(
                    value -> System.setProperty(ServerJars.PROPERTY, value),
                    () -> System.clearProperty(ServerJars.PROPERTY));
        }
    }

    private static Launcher inContainers() {
        return (Launcher) Proxy.newProxyInstance(
                Launcher.class.getClassLoader(),
                new Class<?>[] {Launcher.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "java" -> JAVA;
                    case "ofThisMachine" -> false;
                    case "lend" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void whatCannotBeKeptHindersNothing() throws IOException {
        Path program = folder.resolve("java");
        Path refuses = Files.writeString(folder.resolve("jcmd"), "#!/bin/sh\nexit 1\n");
        SharedClasses classes = new ServerJars(program, jars, true).classes();
        NodeProcess node = running("n1", classes);

        assertThat(classes.keep(launcher, node)).as("not executable").isFalse();
        assertThat(refuses.toFile().setExecutable(true)).isTrue();
        assertThat(classes.keep(launcher, node)).as("refused").isFalse();
        node.kill();
        assertThat(classes.keep(launcher, node)).as("killed").isFalse();

        assertThat(classes.options()).isEmpty();
    }

    private ServerJars server(boolean sharing) {
        return new ServerJars(JAVA, jars, sharing);
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private NodeProcess running(String name, SharedClasses classes) throws IOException {
        List<String> arguments = new ArrayList<>(classes.options());
        arguments.addAll(List.of("-Xlog:class+load", "-cp", server(true).classPath(), Server.class.getName()));
        Path log = log(name);
        NodeProcess process = launcher.start(
                new Command(name, JAVA, arguments, launcher.newFolder(name), Map.of(), log, Optional.empty()));
        await(name)
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(log).contains("\nready"));
        return process;
    }
}
