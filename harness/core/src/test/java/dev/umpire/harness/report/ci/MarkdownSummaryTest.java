package dev.umpire.harness.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarkdownSummaryTest {

    private static List<String> lines(CheckedHistory... histories) {
        return MarkdownSummary.of(List.of(histories)).lines().toList();
    }

    @Test
    void aTableTellsHowEachHistoryStands() {
        assertThat(lines(CiExamples.all().toArray(CheckedHistory[]::new)))
                .contains(
                        "## Umpire: 6 histories: 1 held, 1 told, 1 undecided, 2 failed, 1 broken",
                        "| broken.edn | ✗ broken | read-your-writes | causal |",
                        "| told.edn | · told | read-your-writes (not required) |  |",
                        "| held.edn | ✓ held |  |  |",
                        "| lacking.edn | ? undecided |  | evidence |",
                        "| cut.edn | ! failed |  |  |");
    }

    @Test
    void whatIsPromisedStandsBesideWhatIsBrokenAndUndecided() {
        assertThat(lines(CiExamples.broken("none"), CiExamples.promised("h|")))
                .contains(
                        "| history | verdict | broken | undecided | promise |",
                        "|---|---|---|---|---|",
                        "| none | ✗ broken | read-your-writes | causal |  |",
                        "| h\\| | ✗ broken | read-your-writes (promised, but not under clock) | causal (not promised) |"
                                + " configuration \\*: 1 held, 1 broken; not promised under clock |");
        assertThat(lines(CiExamples.broken("none"))).contains("| history | verdict | broken | undecided |");
    }

    @Test
    void theWitnessIsToldInAFence() {
        List<String> lines = lines(CiExamples.broken("h"));

        int fence = lines.indexOf("```text");
        assertThat(fence).isPositive();
        assertThat(lines.get(fence + 1)).startsWith("session 3").contains("wrote x=41 at n1");
        assertThat(lines.subList(fence, lines.size())).contains("session 3 no longer sees its own write", "```");
    }

    @Test
    void hostileTextNeitherEndsAFenceNorMarksAnythingUp() {
        String summary = MarkdownSummary.of(List.of(CiExamples.hostile()));
        List<String> lines = summary.lines().toList();

        assertThat(lines).filteredOn(line -> line.startsWith("````")).containsExactly("````text", "````");
        String row = lines.get(4);
        assertThat(row)
                .contains("&lt;script&gt;", "\\[a\\](http&#58;//x)", "&#64;all", "\\`\\`\\`", "\\|")
                .doesNotContain("<script>");
        assertThat(summary).hasSizeLessThan(20_000).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void noMoreThanFiftyWitnessesAreTold() {
        CheckedHistory[] many =
                IntStream.range(0, 60).mapToObj(i -> CiExamples.broken("h" + i)).toArray(CheckedHistory[]::new);

        assertThat(Stream.of(MarkdownSummary.of(List.of(many)).split("\n", -1)).filter(line -> line.equals("```text")))
                .hasSize(50);
        assertThat(lines(many)).endsWith("and 10 broken guarantees more");
    }
}
