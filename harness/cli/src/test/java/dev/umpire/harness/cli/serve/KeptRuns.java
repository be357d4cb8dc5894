package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder of runs, written by hand. */
record KeptRuns(Path folder) {
    static final String HEADER = "{\"umpire\":\"history\",\"version\":1,\"nodes\":[\"n1\"],\"initial\":null}\n";

    static Plan plan(long seed) {
        return PlanBuilder.simulated("simulated")
                .set("reads", "any-follower")
                .operations(4)
                .guarantees("read-your-writes")
                .seed(seed)
                .build();
    }

    /** Makes the folder of a run with its plan. */
    Path begin(String name, long seed) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        PlanFile.write(run.resolve(PlanFile.NAME), plan(seed));
        return run;
    }

    /** Makes the folder of a run that is over. */
    Path ended(String name, long seed, String verdict) throws IOException {
        Path run = begin(name, seed);
        append(name, HEADER + operation(0, seed) + "{\"umpire\":\"end\",\"events\":2}\n");
        Files.writeString(run.resolve("verdict.json"), verdict(verdict, "read-your-writes"));
        return run;
    }

    static String verdict(String verdict, String guarantee) {
        return """
                {"verdict":"VERDICT","history":{"operations":1},"guarantees":[
                {"guarantee":"GUARANTEE","verdict":"VERDICT","obliged":12,"anomalyCount":COUNT}],"missing":[]}
                """.replace("VERDICT", verdict)
                .replace("GUARANTEE", guarantee)
                .replace("COUNT", verdict.equals("INVALID") ? "3" : "0");
    }

    /** Two events, the first of which has this number. */
    static String operation(long index, long value) {
        String rest = ",\"process\":0,\"node\":\"n1\",\"f\":\"write\",\"key\":\"x\",\"value\":" + value + "}\n";
        return "{\"index\":" + index + ",\"time\":" + (index * 1_000_000) + ",\"type\":\"invoke\"" + rest
                + "{\"index\":" + (index + 1) + ",\"time\":" + ((index + 1) * 1_000_000) + ",\"type\":\"ok\"" + rest;
    }

    void append(String name, String text) throws IOException {
        Files.writeString(
                folder.resolve(name).resolve("history.jsonl"),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
