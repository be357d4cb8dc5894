package dev.umpire.targets.browser;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.History;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs whose reports are looked at. */
final class Reports {
    /** What a page must show as text: markup, a script, an escape of a terminal, marks that turn the line around. */
    static final String HOSTILE =
            "</script></style></svg><script>window.harmed = 1</script><img src=x onerror=harmed=1>\u001b[31m\u202etxt.exe\u2066";

    private Reports() {}

    /** A simulated store with asynchronous followers, cut and healed while eight sessions move between its nodes. */
    static Run ofStaleReads(long operations) throws Exception {
        return Runner.simulate(plan(operations), new SimulatedTarget());
    }

    /** The same, recorded in a folder and not in memory. */
    static Run ofStaleReads(long operations, Path folder) throws Exception {
        return Runner.run(plan(operations), new SimulatedTarget(), RunListener.SILENT, folder);
    }

    private static Plan plan(long operations) {
        return PlanBuilder.simulated("simulated")
                .set("reads", "any-follower")
                .guarantees("read-your-writes", "monotonic-reads", "consistent-prefix", "bounded-staleness")
                .nemesis("partition")
                .operations(operations)
                .seed(1)
                .build();
    }

    /** A recording whose every name and value means harm, one value of a megabyte among them, and that breaks a guarantee. */
    static Run ofHostileNames() throws Exception {
        String text = escaped(HOSTILE);
        String huge = "y".repeat(1 << 20);
        History history =
                History.parse("""
                {"umpire":"history","version":1,"nodes":["n1","NODE"],"initial":null}
                {"index":0,"time":1000000,"type":"info","process":"nemesis","f":"inject","value":{"id":1,"fault":"TEXT","nodes":["NODE"]}}
                {"index":1,"time":1100000,"type":"info","process":"nemesis","f":"confirm","value":{"id":1,"fault":"TEXT","nodes":["NODE"]}}
                {"index":2,"time":2000000,"type":"invoke","process":0,"session":"TEXT","node":"NODE","f":"write","key":"TEXT","value":"TEXT"}
                {"index":3,"time":3000000,"type":"ok","process":0,"session":"TEXT","node":"NODE","f":"write","key":"TEXT","value":"TEXT"}
                {"index":4,"time":4000000,"type":"invoke","process":0,"session":"TEXT","node":"n1","f":"read","key":"TEXT","value":null}
                {"index":5,"time":5000000,"type":"ok","process":0,"session":"TEXT","node":"n1","f":"read","key":"TEXT","value":null}
                {"index":6,"time":6000000,"type":"invoke","process":1,"session":"b","node":"NODE","f":"write","key":"TEXT","value":"HUGE"}
                {"index":7,"time":7000000,"type":"ok","process":1,"session":"b","node":"NODE","f":"write","key":"TEXT","value":"HUGE"}
                {"index":8,"time":8000000,"type":"info","process":"nemesis","f":"heal","value":{"id":1,"fault":"TEXT"}}
                {"index":9,"time":9000000,"type":"info","process":"nemesis","f":"gone","value":{"id":1,"fault":"TEXT"}}
                """.replace("TEXT", text).replace("NODE", text).replace("HUGE", huge));
        return judged(history, Guarantee.READ_YOUR_WRITES, Guarantee.MONOTONIC_READS);
    }

    private static Run judged(History history, Guarantee... guarantees) {
        List<Judged> judged = Stream.of(guarantees)
                .map(one -> one.check(history))
                .map((Verdict verdict) -> new Judged(verdict, 1_000_000))
                .toList();
        Plan plan = PlanBuilder.simulated("simulated").operations(3).seed(1).build();
        return new Run(plan, history, judged, List.of(), List.of(), Path.of("history.jsonl"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u001b", "\\u001b");
    }
}
