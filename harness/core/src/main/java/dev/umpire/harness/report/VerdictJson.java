package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Counts;
import dev.umpire.checkers.evidence.Evidence;
import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * The verdict object: what other programs are told of a history, on one line, in ASCII.
 *
 * <p>An anomaly's {@code operations} are the numbers that the recording gave to the invocations. A checker that ended with
 * an exception stands under {@code failures}, a field that is there only then; {@code verdict} is then {@code INVALID} if
 * another checker found a violation, and {@code FAILED} otherwise. A run that was ended early says so under {@code stopped}, a
 * field that is there only then.
 */
public final class VerdictJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The version of this program, as the object names it. */
    public static final String VERSION = "0.1.0";

    private VerdictJson() {}

    /** Writes JSON in ASCII, as all that Umpire tells programs. */
    public static JsonGenerator generator(Writer text) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), text);
    }

    /** The object of one history, without a line break; where faults struck, with what they cost. */
    public static String of(History history, Judgement judgement) {
        return of(history, judgement, List.of());
    }

    /**
     * As {@link #of(History, Judgement)}.
     *
     * @param missing what evidence the recorded run lacks, a sentence each: with any the verdict is at most {@code UNKNOWN}
     */
    public static String of(History history, Judgement judgement, List<String> missing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            json.writeStartObject();
            history(json, history, judgement, verdict(judgement, weighed(judgement, missing)));
            evidenceOfFaults(json, history, judgement);
            missing(json, missing);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** As {@link #of(History, Judgement, Ladder, List)}, of a history that lacks nothing. */
    public static String of(History history, Judgement judgement, Ladder ladder) {
        return of(history, judgement, ladder, List.of());
    }

    /**
     * As {@link #of(History, Judgement, List)}, with where the history stands among the guarantees. Where nothing was required and
     * integrity is not broken, no one verdict was asked for, and {@code verdict} is {@code LADDER}.
     */
    public static String of(History history, Judgement judgement, Ladder ladder, List<String> missing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            json.writeStartObject();
            String verdict =
                    judgement.isAnyCounted() ? weighed(judgement, missing).name() : "LADDER";
            history(
                    json,
                    history,
                    judgement,
                    judgement.failures().isEmpty() ? verdict : verdict(judgement, judgement.answer()));
            json.writeObjectPropertyStart("ladder");
            strings(json, "strongestHeld", names(ladder.strongestHeld()));
            strings(json, "firstBroken", names(ladder.firstBroken()));
            strings(json, "undecided", names(ladder.undecided()));
            json.writeEndObject();
            evidenceOfFaults(json, history, judgement);
            missing(json, missing);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static Answer weighed(Judgement judgement, List<String> missing) {
        return missing.isEmpty() ? judgement.answer() : judgement.answer().and(Answer.UNKNOWN);
    }

    private static void missing(JsonGenerator json, List<String> missing) {
        if (!missing.isEmpty()) {
            strings(json, "missing", missing);
        }
    }

    private static List<String> names(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::guarantee).toList();
    }

    private static String verdict(Judgement judgement, Answer answer) {
        return !judgement.failures().isEmpty() && answer != Answer.INVALID ? "FAILED" : answer.name();
    }

    /** As {@link #of(History, Judgement)}; a run that lacks evidence is at most {@code UNKNOWN}. */
    public static String of(Run run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            json.writeStartObject();
            Judgement judgement = new Judgement(run.judged(), run.failures());
            history(json, run.history(), judgement, verdict(judgement, run.answer()));
            ofRun(json, run);
            evidenceOfFaults(json, run.history(), judgement);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** The content of {@code verdict.json}: the object with plan, evidence, what is missing, and troubles. */
    public static String file(Run run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = generator(text)) {
            json.writeStartObject();
            Judgement judgement = new Judgement(run.judged(), run.failures());
            history(json, run.history(), judgement, verdict(judgement, run.answer()));
            ofRun(json, run);
            plan(json, run.plan());
            evidence(json, run.history(), run.judged());
            strings(json, "missing", run.missing());
            strings(json, "troubles", run.troubles());
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void history(JsonGenerator json, History history, Judgement judgement, String verdict) {
        json.writeStringProperty("umpire", VERSION);
        json.writeStringProperty("verdict", verdict);
        Counts counts = Evidence.of(history).total();
        json.writeObjectPropertyStart("history");
        json.writeStringProperty("source", history.source().name());
        json.writeStringProperty("format", history.source().format());
        json.writeNumberProperty("operations", history.size());
        json.writeNumberProperty("sessions", history.sessionCount());
        json.writeNumberProperty("keys", history.keyCount());
        json.writeNumberProperty("nodes", history.nodeCount());
        json.writeNumberProperty("ok", counts.ok());
        json.writeNumberProperty("fail", counts.fail());
        json.writeNumberProperty("info", counts.info());
        json.writeEndObject();
        json.writeArrayPropertyStart("guarantees");
        for (Judged judged : judgement.judged()) {
            verdict(json, history, judged);
        }
        json.writeEndArray();
        if (!judgement.failures().isEmpty()) {
            json.writeArrayPropertyStart("failures");
            for (CheckerFailure failure : judgement.failures()) {
                json.writeStartObject();
                json.writeStringProperty("guarantee", failure.guarantee());
                json.writeStringProperty("error", failure.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void verdict(JsonGenerator json, History history, Judged judged) {
        Verdict verdict = judged.verdict();
        json.writeStartObject();
        json.writeStringProperty("guarantee", verdict.guarantee());
        json.writeStringProperty("verdict", verdict.answer().name());
        verdict.assumes()
                .ifPresentOrElse(
                        text -> json.writeStringProperty("assumes", text), () -> json.writeNullProperty("assumes"));
        json.writeStringProperty("algorithm", verdict.algorithm());
        json.writeNumberProperty("obliged", verdict.obliged());
        json.writeNumberProperty("examined", verdict.examined());
        json.writeName("elapsedMillis").writeNumber(Numbers.millisOneDigit(judged.elapsedNanos()));
        verdict.reason()
                .ifPresentOrElse(
                        text -> json.writeStringProperty("reason", text), () -> json.writeNullProperty("reason"));
        json.writeNumberProperty("anomalyCount", verdict.anomalyCount());
        json.writeBooleanProperty("anomalyCountIsLowerBound", verdict.anomalyCountIsLowerBound());
        json.writeArrayPropertyStart("anomalies");
        for (Anomaly anomaly : verdict.anomalies()) {
            json.writeStartObject();
            json.writeStringProperty("kind", anomaly.kind());
            json.writeStringProperty("key", anomaly.key());
            json.writeStringProperty("sentence", anomaly.sentence());
            json.writeArrayPropertyStart("operations");
            for (int operation : anomaly.operations()) {
                json.writeNumber(history.index(operation));
            }
            json.writeEndArray();
            if (!anomaly.details().isEmpty()) {
                strings(json, "details", anomaly.details());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!verdict.figures().isEmpty()) {
            figures(json, verdict.figures());
        }
        json.writeEndObject();
    }

    /** The unit stands last in a figure's name, as in all names of this object. */
    private static void figures(JsonGenerator json, List<Figure> figures) {
        json.writeObjectPropertyStart("figures");
        for (Figure figure : figures) {
            String name = camelCase(figure.name());
            switch (figure.unit()) {
                case COUNT -> json.writeNumberProperty(name, (long) figure.value());
                case NANOS -> json.writeNumberProperty(name + "Nanos", (long) figure.value());
                case FRACTION -> json.writeNumberProperty(name, figure.value());
            }
        }
        json.writeEndObject();
    }

    /** {@code within 10 ms} is {@code within10Ms}. */
    private static String camelCase(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.replace(",", "").split(" ", -1)) {
            if (name.isEmpty() || word.isEmpty()) {
                name.append(word);
            } else {
                name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        return name.toString();
    }

    private static void ofRun(JsonGenerator json, Run run) {
        if (!run.notAsked().isEmpty()) {
            strings(json, "notAsked", run.notAsked());
        }
        run.storeVersion().ifPresent(version -> json.writeStringProperty("storeVersion", version));
        Figures.of(run).ifPresent(figures -> figures(json, figures));
        LatencyJson.write(json, Latencies.of(run));
        run.stopped().ifPresent(stop -> {
            json.writeObjectPropertyStart("stopped");
            json.writeStringProperty("guarantee", stop.guarantee());
            json.writeNumberProperty("operation", run.history().index(stop.operation()));
            json.writeStringProperty("sentence", stop.sentence());
            json.writeEndObject();
        });
    }

    private static void figures(JsonGenerator json, Figures figures) {
        json.writeObjectPropertyStart("figures");
        json.writeNumberProperty("firstAfterMillis", millis(figures.firstAfterNanos()));
        json.writeNumberProperty("operationsPerSecond", Math.round(figures.operationsPerSecond()));
        json.writeNumberProperty("nodesResidentBytes", figures.used().residentBytes());
        json.writeNumberProperty("nodesCpuMillis", millis(figures.used().nodesCpuNanos()));
        json.writeNumberProperty("harnessCpuMillis", millis(figures.used().harnessCpuNanos()));
        json.writeEndObject();
    }

    static BigDecimal millis(long nanos) {
        return new BigDecimal(Numbers.millisOneDigit(nanos));
    }

    private static void plan(JsonGenerator json, Plan plan) {
        json.writeObjectPropertyStart("plan");
        json.writeNumberProperty("version", plan.version());
        json.writeStringProperty("target", plan.target());
        json.writeNumberProperty("nodes", plan.nodes());
        strings(json, "settings", plan.settings());
        json.writeObjectPropertyStart("workload");
        json.writeStringProperty("name", plan.workload().name());
        strings(json, "options", plan.workload().options());
        json.writeEndObject();
        json.writeNumberProperty("sessions", plan.sessions());
        json.writeNumberProperty("moveEvery", plan.moveEvery());
        number(json, "operations", plan.operations());
        number(json, "durationMillis", plan.durationMillis());
        json.writeNumberProperty("ratePerSecond", plan.ratePerSecond());
        json.writeStringProperty("load", plan.load());
        json.writeNumberProperty("operationTimeoutMillis", plan.operationTimeoutMillis());
        json.writeNumberProperty("convergenceTimeoutMillis", plan.convergenceTimeoutMillis());
        json.writeObjectPropertyStart("nemesis");
        strings(json, "kinds", plan.nemesis().kinds());
        json.writeNumberProperty("leastGapMillis", plan.nemesis().leastGapMillis());
        json.writeNumberProperty("mostGapMillis", plan.nemesis().mostGapMillis());
        json.writeNumberProperty("leastHoldMillis", plan.nemesis().leastHoldMillis());
        json.writeNumberProperty("mostHoldMillis", plan.nemesis().mostHoldMillis());
        schedule(json, plan.nemesis().schedule());
        json.writeEndObject();
        strings(json, "guarantees", plan.guarantees());
        json.writeStringProperty("writeOrder", plan.writeOrder());
        json.writeNumberProperty("seed", plan.seed());
        json.writeBooleanProperty("failFast", plan.failFast());
        json.writeEndObject();
    }

    /** As in the plan's own JSON. */
    private static void schedule(JsonGenerator json, List<Script.Strike> schedule) {
        if (schedule.isEmpty()) {
            return;
        }
        json.writeName("schedule");
        try (JsonParser text = FACTORY.createParser(ObjectReadContext.empty(), PlanFile.toJson(schedule))) {
            text.nextToken();
            json.copyCurrentStructure(text);
        }
    }

    private static void evidenceOfFaults(JsonGenerator json, History history, Judgement judgement) {
        if (!history.nemesisEvents().isEmpty()) {
            evidence(json, history, judgement.judged());
        }
    }

    private static void evidence(JsonGenerator json, History history, List<Judged> judged) {
        Evidence evidence = Evidence.of(history);
        json.writeObjectPropertyStart("evidence");
        json.writeObjectPropertyStart("operations");
        evidence.byFunction().forEach((function, counts) -> {
            json.writeObjectPropertyStart(function);
            json.writeNumberProperty("ok", counts.ok());
            json.writeNumberProperty("fail", counts.fail());
            json.writeNumberProperty("info", counts.info());
            json.writeEndObject();
        });
        json.writeEndObject();
        json.writeArrayPropertyStart("faults");
        for (DuringFaults fault : DuringFaults.of(evidence)) {
            json.writeStartObject();
            json.writeStringProperty("fault", fault.kind());
            json.writeNumberProperty("times", fault.times());
            json.writeNumberProperty("confirmed", fault.confirmed());
            json.writeName("longestMillis").writeNumber(Numbers.millisOneDigit(fault.longestNanos()));
            json.writeObjectPropertyStart("ok");
            fault.byFunction().forEach((function, counts) -> json.writeNumberProperty(function, counts.ok()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        AvailabilityJson.write(json, FaultCost.each(history, judged));
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, OptionalLong number) {
        number.ifPresentOrElse(value -> json.writeNumberProperty(name, value), () -> json.writeNullProperty(name));
    }

    private static void strings(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, Map<String, String> texts) {
        json.writeObjectPropertyStart(name);
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
