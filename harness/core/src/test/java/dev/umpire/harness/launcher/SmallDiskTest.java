package dev.umpire.harness.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SmallDiskTest {

    private static final long BYTES = 2L << 20;

    @TempDir
    Path folder;

    @Test
    void whoHasNotTheRightToMountIsToldSo() {
        assertThat(SmallDisk.missing("Name:\tjava\nCapEff:\t000001fffeffffff\n"))
                .isEmpty();
        assertThat(SmallDisk.missing("CapEff:\t0000000000200000\n")).isEmpty();
        assertThat(SmallDisk.missing("CapEff:\tffffffffffdfffff\n"))
                .contains("found no right to mount a small disk, expected root with CAP_SYS_ADMIN");
        assertThat(SmallDisk.missing("CapEff:\t0000000000000000\n")).isNotEmpty();
        assertThat(SmallDisk.missing("Name:\tjava\n")).isNotEmpty();
    }

    @Nested
    class WhereItCanBeMounted {

        @BeforeEach
        void allowed() {
            assumeTrue(SmallDisk.missing().isEmpty(), "found no right to mount a small disk, expected root");
        }

        @Test
        void itIsFilledAndHasRoomAgainAndIsGoneInTheEnd() throws IOException {
            Path place;
            try (Launcher launcher = Launcher.open(state())) {
                SmallDisk disk = launcher.newDisk("n1", BYTES, Optional.empty());
                place = disk.folder().resolveSibling("");
                assertThat(disk.folder()).isEmptyDirectory();
                assertThat(disk.refusal()).isEmpty();
                Files.write(disk.folder().resolve("kept"), new byte[10_000]);

                disk.fill();

                assertThat(disk.refusal()).contains("No space left on device");
                assertThat(mounts()).contains("umpire " + place);
                disk.makeRoom();
                assertThat(disk.refusal()).isEmpty();
                assertThat(disk.folder().resolve("kept")).hasSize(10_000);

                launcher.removeDisk(disk);
                assertThat(mounts()).doesNotContain(place.toString());
                launcher.removeDisk(disk);
            }
            assertThat(place).doesNotExist();
        }

        @Test
        void aFolderOfAnotherUserIsHis() throws IOException {
            try (Launcher launcher = Launcher.open(state())) {
                Optional<String> user = launcher.serverUser();
                assumeTrue(user.isPresent(), "found another user than root, who gives nothing away");
                SmallDisk disk = launcher.newDisk("n1", BYTES, user);

                assertThat(Files.getOwner(disk.folder())).hasToString(user.get());
                Command touch = new Command(
                        "touch",
                        launcher.program("touch", "coreutils"),
                        List.of(disk.folder().resolve("file").toString()),
                        disk.folder(),
                        Map.of(),
                        folder.resolve("log"));
                launcher.complete(touch.as(user), Duration.ofSeconds(10));
                assertThat(disk.folder().resolve("file")).exists();
            }
        }

        @Test
        void itIsUnmountedWithTheLauncherThoughSomebodyUsesIt() throws IOException {
            Path place;
            try (Launcher launcher = Launcher.open(state())) {
                SmallDisk disk = launcher.newDisk("n1", BYTES, Optional.empty());
                place = disk.folder().resolveSibling("");
                launcher.start(LauncherTest.sleeper(launcher, "n1", disk.folder(), folder));
                disk.fill();
            }
            assertThat(mounts()).doesNotContain(place.toString());
            assertThat(place).doesNotExist();
        }

        @Test
        void afterAKillTheNextHarnessUnmountsIt() throws Exception {
            Process harness = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DoomedHarness.class.getName(),
                            state().toString(),
                            folder.toString())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            Path place;
            try {
                place = Path.of(harness.inputReader().lines().findFirst().orElseThrow());
            } finally {
                harness.destroyForcibly().waitFor();
            }
            assertThat(mounts()).contains("umpire " + place);

            try (Launcher next = Launcher.open(state())) {
                assertThat(next.undone())
                        .hasSize(3)
                        .anySatisfy(sentence -> assertThat(sentence).startsWith("stopped 1 process (n1 "))
                        .anySatisfy(sentence -> assertThat(sentence).startsWith("ran 'unmount " + place + "'"))
                        .anySatisfy(sentence -> assertThat(sentence).startsWith("removed " + place.getParent()));
            }
            assertThat(mounts()).doesNotContain(place.toString());
            assertThat(place).doesNotExist();
        }

        private Path state() {
            return folder.resolve("state");
        }
    }

    /** A harness with a node on a full disk, which says where, and waits to be killed. */
    static final class DoomedHarness {
        public static void main(String[] arguments) throws IOException {
            Launcher launcher = Launcher.open(Path.of(arguments[0]));
            SmallDisk disk = launcher.newDisk("n1", BYTES, Optional.empty());
            launcher.start(LauncherTest.sleeper(launcher, "n1", disk.folder(), Path.of(arguments[1])));
            disk.fill();
            System.out.println(disk.folder().getParent());
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody killed this harness");
            }
        }
    }

    private static String mounts() throws IOException {
        return Files.readString(Path.of("/proc/self/mounts"));
    }
}
