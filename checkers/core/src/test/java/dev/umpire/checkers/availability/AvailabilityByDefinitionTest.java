package dev.umpire.checkers.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.availability.AvailabilityOracle.Asked;
import dev.umpire.checkers.availability.AvailabilityOracle.Counts;
import dev.umpire.checkers.availability.AvailabilityOracle.Struck;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.TimeBound;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Recoveries and silences counted as by the definition, in every small history and in random larger ones. */
class AvailabilityByDefinitionTest {
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
    private static final int[] BOUNDS = {0, 1, 3};

    @Test
    void onEverySmallHistoryAsManyAreTooLongAsByTheDefinition() {
        List<Asked> operations = new ArrayList<>();
        for (int from = 0; from < 6; from++) {
            for (int until = from + 1; until < 7; until++) {
                for (Outcome outcome : Outcome.values()) {
                    operations.add(new Asked(from, until, outcome));
                }
            }
        }
        long count = 0;
        long broken = 0;
        for (List<Struck> faults : faults()) {
            for (int one = 0; one < operations.size(); one++) {
                // that which of two is written first makes no difference is what random histories look at
                for (Asked other : operations.subList(one, operations.size())) {
                    if (Share.includes(count++)) {
                        broken += compare(List.of(new Asked(0, 1, Outcome.OK), operations.get(one), other), faults);
                    }
                }
            }
        }
        System.out.println("availability: " + count + " histories, " + broken + " recoveries too slow");
        assertThat(broken).isPositive();
    }

    private static List<List<Struck>> faults() {
        List<List<Struck>> all = new ArrayList<>();
        all.add(List.of());
        for (String kind : List.of("pause", "failover")) {
            for (int[] times : new int[][] {{1, 2}, {2, 3}, {2, 4}}) {
                all.add(List.of(new Struck(kind, times[0], times[0], times[1])));
            }
            all.add(List.of(new Struck(kind, 2, 2, 3), new Struck("pause", 2, 2, 4)));
            all.add(List.of(new Struck(kind, 2, 2, 3), new Struck("pause", 3, 3, 4)));
            all.add(List.of(new Struck(kind, 2, 2, 3), new Struck("pause", 4, 4, 5)));
        }
        return all;
    }

    @Test
    void onRandomHistoriesAsManyAreTooLongAsByTheDefinition() {
        long seed = Long.getLong("umpire.seed", 20261123L);
        for (int i = 0; i < Share.of(2_000); i++) {
            Random random = new Random(seed * 1_000_003 + i);
            List<Asked> operations = new ArrayList<>();
            for (int o = 0; o < 1 + random.nextInt(12); o++) {
                int from = random.nextInt(40);
                operations.add(
                        new Asked(from, from + random.nextInt(8), OUTCOMES.get(random.nextInt(OUTCOMES.size()))));
            }
            List<Struck> faults = new ArrayList<>();
            for (int f = 0; f < random.nextInt(4); f++) {
                int injected = random.nextInt(40);
                faults.add(new Struck(
                        random.nextBoolean() ? "pause" : "failover",
                        injected,
                        injected,
                        injected + 1 + random.nextInt(6)));
            }
            compare(operations, faults);
        }
    }

    /** How many recoveries are too slow for the bounds. */
    private static long compare(List<Asked> operations, List<Struck> faults) {
        String transcript = transcript(operations, faults);
        History history = Transcript.parse(transcript);
        AvailabilityOracle oracle = new AvailabilityOracle(operations, faults);
        long broken = 0;
        for (int bound : BOUNDS) {
            TimeBound time = TimeBound.parse("any", bound + "ms");
            Counts recoveries = oracle.recoveries(bound);
            broken += recoveries.broken();
            Verdict recovers = RecoversWithin.check(history, CheckOptions.DEFAULT, time);
            Counts silences = oracle.silences(bound);
            Verdict available = AvailableWithin.check(history, CheckOptions.DEFAULT, time);
            if (!agrees(recovers, recoveries) || !agrees(available, silences)) {
                assertThat(transcript)
                        .as(
                                "within %s ms, by the definition %s and %s, found %s and %s",
                                bound, recoveries, silences, recovers, available)
                        .isEmpty();
            }
        }
        return broken;
    }

    private static boolean agrees(Verdict verdict, Counts counts) {
        Answer expected = counts.broken() > 0
                ? Answer.INVALID
                : counts.undecided() > 0 || counts.held() == 0 ? Answer.UNKNOWN : Answer.VALID;
        return verdict.answer() == expected
                && verdict.anomalyCount() == counts.broken()
                && verdict.obliged() == counts.held() + counts.broken();
    }

    private static String transcript(List<Asked> operations, List<Struck> faults) {
        StringBuilder lines = new StringBuilder();
        for (Asked one : operations) {
            String type = one.outcome().name().toLowerCase(Locale.ROOT);
            lines.append(one.from() + ".." + one.until() + " ms  session 1  n1  read x  " + type
                    + (one.outcome() == Outcome.OK ? " nil" : "") + "\n");
        }
        for (int f = 0; f < faults.size(); f++) {
            Struck fault = faults.get(f);
            lines.append(fault.injected() + " ms nemesis inject " + f + " " + fault.kind() + " n1\n");
            lines.append(fault.confirmed() + " ms nemesis confirm " + f + "\n");
            lines.append(fault.healed() + " ms nemesis heal " + f + "\n");
        }
        return lines.toString();
    }
}
