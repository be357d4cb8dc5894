package dev.umpire.harness.diff;

import dev.umpire.harness.report.BriefVerdict;
import dev.umpire.harness.report.Percentiles;
import dev.umpire.harness.report.VerdictJson;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A difference for programs. */
public final class DifferenceJson {
    private DifferenceJson() {}

    /**
     * {@code {"a": ..., "b": ..., "same": false, "trend": "WORSE", "plan": [{"field": ..., "a": ..., "b": ...}, ...],
     * "guarantees": [{"guarantee": ..., "trend": ..., "a": {"verdict": ..., "obliged": ..., "anomalyCount": ...,
     * "anomalyCountIsLowerBound": false}, "b": ...}, ...], "measured": [{"what": ..., "a": {"count": ..., "p50Nanos": ..., ...}, "b": ...}, ...], "firstDifference": {"event":
     * ..., "a": ..., "b": ...}, "firstBeyondTime": ...}} on one line; what is not there is null.
     *
     * @param a what A is called
     * @param b what B is called
     */
    public static String of(String a, String b, Difference difference) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("a", a);
            json.writeStringProperty("b", b);
            json.writeBooleanProperty("same", difference.isNone());
            json.writeStringProperty("trend", difference.trend().name());
            json.writeArrayPropertyStart("plan");
            difference.plan().forEach(change -> plan(json, change));
            json.writeEndArray();
            json.writeArrayPropertyStart("guarantees");
            difference.guarantees().forEach(change -> guarantee(json, change));
            json.writeEndArray();
            json.writeArrayPropertyStart("measured");
            difference.measured().forEach(change -> measured(json, change));
            json.writeEndArray();
            divergence(json, "firstDifference", difference.first());
            divergence(json, "firstBeyondTime", difference.beyondTime());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void plan(JsonGenerator json, PlanChange change) {
        json.writeStartObject();
        json.writeStringProperty("field", change.field());
        text(json, "a", change.a());
        text(json, "b", change.b());
        json.writeEndObject();
    }

    private static void guarantee(JsonGenerator json, GuaranteeChange change) {
        json.writeStartObject();
        json.writeStringProperty("guarantee", change.guarantee());
        json.writeStringProperty("trend", change.trend().name());
        verdict(json, "a", change.a());
        verdict(json, "b", change.b());
        json.writeEndObject();
    }

    private static void verdict(JsonGenerator json, String side, Optional<BriefVerdict> verdict) {
        if (verdict.isEmpty()) {
            json.writeNullProperty(side);
            return;
        }
        json.writeObjectPropertyStart(side);
        json.writeStringProperty("verdict", verdict.get().answer().name());
        json.writeNumberProperty("obliged", verdict.get().obliged());
        json.writeNumberProperty("anomalyCount", verdict.get().anomalyCount());
        json.writeBooleanProperty("anomalyCountIsLowerBound", verdict.get().anomalyCountIsLowerBound());
        json.writeEndObject();
    }

    private static void measured(JsonGenerator json, MeasuredChange change) {
        json.writeStartObject();
        json.writeStringProperty("what", change.what());
        percentiles(json, "a", change.a());
        percentiles(json, "b", change.b());
        json.writeEndObject();
    }

    private static void percentiles(JsonGenerator json, String side, Optional<Percentiles> measured) {
        if (measured.isEmpty()) {
            json.writeNullProperty(side);
            return;
        }
        json.writeObjectPropertyStart(side);
        json.writeNumberProperty("count", measured.get().count());
        json.writeNumberProperty("p50Nanos", measured.get().p50());
        json.writeNumberProperty("p90Nanos", measured.get().p90());
        json.writeNumberProperty("p99Nanos", measured.get().p99());
        json.writeNumberProperty("maxNanos", measured.get().max());
        json.writeEndObject();
    }

    private static void divergence(JsonGenerator json, String name, Optional<Divergence> divergence) {
        if (divergence.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("event", divergence.get().event());
        text(json, "a", divergence.get().a());
        text(json, "b", divergence.get().b());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> text) {
        text.ifPresentOrElse(value -> json.writeStringProperty(name, value), () -> json.writeNullProperty(name));
    }
}
