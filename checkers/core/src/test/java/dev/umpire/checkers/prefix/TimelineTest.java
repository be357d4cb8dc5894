package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
    private static final long SEED = Long.getLong("umpire.seed", 20261126L);

    @ParameterizedTest
    @CsvSource({"6000, 3", "6000, 150", "1, 1", "2, 2", "7, 3", "30, 20", "511, 300", "513, 511"})
    void everyEventIsToldInTheOrderOfTheRecording(int operations, int stayOpen) throws MalformedHistoryException {
        Random random = new Random(SEED);
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        int begun = 0;
        while (begun < operations || !open.isEmpty()) {
            // the first operations stay open for thousands of events, the others for a few
            boolean begin = begun < operations && (open.size() <= stayOpen || random.nextInt(3) == 0);
            int oldest = begun < operations && open.size() > stayOpen ? stayOpen : 0;
            if (begin) {
                lines.append(line("invoke", begun));
                expected.add("invoked " + begun);
                open.add(begun++);
            } else {
                int done = open.remove(oldest + random.nextInt(open.size() - oldest));
                lines.append(line("ok", done));
                expected.add("completed " + done);
            }
        }
        Recorded recorded = Recorded.of(History.parse(lines.toString()), Promise.CONSISTENT);
        List<String> told = new ArrayList<>();

        Timeline.tell(recorded, new Timeline.Listener() {
            @Override
            public void invoked(int i, int write) {
                assertThat(write).isEqualTo(i);
                told.add("invoked " + i);
            }

            @Override
            public void completed(int i, int write) {
                assertThat(write).isEqualTo(i);
                told.add("completed " + i);
            }
        });

        assertThat(told).as("umpire.seed=" + SEED).isEqualTo(expected);
    }

    private static String line(String type, int operation) {
        return "{\"type\":\"" + type + "\",\"process\":" + operation + ",\"f\":\"write\",\"key\":\"x\",\"value\":"
                + operation + "}\n";
    }
}
