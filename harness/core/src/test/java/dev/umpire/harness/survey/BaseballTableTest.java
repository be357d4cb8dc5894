package dev.umpire.harness.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.RunExamples;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.survey.BaseballTable.Share;
import dev.umpire.harness.workload.Baseball.Participant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a read is wrong for the one who makes it, where nobody knows what became of a write. */
class BaseballTableTest {
    private static final Duration BOUND = Duration.ofMillis(50);
    private static final String FIRST_RUN = write("home", 1, "ok");
    private static final String NOT_YET = read(1, "{\"home\" 0, \"visitors\" 0}");

    @Test
    void aScoreIsOldOnceAnotherWasAcknowledged() {
        assertThat(counted(Participant.UMPIRE, FIRST_RUN + NOT_YET)).isEqualTo(new Share(1, 1));
    }

    @Test
    void aRunOfWhichNobodyHeardMayNotHaveBeenWritten() {
        assertThat(counted(Participant.UMPIRE, write("home", 1, "info") + NOT_YET))
                .isEqualTo(new Share(0, 1));
    }

    @Test
    void aRunOfWhichNobodyHeardMayHaveBeenWrittenAfterTheNext() {
        assertThat(counted(
                        Participant.UMPIRE,
                        write("home", 1, "info") + write("home", 2, "ok") + read(1, "{\"home\" 1, \"visitors\" 0}")))
                .isEqualTo(new Share(0, 1));
    }

    @Test
    void aScoreNeverWasWhoseRunsAreShownWithoutAnEarlierOne() {
        assertThat(counted(
                        Participant.RADIO_REPORTER,
                        FIRST_RUN + write("visitors", 1, "ok") + read(2, "{\"home\" 0, \"visitors\" 1}")))
                .isEqualTo(new Share(1, 1));
    }

    @Test
    void aScoreMayHaveBeenWhereTheEarlierRunMayNot() {
        assertThat(counted(
                        Participant.RADIO_REPORTER,
                        write("home", 1, "info")
                                + write("visitors", 1, "ok")
                                + read(2, "{\"home\" 0, \"visitors\" 1}")))
                .isEqualTo(new Share(0, 1));
    }

    @Test
    void theSportswriterIsToldNothingWrongUntilTheBoundHasPassed() {
        String run = at(10, write("home", 1, "ok"));

        assertThat(counted(Participant.SPORTSWRITER, run + at(60, read(3, "{\"home\" 0, \"visitors\" 0}"))))
                .as("50 ms after it was acknowledged")
                .isEqualTo(new Share(0, 1));
        assertThat(counted(Participant.SPORTSWRITER, run + at(61, read(3, "{\"home\" 0, \"visitors\" 0}"))))
                .as("51 ms after it was acknowledged")
                .isEqualTo(new Share(1, 1));
    }

    @Test
    void whatIsOldCannotBeComparedWithTheBoundWithoutTimes() {
        String old = FIRST_RUN + read(3, "{\"home\" 0, \"visitors\" 0}");

        assertThatThrownBy(() -> counted(Participant.SPORTSWRITER, old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("times: found none in the recording, expected some, to compare with the bound");
    }

    @Test
    void aBoundIsNotNegative() {
        assertThatThrownBy(() -> new BaseballTable(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound: found PT-0.001S, expected 0 or more");
    }

    private static Share counted(Participant participant, String edn) {
        BaseballTable table = new BaseballTable(BOUND);
        table.add(new Run(
                PlanBuilder.simulated("simulated").build(),
                RunExamples.history(edn),
                List.of(),
                List.of(),
                List.of(),
                Path.of("history.edn")));
        return table.of(participant);
    }

    /** The same events, all at one time. */
    private static String at(long millis, String events) {
        return events.replace(", :node", ", :time " + millis * 1_000_000 + ", :node");
    }

    private static String write(String key, int value, String ending) {
        return """
                {:type :invoke, :process 0, :session 0, :f :write, :key "%1$s", :value %2$d, :node "n1"}
                {:type :%3$s, :process 0, :session 0, :f :write, :key "%1$s", :value %2$d, :node "n1"}
                """.formatted(key, value, ending);
    }

    private static String read(int session, String score) {
        return """
                {:type :invoke, :process %1$d, :session %1$d, :f :snapshot, :value ["home" "visitors"], :node "n1"}
                {:type :ok, :process %1$d, :session %1$d, :f :snapshot, :value %2$s, :node "n1"}
                """.formatted(session, score);
    }
}
