package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes nothing is told in one line, and keeps what it has. */
class UnwritableFolderTest {
    @TempDir
    private Path folder;

    private UmpireProcess.Ended run(String... more) throws Exception {
        String[] all = new String[more.length + 1];
        all[0] = "run";
        System.arraycopy(more, 0, all, 1, more.length);
        return UmpireProcess.run(folder, List.of(), all);
    }

    @Test
    void aFullDiskKeepsTheHistoryUntilThen() throws Exception {
        try (Disk disk = Disk.mounted(Files.createDirectory(folder.resolve("small")), "256k")) {
            UmpireProcess.Ended ended = run("--ops", "20000", "--nemesis", "none", "--out", "small/runs");

            assertThat(ended.code()).isEqualTo(2);
            // after a line of progress, where the machine is slow
            assertThat(ended.err().lines().reduce((line, last) -> last).orElse(""))
                    .startsWith("umpire run: the run failed: the recording cannot be written: No space left on device"
                            + "; what was recorded is in small/runs/");
            assertThat(ended.err()).doesNotContain("\tat ");
            UmpireProcess.Ended check =
                    UmpireProcess.run(disk.folder(), List.of(), "check", "runs/latest", "-g", "integrity");
            assertThat(check.code()).as(check.err()).isZero();
            assertThat(check.out()).contains("it was interrupted", "integrity  ✓ held");
        }
    }

    @Test
    void aReadOnlyFolderIsToldAndItsRunsAreRead() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (Disk mounted = Disk.mounted(disk, "16m")) {
            assertThat(run("--ops", "300", "--out", "disk/runs").code()).isZero();
            mounted.makeReadOnly();

            UmpireProcess.Ended ended = run("--ops", "300", "--out", "disk/runs");

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .hasLineCount(1)
                    .startsWith("umpire run: --out disk/runs: found ")
                    .contains("Read-only file system, expected a folder that can be made or written");
            UmpireProcess.Ended check = UmpireProcess.run(
                    folder, List.of(), "check", "disk/runs", "-g", "integrity", "--junit-xml", "disk/x.xml");
            assertThat(check.code()).isEqualTo(2);
            assertThat(check.out()).contains("✓ held");
            assertThat(check.err()).contains("--junit-xml disk/x.xml: cannot be written: ");
        }
    }
}
