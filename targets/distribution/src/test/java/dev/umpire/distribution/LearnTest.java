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
        UmpireProcess.Ended tour = UmpireHere.run(folder, "learn");
        assertThat(tour.code()).as(tour.err()).isZero();
        List<String> commands = tour.out()
                .lines()
                .filter(line -> line.contains("./umpire run "))
                .map(line -> line.substring(line.indexOf("./umpire run ") + "./umpire ".length()))
                .toList();
        assertThat(tour.out()
                        .lines()
                        .filter(line -> line.startsWith("5-"))
                        .map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("5-3", "5-4", "5-5", "5-9", "5-12", "5-13");
        assertThat(commands).hasSize(6);
        for (String command : commands) {
            UmpireProcess.Ended run = UmpireHere.run(folder, command.split(" "));
            assertThat(run.code()).as(command + run.out() + run.err()).isEqualTo(1);
            if (command.contains("--workload cart")) {
                assertThat(run.out()).contains("RESURRECTED_ELEMENT");
            }
        }
    }

    @Test
    void aFigureEndsAsItsCommandDoes() throws Exception {
        UmpireProcess.Ended learnt = UmpireHere.run(folder, "learn", "5-13");

        assertThat(learnt.code()).as(learnt.out() + learnt.err()).isEqualTo(1);
        assertThat(learnt.out())
                .startsWith("figure     5-13: what was taken out of a shared cart lies in it again\n")
                .contains("RESURRECTED_ELEMENT")
                .containsPattern("\n  session \\d+ +removed \\d+ from set cart");
    }

    @Test
    void nobodyOfAGameIsToldSomethingWrongUnderTheGuaranteeThatHeNeeds() throws Exception {
        UmpireProcess.Ended learnt = UmpireHere.run(folder, "learn", "baseball", "--seeds", "1");
        assertThat(learnt.code()).as(learnt.err()).isZero();
        List<List<String>> rows =
                learnt.out().lines().map(line -> List.of(line.split(" {2,}"))).toList();
        List<String> head = rows.stream()
                .filter(row -> row.get(0).equals("wrong for"))
                .findFirst()
                .orElseThrow();
        List<List<String>> participants =
                rows.stream().filter(row -> row.size() == head.size() + 1).toList();
        assertThat(participants).as(learnt.out()).hasSize(6);
        for (List<String> row : participants) {
            String needs = row.get(1);
            List<String> needed = head.stream().skip(1).filter(needs::contains).toList();
            // two of them need two guarantees: the stronger, or the store that keeps both, stands first
            assertThat(needed).as(needs).isNotEmpty();
            assertThat(row.get(head.indexOf(needed.get(0)) + 1)).as("%s", row).isEqualTo("0.0 %");
        }
        assertThat(learnt.out().lines().filter(line -> line.startsWith("read-your-writes ")))
                .as("what the store of a column keeps beside")
                .singleElement()
                .asString()
                .contains("sl-token", "monotonic-reads");
    }
}
