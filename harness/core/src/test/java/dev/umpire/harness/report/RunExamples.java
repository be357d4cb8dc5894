package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.launcher.Usage;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Plan.NemesisPlan;
import dev.umpire.harness.plan.Plan.WorkloadPlan;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs to present, with verdicts made by hand. */
public final class RunExamples {
    private RunExamples() {}

    /** Session 3 writes 41 and reads 37 during a partition; times in milliseconds as in the text. */
    public static final String STALE_OWN_READ = """
            {:type :invoke, :process 5, :f :write, :key "x", :value 37, :node "n1", :time 1100000000, :index 10}
            {:type :ok, :process 5, :f :write, :key "x", :value 37, :node "n1", :time 1120000000, :index 11}
            {:type :info, :process :nemesis, :f :inject, :value {"id" 1, "fault" "partition", "links" [["n1" "n2"]]}, :time 1180000000, :index 12}
            {:type :info, :process :nemesis, :f :confirm, :value {"id" 1, "fault" "partition", "links" [["n1" "n2"]]}, :time 1190000000, :index 13}
            {:type :invoke, :process 3, :f :write, :key "x", :value 41, :node "n1", :time 1204000000, :index 14}
            {:type :ok, :process 3, :f :write, :key "x", :value 41, :node "n1", :time 1209000000, :index 15}
            {:type :invoke, :process 3, :f :read, :key "x", :value nil, :node "n2", :time 1311000000, :index 16}
            {:type :ok, :process 3, :f :read, :key "x", :value 37, :node "n2", :time 1312000000, :index 17}
            {:type :info, :process :nemesis, :f :heal, :value {"id" 1, "fault" "partition"}, :time 2190000000, :index 18}
            {:type :info, :process :nemesis, :f :gone, :value {"id" 1, "fault" "partition"}, :time 2200000000, :index 19}
            {:type :invoke, :process 5, :f :write, :key "x", :value 42, :node "n1", :time 2300000000, :index 20}
            {:type :fail, :process 5, :f :write, :key "x", :value 42, :node "n1", :time 2310000000, :index 21}
            """;

    public static History history(String edn) {
        try {
            Path file = Files.createTempFile("history", ".edn");
            try {
                Files.writeString(file, edn);
                return History.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Verdict broken(String guarantee, Anomaly... anomalies) {
        return new Verdict(
                guarantee,
                Answer.INVALID,
                Optional.of("real-time write order"),
                "one pass",
                6,
                8,
                Optional.empty(),
                anomalies.length,
                List.of(anomalies));
    }

    public static Verdict held(String guarantee) {
        return new Verdict(guarantee, Answer.VALID, Optional.empty(), "one pass", 3, 4, Optional.empty(), 0, List.of());
    }

    public static Verdict undecided(String guarantee, String reason) {
        return new Verdict(
                guarantee, Answer.UNKNOWN, Optional.empty(), "one pass", 0, 4, Optional.of(reason), 0, List.of());
    }

    public static Run run(History history, Verdict... verdicts) {
        return new Run(
                plan(),
                history,
                List.of(verdicts).stream()
                        .map(verdict -> new Judged(verdict, 1_940_000))
                        .toList(),
                List.of(),
                List.of(),
                Path.of("runs/one/history.jsonl"));
    }

    /** One that was recorded so, and of which nothing was judged. */
    static Run run(Plan plan, List<Event> events, Optional<EarlyStop> stopped, Optional<Usage> used) {
        return new Run(
                plan,
                History.of(events),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Path.of("memory"),
                stopped,
                Optional.empty(),
                used);
    }

    public static Plan plan() {
        return new Plan(
                Plan.VERSION,
                "simulated",
                3,
                Map.of("reads", "any-follower"),
                new WorkloadPlan("register", Map.of()),
                8,
                20,
                OptionalLong.of(20_000),
                OptionalLong.empty(),
                0,
                Load.CLOSED.label(),
                1_000,
                30_000,
                new NemesisPlan(List.of("partition"), 500, 2_000, 500, 2_000),
                List.of("read-your-writes", "integrity"),
                "real-time",
                7,
                false);
    }
}
