package dev.umpire.checkers.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counters against every choice of the changes that may have taken effect. */
class CounterByDefinitionTest {
    private static final int NEVER = Integer.MAX_VALUE;

    /** An operation; {@code amount} is what a change adds or a read returned, {@code failed} ones did nothing. */
    private record Deed(boolean read, long amount, int invoked, int completed, boolean failed, boolean isFinal) {
        boolean ok() {
            return completed != NEVER && !failed;
        }
    }

    @Test
    void onRandomHistoriesTheAnswersAreThoseOfTheDefinition() throws MalformedHistoryException {
        long seed = Long.getLong("umpire.seed", 20261126L);
        int[] answers = new int[3];
        for (int run = 0; run < Share.of(8_000); run++) {
            List<Deed> deeds = draw(new Random(seed * 1_000_003 + run));
            Verdict verdict = check(deeds);
            answers[List.of(Answer.values()).indexOf(verdict.answer())]++;
            assertThat(verdict.answer())
                    .as("umpire.seed=" + seed + " run " + run + ": " + deeds)
                    .isEqualTo(defined(deeds));
            for (Anomaly anomaly : verdict.anomalies()) {
                assertMinimal(deeds, anomaly);
            }
        }
        assertThat(answers).as("VALID, INVALID, UNKNOWN").doesNotContain(0);
    }

    /** With the changes in the other direction kept, as they are accounted for, no operation can be left out. */
    private static void assertMinimal(List<Deed> deeds, Anomaly anomaly) throws MalformedHistoryException {
        if (anomaly.kind().equals("COUNTER_NOT_A_SUM")) {
            assertThat(anomaly.operations()).hasSize(1);
            return;
        }
        int sign = anomaly.kind().equals("COUNTER_TOO_LOW") ? 1 : -1;
        for (int left = -1; left < anomaly.operations().size(); left++) {
            List<Deed> kept = new ArrayList<>();
            for (int i = 0; i < deeds.size(); i++) {
                boolean against = !deeds.get(i).read && Long.signum(deeds.get(i).amount) != sign;
                int place = anomaly.operations().indexOf(i);
                if (against || (place >= 0 && place != left)) {
                    kept.add(deeds.get(i));
                }
            }
            // what failed changes nothing, but says that there is a counter
            kept.add(new Deed(false, 1, 20, 21, true, false));
            boolean broken = check(kept).anomalies().stream()
                    .anyMatch(other -> other.kind().equals(anomaly.kind()));
            assertThat(broken).as(anomaly + " without " + left + " of " + deeds).isEqualTo(left < 0);
        }
    }

    private static Answer defined(List<Deed> deeds) {
        boolean counted = deeds.stream().anyMatch(deed -> !deed.read);
        List<Deed> reads = deeds.stream().filter(deed -> deed.read && deed.ok()).toList();
        if (!counted || reads.isEmpty()) {
            return Answer.UNKNOWN;
        }
        boolean marked = deeds.stream().anyMatch(Deed::isFinal);
        List<Deed> changes =
                deeds.stream().filter(deed -> !deed.read && !deed.failed).toList();
        Answer answer = Answer.VALID;
        for (Deed read : reads) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            boolean anySum = false;
            boolean settled = changes.stream().noneMatch(change -> change.ok() && change.completed > read.invoked);
            boolean last = reads.stream().noneMatch(other -> other.invoked > read.invoked);
            boolean isFinal = settled && (marked ? read.isFinal : last);
            for (int subset = 0; subset < 1 << changes.size(); subset++) {
                long sum = 0;
                boolean possible = true;
                for (int i = 0; i < changes.size(); i++) {
                    Deed change = changes.get(i);
                    boolean in = (subset >> i & 1) == 1;
                    possible &=
                            in ? change.invoked < read.completed : !(change.ok() && change.completed < read.invoked);
                    sum += in ? change.amount : 0;
                }
                if (possible) {
                    least = Math.min(least, sum);
                    most = Math.max(most, sum);
                    anySum |= sum == read.amount;
                }
            }
            boolean holds = least <= read.amount && read.amount <= most && (!isFinal || anySum);
            answer = answer.and(holds ? Answer.VALID : Answer.INVALID);
        }
        return answer;
    }

    private static Verdict check(List<Deed> deeds) throws MalformedHistoryException {
        List<String> events = new ArrayList<>();
        for (int at = 0; at < 2 * deeds.size() + 24; at++) {
            for (int i = 0; i < deeds.size(); i++) {
                Deed deed = deeds.get(i);
                boolean down = deed.amount < 0 && i % 2 == 0;
                String function = deed.read ? ":read" : down ? ":decrement" : ":add";
                String head =
                        "{:process " + i + ", :f " + function + (deed.isFinal ? ", :phase \"final\"" : "") + ", :type ";
                String value = ", :value " + (down && !deed.read ? -deed.amount : deed.amount) + "}";
                if (deed.invoked == at) {
                    events.add(head + ":invoke" + (deed.read ? ", :value nil}" : value));
                }
                if (deed.completed == at) {
                    events.add(head + (deed.failed ? ":fail" : ":ok") + value);
                }
            }
        }
        return Counter.check(History.parse("[" + String.join("\n", events) + "]"), CheckOptions.DEFAULT);
    }

    /** Operations in the order of their invocations. */
    private static List<Deed> draw(Random random) {
        int n = 1 + random.nextInt(6);
        List<Integer> stamps = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            stamps.add(i);
            stamps.add(i);
        }
        Collections.shuffle(stamps, random);
        boolean marks = random.nextInt(3) == 0;
        boolean losses = random.nextInt(3) == 0;
        List<Deed> deeds = new ArrayList<>();
        for (int at = 0; at < stamps.size(); at++) {
            int i = stamps.get(at);
            if (stamps.indexOf(i) != at) {
                continue;
            }
            boolean read = random.nextInt(3) == 0;
            int fate = random.nextInt(6);
            long amount = read ? random.nextInt(9) - (losses ? 4 : 0) : 1 + random.nextInt(4);
            boolean down = !read && losses && random.nextBoolean();
            deeds.add(new Deed(
                    read,
                    down ? -amount : amount,
                    at,
                    fate == 0 ? NEVER : stamps.lastIndexOf(i),
                    fate == 1,
                    read && marks && random.nextBoolean()));
        }
        return deeds;
    }
}
