package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FaultCostTest {
    private int index;

    private String operation(String function, String key, String value, String end, long from, long until) {
        String rest = ", :process 0, :f :" + function + ", :key \"" + key + "\", :value ";
        String last = until > 900 ? ", :phase :final" : "";
        return "{:type :invoke" + rest + (function.equals("read") ? "nil" : value) + last + ", :time " + from
                + "000000, :index " + index++ + "}\n{:type :" + end + rest + value + last + ", :time " + until
                + "000000, :index " + index++ + "}\n";
    }

    private String nemesis(String function, int id, String kind, long at) {
        return "{:type :info, :process :nemesis, :f :" + function + ", :value {\"id\" " + id + ", \"fault\" \"" + kind
                + "\", \"nodes\" [\"n1\"]}, :time " + at + "000000, :index " + index++ + "}\n";
    }

    private String pause(int id, long at) {
        return nemesis("inject", id, "pause", at) + nemesis("confirm", id, "pause", at + 1);
    }

    private static Run run(String edn, Verdict... verdicts) {
        return RunExamples.run(RunExamples.history(edn), verdicts);
    }

    private static List<FaultCost> of(Run run) {
        return FaultCost.of(run.history(), run.judged());
    }

    @Test
    void faultsOfAKindAreToldTogetherByTheWorstOfThem() {
        String edn = operation("read", "x", "nil", "ok", 1, 2)
                + pause(1, 10)
                + nemesis("heal", 1, "pause", 20)
                + operation("read", "x", "nil", "ok", 22, 40)
                + pause(2, 50)
                + operation("read", "x", "nil", "ok", 52, 58)
                + nemesis("heal", 2, "pause", 60)
                + operation("read", "x", "nil", "ok", 61, 65);

        assertThat(of(run(edn)))
                .singleElement()
                .extracting(FaultCost::cells, InstanceOfAssertFactories.list(String.class))
                .containsExactly("pause", "18 ms (read)", "2 of 2, at most 18 ms (read)", "not judged");
    }

    @Test
    void oneThatWasNotSeenToRecoverIsToldBeforeAnySlowOne() {
        String edn = operation("read", "x", "nil", "ok", 1, 2)
                + pause(1, 10)
                + nemesis("heal", 1, "pause", 20)
                + operation("read", "x", "nil", "ok", 22, 40)
                + pause(2, 50)
                + nemesis("heal", 2, "pause", 60)
                + operation("read", "x", "nil", "info", 61, 65)
                + nemesis("inject", 3, "crash", 70);

        assertThat(of(run(edn)))
                .extracting(cost -> String.join(" | ", cost.cells()))
                .containsExactly(
                        "pause | 18 ms (read) | 1 of 2, not within 4 ms (read) | not judged",
                        "crash | nobody asked | not seen | not judged");
    }

    @Test
    void allLossesAreCountedAlsoThoseThatTheVerdictDoesNotList() {
        StringBuilder edn = new StringBuilder(pause(1, 10));
        for (int key = 0; key < 12; key++) {
            edn.append(operation("write", "k" + key, "1", "ok", 12 + 2 * key, 13 + 2 * key));
        }
        edn.append(nemesis("heal", 1, "pause", 90));
        for (int key = 0; key < 12; key++) {
            edn.append(operation("read", "k" + key, "nil", "ok", 910 + 2 * key, 911 + 2 * key));
        }
        History history = RunExamples.history(edn.toString());
        Verdict durability = Guarantee.DURABILITY.check(history, CheckOptions.DEFAULT);

        assertThat(durability.anomalies()).hasSize(10);
        assertThat(of(RunExamples.run(history, durability)))
                .extracting(cost -> cost.cells().get(3))
                .containsExactly("12 or more");
    }

    @Test
    void whereNothingWasLostThatIsSaid() {
        assertThat(of(run(pause(1, 10), RunExamples.held("durability"))))
                .extracting(cost -> cost.cells().get(3))
                .containsExactly("0");
    }

    @Test
    void programsAreToldOfEachFault() {
        String edn = operation("read", "x", "nil", "ok", 1, 2)
                + pause(1, 10)
                + operation("read", "x", "nil", "ok", 12, 19)
                + nemesis("heal", 1, "pause", 20)
                + operation("read", "x", "nil", "info", 22, 40)
                + pause(2, 50);

        JsonNode told = JsonMapper.builder()
                .build()
                .readTree(VerdictJson.file(run(edn)))
                .at("/evidence/availability");

        assertThat(told).hasSize(2);
        assertThat(told.get(0).toString())
                .isEqualTo(
                        "{\"id\":\"1\",\"fault\":\"pause\",\"strikes\":\"n1\",\"longestSilenceMillis\":18.0,"
                                + "\"silentFunction\":\"read\",\"recoveryMillis\":18.0,\"recovered\":false,\"lostWrites\":null}");
        assertThat(told.get(1).toString())
                .isEqualTo("{\"id\":\"2\",\"fault\":\"pause\",\"strikes\":\"n1\",\"longestSilenceMillis\":null,"
                        + "\"silentFunction\":null,\"recoveryMillis\":null,\"recovered\":null,\"lostWrites\":null}");
    }

    @Test
    void theReportTellsIt() {
        String edn = operation("read", "x", "nil", "ok", 1, 2)
                + pause(1, 10)
                + nemesis("heal", 1, "pause", 20)
                + operation("read", "x", "nil", "ok", 22, 40);

        assertThat(HtmlReport.of(run(edn)))
                .contains("acknowledged writes lost", "1 of 1, at most 18 ms (read)")
                .contains("<p>Longest: a function was asked and nobody acknowledged it, between the injection and the"
                        + " next fault;");
        assertThat(HtmlReport.of(run(operation("read", "x", "nil", "ok", 1, 2))))
                .doesNotContain("nobody acknowledged it");
    }
}
