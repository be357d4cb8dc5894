package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.Redaction;
import dev.umpire.histories.event.Event;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is hidden before a history is shared changes nothing of what is said of it. */
class RedactionTest {
    private static final String SECRET = "(?s).*(alice|cart-77|gold|db-paris|4711|hunter2).*";

    static List<String> examples() throws IOException {
        return ExamplesTest.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyGuaranteeIsAnsweredAsBefore(String example) throws IOException {
        History history = ExamplesTest.recorded(example);
        History hidden = Redaction.of(history).history();

        for (Guarantee guarantee : Guarantee.all()) {
            assertThat(said(guarantee.check(hidden, CheckOptions.DEFAULT)))
                    .isEqualTo(said(guarantee.check(history, CheckOptions.DEFAULT)));
        }
    }

    private static String said(Verdict verdict) {
        return verdict.guarantee() + " " + verdict.answer() + " " + verdict.anomalyCount() + " of " + verdict.obliged()
                + " "
                + verdict.anomalies().stream().map(Anomaly::kind).toList()
                + verdict.anomalies().stream().map(Anomaly::operations).toList();
    }

    @Test
    void nothingSecretStays() throws Exception {
        History history = History.parse("""
                {"umpire":"history","version":1,"nodes":["db-paris","db-rome"],"initial":"gold-0"}
                {"type":"invoke","process":1,"session":"alice","node":"db-paris","f":"write","key":"cart-77","value":4711}
                {"type":"ok","process":1,"session":"alice","node":"db-paris","f":"write","key":"cart-77","value":4711}
                {"type":"invoke","process":2,"f":"snapshot","value":["cart-77"],"password":"hunter2"}
                {"type":"ok","process":2,"f":"snapshot","value":{"cart-77":4711}}
                {"type":"invoke","process":2,"f":"write","key":"cart-77","value":["gold",{"a":"gold"}]}
                {"type":"info","process":2,"f":"write","key":"cart-77","value":["gold",{"a":"gold"}],"error":"alice at db-paris"}
                {"type":"info","process":"nemesis","f":"inject","value":{"id":1,"fault":"partition","links":[["db-paris","db-rome"]],"evidence":"db-paris"}}
                """);
        Redaction redaction = Redaction.of(history);
        History hidden = redaction.history();

        for (Event event : hidden.events()) {
            assertThat(event.toString()).doesNotMatch(SECRET);
        }
        assertThat(hidden.nodes()).containsExactly("n1", "n2");
        assertThat(hidden.value(hidden.initialValue()).toString()).doesNotMatch(SECRET);
        assertThat(redaction.notHidden()).containsExactly("left out: the fields password");
        assertThat(hidden.nemesisEvents().get(0).value().toString()).contains("partition", "[[n1, n2]]");
    }

    @Test
    void theOrderOfNumbersStays() throws Exception {
        History hidden = Redaction.of(History.parse("""
                        {"type":"invoke","process":1,"f":"write","key":"x","value":900}
                        {"type":"ok","process":1,"f":"write","key":"x","value":900}
                        {"type":"invoke","process":1,"f":"write","key":"x","value":-5}
                        {"type":"ok","process":1,"f":"write","key":"x","value":-5}
                        {"type":"invoke","process":1,"f":"write","key":"x","value":17}
                        {"type":"ok","process":1,"f":"write","key":"x","value":17}
                        """)).history();

        assertThat(List.of(0, 1, 2))
                .extracting(o -> hidden.value(hidden.argument(o)).toString())
                .containsExactly("3", "1", "2");
    }

    @Test
    void whenAnOperationWasToBeAskedStaysAsAllTimesDo() throws Exception {
        Redaction redaction = Redaction.of(History.parse("""
                {"time":900,"type":"invoke","process":1,"f":"write","key":"x","value":70,"intended":3}
                {"time":950,"type":"ok","process":1,"f":"write","key":"x","value":70}
                """));

        History hidden = redaction.history();
        assertThat(hidden.intendedNanos(0)).isEqualTo(3);
        assertThat(hidden.value(hidden.argument(0)).toString()).isEqualTo("1");
        assertThat(redaction.notHidden()).isEmpty();
    }

    @Test
    void whatIsCountedWithStaysAndIsTold() throws Exception {
        Redaction redaction = Redaction.of(History.parse("""
                {"type":"invoke","process":1,"f":"increment","key":"visits","value":900}
                {"type":"ok","process":1,"f":"increment","key":"visits","value":900}
                """));

        assertThat(redaction.history().value(redaction.history().argument(0)).toString())
                .isEqualTo("900");
        assertThat(redaction.notHidden())
                .containsExactly("numbers stay as they are, since the history counts with them");
    }
}
