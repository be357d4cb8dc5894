package dev.umpire.harness.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultCourseTest {

    private static final List<String> FUNCTIONS = List.of("confirm", "unconfirmed", "heal", "gone");
    private static final int MOST = 5;

    @Test
    void whoCountsWhileARunGoesOnAndWhoReadsItsRecordingAgreeOnWhatIsInForce() throws MalformedHistoryException {
        for (int count = 0; count <= MOST; count++) {
            int all = (int) Math.pow(FUNCTIONS.size(), count);
            for (int number = 0; number < all; number++) {
                List<String> functions = functions(count, number);
                FaultCourse course = new FaultCourse();
                functions.forEach(course::add);
                Fault fault = Fault.of(History.parse(events(functions))).get(0);

                assertThat(course.isInForce())
                        .as(functions.toString())
                        .isEqualTo(!fault.gone() && fault.healedAt().isEmpty());
            }
        }
    }

    @Test
    void whatWasSeenGoneAndThenNotIsInForce() {
        FaultCourse course = new FaultCourse();
        List.of("inject", "confirm", "heal", "gone").forEach(course::add);
        assertThat(course.isInForce()).isFalse();

        course.add("unconfirmed");
        assertThat(course.isInForce()).isTrue();
    }

    @Test
    void aConfirmationThatWasTakenBackMakesNoDoubtOfTheHeal() {
        FaultCourse course = new FaultCourse();
        List.of("inject", "confirm", "unconfirmed", "heal", "unconfirmed").forEach(course::add);

        assertThat(course.isInForce()).isFalse();
    }

    private static List<String> functions(int count, int number) {
        return Stream.concat(
                        Stream.of("inject"),
                        IntStream.iterate(number, rest -> rest / FUNCTIONS.size())
                                .limit(count)
                                .mapToObj(rest -> FUNCTIONS.get(rest % FUNCTIONS.size())))
                .toList();
    }

    private static String events(List<String> functions) {
        return functions.stream()
                .map(function ->
                        "{:process :nemesis, :type :info, :f :" + function + ", :value {:id 1, :fault \"clock\"}}\n")
                .collect(Collectors.joining());
    }
}
