package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.ArrivalTimes;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LatenciesTest {
    private static final long MILLI = 1_000_000;

    private final List<Event> events = new ArrayList<>();

    @Test
    void percentilesAreNearestRanks() {
        for (int i = 1; i <= 1_000; i++) {
            operation("read", 2_000L * i, 2_000L * i, i, EventType.OK);
        }

        assertThat(Latencies.of(run(closed())).service().orElseThrow().sentence())
                .isEqualTo("p50 500.2 ms · p90 900.2 ms · p99 990.4 ms · p99.9 999.3 ms · at most 1000.0 ms");
        assertThat(Latencies.of(run(closed())).service().orElseThrow().maxNanos())
                .isEqualTo(1_000 * MILLI);
    }

    @Test
    void responseTimeAlsoCountsWhatWaitedBehindALateAnswerAndServiceTimeDoesNot() {
        // one arrives every 10 ms; the store stands still for a second, and answers within 1 ms otherwise
        operation("read", 0, 0, 1_000, EventType.OK);
        for (int i = 1; i <= 99; i++) {
            operation("read", 10L * i, 1_000 + i, 1, EventType.OK);
        }

        Latencies latencies = Latencies.of(run(open(Duration.ofSeconds(1), 100)));

        assertThat(latencies.service().orElseThrow().p50Nanos()).isBetween(MILLI, MILLI + MILLI / 1_000);
        Latency response = latencies.response().orElseThrow();
        assertThat(response.p50Nanos()).isBetween(540 * MILLI, 560 * MILLI);
        assertThat(response.p90Nanos()).isBetween(890 * MILLI, 920 * MILLI);
        assertThat(response.maxNanos()).isEqualTo(1_000 * MILLI);
    }

    @Test
    void onlyArrivalsWereToBeAskedAtACertainTime() {
        operation("read", 0, 0, 5, EventType.OK);

        assertThat(Latencies.of(run(closed())).response()).isEmpty();
        assertThat(of(Latencies.of(run(closed())), "read").response()).isEmpty();
        assertThat(Latencies.of(run(open(Duration.ofSeconds(1), 5))).response()).isPresent();
    }

    @Test
    void aClosedLoopWithARateLeavesOutWhatItCouldNotAskInTimeSoThatItsResponseTimeIsNotKnown() {
        // at 100 a second: the store stands still for a second, of which one request is made up for
        operation("read", 0, 0, 1_000, EventType.OK);
        operation("read", 990, 1_000, 1, EventType.OK);
        Run run = run(PlanBuilder.real("redis").rate(100).build());

        assertThat(Latencies.of(run).response()).isEmpty();
        assertThat(of(Latencies.of(run), "read").response()).isEmpty();
        assertThat(LatencyLog.of(run)).contains("read.ok.service").doesNotContain("response");
    }

    @Test
    void eachFunctionHasItsOwnAndWhatFailedOrIsAFinalReadHasNone() {
        operation("read", 0, 0, 5, EventType.OK);
        operation("write", 10, 10, 7, EventType.OK);
        operation("write", 20, 20, 900, EventType.FAIL);
        operation("read", 1_000, 1_000, 800, EventType.OK, "final");

        Latencies latencies = Latencies.of(run(closed()));

        assertThat(latencies.byFunction().keySet()).containsExactly("read", "write");
        assertThat(of(latencies, "write").service()).satisfies(write -> {
            assertThat(write.count()).isEqualTo(1);
            assertThat(write.maxNanos()).isEqualTo(7 * MILLI);
        });
        assertThat(latencies.service().orElseThrow().count()).isEqualTo(2);
    }

    @Test
    void requestsThatArrivedAndWereNeverAskedAreTold() {
        // in 100 ms fifty arrive at 2 ms each, of which twenty are asked
        arrivals(new ArrivalTimes(ArrivalTimes.OF_SESSIONS, 500, true), 20);
        Plan plan = open(Duration.ofMillis(100), 500);

        assertThat(Latencies.of(run(plan)).unserved()).contains(new Unserved(29, 58 * MILLI));
        assertThat(new Unserved(29, 58 * MILLI).sentence())
                .isEqualTo("29 requests had arrived and were not asked when the time was over;"
                        + " the first had waited for 58 ms");
        assertThat(Latencies.of(run(open(Duration.ofMillis(41), 500))).unserved())
                .isEmpty();
        Run early = RunExamples.run(plan, events, Optional.of(new EarlyStop("integrity", 1, "no")), Optional.empty());
        assertThat(Latencies.of(early).unserved()).isEmpty();
    }

    @Test
    void arrivalsThatAreDrawnAreCountedAsTheyAreDrawn() {
        ArrivalTimes times = new ArrivalTimes(ArrivalTimes.OF_SESSIONS, 500, false);
        arrivals(times, 20);
        long due = 0;
        long waiting = 0;
        for (int number = 0; due < 100 * MILLI; number++) {
            due += times.gapNanos(new KeyedRandom(3), number);
            waiting += number >= 20 && due < 100 * MILLI ? 1 : 0;
        }

        Plan plan = PlanBuilder.real("redis")
                .rate(500)
                .load(Load.OPEN)
                .seed(3)
                .lasting(Duration.ofMillis(100))
                .build();
        assertThat(waiting).isPositive();
        assertThat(Latencies.of(run(plan)).unserved().orElseThrow().requests()).isEqualTo(waiting);
    }

    @Test
    void whatAScriptAskedIsNoArrivalOfThePlan() {
        arrivals(new ArrivalTimes(ArrivalTimes.OF_SESSIONS, 500, true), 20);
        events.remove(6);
        events.remove(6);

        assertThat(Latencies.of(run(open(Duration.ofMillis(100), 500))).unserved())
                .isEmpty();
    }

    @Test
    void theLogIsReadByHdrHistogramAndSaysTheSame() {
        for (int i = 0; i < 300; i++) {
            operation(i % 3 == 0 ? "read" : "x, y", 10L * i, 10L * i + i % 7, 1 + i % 50, EventType.OK);
        }
        operation("read", 3_000, 3_000, 400, EventType.INFO);
        operation("read", 9_000, 9_000, 1, EventType.OK, "final");
        Run run = run(open(Duration.ofSeconds(4), 100));
        String log = LatencyLog.of(run);

        Map<String, AbstractHistogram> byTag = new TreeMap<>();
        List<Double> begins = new ArrayList<>();
        HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
        while (reader.hasNext()) {
            AbstractHistogram interval = (AbstractHistogram) reader.nextIntervalHistogram();
            begins.add(interval.getStartTimeStamp() / 1e3);
            byTag.merge(interval.getTag(), interval, (one, other) -> {
                one.add(other);
                return one;
            });
        }

        assertThat(byTag.keySet())
                .containsExactly(
                        "read.info.response",
                        "read.info.service",
                        "read.ok.response",
                        "read.ok.service",
                        "x__y.ok.response",
                        "x__y.ok.service");
        assertThat(begins).contains(0.0, 1.0, 2.0).doesNotContain(4.0).allMatch(begin -> begin <= 3);
        Latencies.OfFunction reads = of(Latencies.of(run), "read");
        assertThat(Latency.of(tagged(byTag, "read.ok.service"), reads.service().maxNanos()))
                .isEqualTo(reads.service());
        assertThat(Latency.of(
                        tagged(byTag, "read.ok.response"),
                        reads.response().orElseThrow().maxNanos()))
                .isEqualTo(reads.response().orElseThrow());
        assertThat(tagged(byTag, "read.info.service").getTotalCount()).isEqualTo(1);
        assertThat(log)
                .startsWith("#[Latencies of a run in nanoseconds")
                .contains("#[Histogram log format version 1.3]");
        assertThat(LatencyLog.of(run)).isEqualTo(log);
    }

    @Test
    void aLongRunHasNoMoreThanAHundredIntervals() {
        for (int i = 0; i < 1_000; i++) {
            operation("read", 5_000L * i, 5_000L * i, 3, EventType.OK);
        }

        assertThat(LatencyLog.of(run(closed())).lines().filter(line -> line.startsWith("Tag=")))
                .hasSizeBetween(90, 100);
    }

    @Test
    void aRunInWhichNothingHappenedHasALogWithoutIntervals() {
        assertThat(LatencyLog.of(run(closed())).lines()).noneMatch(line -> line.startsWith("Tag="));
    }

    @Test
    void jsonAndReportSayBothTimes() {
        arrivals(new ArrivalTimes(ArrivalTimes.OF_SESSIONS, 500, true), 20);
        Run run = run(open(Duration.ofMillis(100), 500));

        JsonNode json =
                JsonMapper.builder().build().readTree(VerdictJson.of(run)).get("latencyMillis");
        assertThat(json.at("/service/count").intValue()).isEqualTo(20);
        assertThat(json.at("/functions/read/response/p50").toString()).isEqualTo("1.0");
        assertThat(json.at("/unserved/requests").intValue()).isEqualTo(29);
        assertThat(HtmlReport.of(run))
                .contains("<h2>Latency</h2>", "response time", "29 requests had arrived and were not asked");
    }

    private static Latencies.OfFunction of(Latencies latencies, String function) {
        return Optional.ofNullable(latencies.byFunction().get(function)).orElseThrow();
    }

    private static AbstractHistogram tagged(Map<String, AbstractHistogram> byTag, String tag) {
        return Optional.ofNullable(byTag.get(tag)).orElseThrow();
    }

    private void arrivals(ArrivalTimes times, int count) {
        long due = 0;
        for (int number = 0; number < count; number++) {
            due += times.gapNanos(new KeyedRandom(3), number);
            add("read", due, due, MILLI, EventType.OK, "");
        }
    }

    private void operation(String function, long intendedMillis, long millis, long tookMillis, EventType end) {
        operation(function, intendedMillis, millis, tookMillis, end, "");
    }

    private void operation(
            String function, long intendedMillis, long millis, long tookMillis, EventType end, String phase) {
        add(function, intendedMillis * MILLI, millis * MILLI, tookMillis * MILLI, end, phase);
    }

    private void add(String function, long intended, long begun, long took, EventType end, String phase) {
        long process = events.size();
        for (EventType type : List.of(EventType.INVOKE, end)) {
            Event.Builder event = Event.of(type)
                    .time(type == EventType.INVOKE ? begun : begun + took)
                    .process(process)
                    .function(function)
                    .key(Value.of("x"))
                    .value(Value.NIL);
            if (type == EventType.INVOKE && intended != begun) {
                event.extra(Event.INTENDED, Value.of(intended));
            }
            if (!phase.isEmpty()) {
                event.phase(phase);
            }
            events.add(event.build());
        }
    }

    private static Plan closed() {
        return PlanBuilder.real("redis").build();
    }

    private static Plan open(Duration time, double rate) {
        return PlanBuilder.real("redis")
                .rate(rate)
                .load(Load.OPEN_EVEN)
                .lasting(time)
                .build();
    }

    private Run run(Plan plan) {
        return RunExamples.run(plan, events, Optional.empty(), Optional.empty());
    }
}
