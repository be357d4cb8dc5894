package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.targets.testing.PretendedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    void aSmallDiskThatMayNotBeMountedIsRefused() throws Exception {
        List<String> without = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set=-sys_admin")
                : List.of();

        refused(without, List.of("--nemesis", "full-disk"), "not supported here", "expected root with CAP_SYS_ADMIN");
    }

    @Test
    void aClockThatNobodyCanComeBetweenIsRefusedWithTheReason() throws Exception {
        UmpireProcess.Ended ended =
                UmpireProcess.run(List.of(), folder, List.of("-Xmx256m"), "run", "etcd", "--nemesis", "clock");

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("nemesis: found clock, but etcd", "not supported here: etcd asks the kernel for the time");
    }

    private void refused(Path program, String... message) throws Exception {
        refused(List.of(), List.of("--set", "home=" + program), message);
    }

    private void refused(List<String> before, List<String> options, String... message) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "redis"));
        arguments.addAll(options);
        UmpireProcess.Ended ended = UmpireProcess.run(
                before,
                folder,
                List.of("-Xmx256m", "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("temporary"))),
                arguments.toArray(String[]::new));

        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(message);
        try (Stream<Path> left = Files.list(folder.resolve("temporary"))) {
            assertThat(left).noneMatch(each -> each.getFileName().toString().startsWith("umpire-"));
        }
    }
}
