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
        assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
        for (String command : commands) {
            UmpireProcess.Ended run = UmpireProcess.run(folder, List.of(), command.split(" "));
            assertThat(run.code()).as(command + run.out() + run.err()).isEqualTo(1);
        }
    }
}
