package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.targets.testing.PretendedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be started, as a user meets it: exit code 2, what was found and expected, and nothing left behind. */
class WrongStoreTest {

    @TempDir
    Path folder;

    @Test
    void aProgramOfAnotherVersionIsRefused() throws Exception {
        Path program = PretendedProgram.write(folder.resolve("newer"), "echo Redis server v=8.0.1 sha=0:0");

        refused(program, "found Redis 8.0.1, expected Redis 5 to 7", "--set version=any");
    }

    @Test
    void aProgramThatIsNotThereIsRefusedWithItsPackage() throws Exception {
        refused(folder.resolve("nothing"), "found no executable file", "apt-get install redis-server");
    }

    private void refused(Path program, String... message) throws Exception {
        UmpireProcess.Ended ended = UmpireProcess.run(
                folder,
                List.of("-Xmx256m", "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("temporary"))),
                "run",
                "redis",
                "--set",
                "home=" + program);

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(message);
        try (Stream<Path> left = Files.list(folder.resolve("temporary"))) {
            assertThat(left).noneMatch(each -> each.getFileName().toString().startsWith("umpire-"));
        }
    }
}
