package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories in which more hangs together than can be searched are decided by playing the store back. */
class ScheduleTest {
    private static final int HISTORIES = Share.of(3_000);
    private static final List<WriteOrder> ASSUMPTIONS = List.of(WriteOrder.values());
    private static final List<Promise> PROMISES = List.of(Promise.values());
    private static final int SESSIONS = 32;
    private static final int KEYS = 8;

    @Test
    void sessionsOfFollowersThatLagFarBehindKeepIt() {
        for (WriteOrder order : List.of(WriteOrder.REAL_TIME, WriteOrder.SESSION)) {
            Verdict verdict = MonotonicPrefix.check(laggingFollowers(16_000), CheckOptions.DEFAULT.with(order));
            assertThat(verdict.answer()).as("%s", verdict).isEqualTo(Answer.VALID);
            assertThat(verdict.algorithm()).isEqualTo("saturation and search of version orders");
        }
    }

    @Test
    void whatPlaysBackIsKeptAndWhatContradictsItselfIsBroken() {
        int kept = 0;
        int played = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            History history = History.of(RandomHistory.events(seed));
            Promise promise = PROMISES.get((int) (seed / 3 % 3));
            WriteOrder assumption =
                    promise == Promise.STRICT ? WriteOrder.REAL_TIME : ASSUMPTIONS.get((int) (seed % 3));
            Recorded recorded = Recorded.of(history, promise);
            PrefixGraph graph = new PrefixGraph(recorded, VersionOrders.of(recorded, assumption));
            Budget budget = new Budget(1_000, CheckOptions.DEFAULT.deadline());
            Answer defined = PrefixOracle.judge(history, assumption, promise);
            if (Saturation.of(graph, budget).cyclic()) {
                assertThat(defined).as("seed %d", seed).isNotEqualTo(Answer.VALID);
                continue;
            }
            Schedule.into(graph, new SightIndex(graph), budget);
            boolean explained = !graph.guessed().cyclic() && graph.guessKeepsRealTime();
            if (explained) {
                assertThat(defined).as("seed %d", seed).isNotEqualTo(Answer.INVALID);
            }
            if (defined == Answer.VALID) {
                kept++;
                played += explained ? 1 : 0;
            }
        }
        assertThat(kept).isGreaterThan(HISTORIES / 4);
        assertThat(played).isGreaterThan(kept * 97 / 100);
    }

    /** One log, of which each session reads what its follower has: thousands of writes behind, and never less than before. */
    private static History laggingFollowers(int operations) {
        SplittableRandom random = new SplittableRandom(5);
        List<Event> events = new ArrayList<>();
        List<int[]> log = new ArrayList<>();
        int[] step = new int[SESSIONS];
        int[] key = new int[SESSIONS];
        int[] write = new int[SESSIONS];
        int[] applied = new int[SESSIONS];
        int[][] state = new int[SESSIONS][KEYS];
        int[] rest = new int[SESSIONS];
        int begun = 0;
        while (begun < operations) {
            int session = random.nextInt(SESSIONS);
            if (rest[session]-- > 0) {
                continue;
            }
            // some requests and some answers are long under way
            rest[session] = random.nextInt(3) == 0 ? random.nextInt(200) : 0;
            switch (step[session]++ % 3) {
                case 0 -> {
                    key[session] = random.nextInt(KEYS);
                    write[session] = random.nextInt(5) < 2 ? ++begun : 0;
                    begun += write[session] == 0 ? 1 : 0;
                    add(events, EventType.INVOKE, session, key[session], write[session], write[session]);
                }
                case 1 -> {
                    if (write[session] > 0) {
                        log.add(new int[] {key[session], write[session]});
                    } else {
                        // now and then a follower hears nothing for long, and then all at once
                        boolean cutOff = (begun / 4_000 + session) % 3 > 0;
                        int upTo =
                                cutOff ? applied[session] : Math.max(applied[session], log.size() - random.nextInt(20));
                        while (applied[session] < upTo) {
                            int[] entry = log.get(applied[session]++);
                            state[session][entry[0]] = entry[1];
                        }
                    }
                }
                default -> {
                    int value = write[session] > 0 ? write[session] : state[session][key[session]];
                    add(events, EventType.OK, session, key[session], write[session], value);
                }
            }
        }
        return History.of(events);
    }

    private static void add(List<Event> events, EventType type, int session, int key, int write, int value) {
        events.add(Event.of(type)
                .time(1_000L * events.size())
                .process(session)
                .session(session)
                .function(write > 0 ? "write" : "read")
                .key(Value.of("k" + key))
                .value(value == 0 ? Value.NIL : Value.of(value))
                .build());
    }
}
