package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour: every command that it names shows what it says. */
class LearnTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheTourBreaksWhatItSays() throws Exception {
        UmpireProcess.Ended tour = UmpireProcess.run(folder, List.of(), "learn");
        assertThat(tour.code()).as(tour.err()).isZero();
        List<String> commands = tour.out()
                .lines()
                .filter(line -> line.contains("./umpire run "))
                .map(line -> line.substring(line.indexOf("./umpire run ") + "./umpire ".length()))
                .toList();
        assertThat(tour.out().lines().filter(line -> line.startsWith("5-")).map(line -> line.split(" ")[0]))
                .containsExactly("5-3", "5-4", "5-5", "5-9", "5-12", "5-13");
        assertThat(commands).hasSize(6);
        for (String command : commands) {
            UmpireProcess.Ended run = UmpireProcess.run(folder, List.of(), command.split(" "));
            assertThat(run.code()).as(command + run.out() + run.err()).isEqualTo(1);
            if (command.contains("--workload cart")) {
                assertThat(run.out()).contains("RESURRECTED_ELEMENT");
            }
        }
    }
}
