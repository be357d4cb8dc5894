package dev.umpire.harness.report.ci;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.VerdictJson;
import dev.umpire.harness.report.WitnessLines;
import dev.umpire.harness.report.ci.CheckedHistory.Decided;
import dev.umpire.harness.report.ci.CheckedHistory.Refused;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * A log of the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS), as code scanning pages read it: one result for
 * each broken guarantee of each history, whose rule is the guarantee.
 *
 * <p>What is broken and counts is an {@code error}, what is broken and was only told a {@code note}. What was asked for and is
 * undecided is a result of the kind {@code open}. Checkers that failed and files that were refused are notifications of a run
 * that was not successful.
 */
public final class SarifLog {
    private SarifLog() {}

    /** The document, on one line. */
    public static String of(List<CheckedHistory> histories) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.writeStringProperty("version", "2.1.0");
            json.writeArrayPropertyStart("runs");
            json.writeStartObject();
            tool(json, histories);
            invocation(json, histories);
            json.writeArrayPropertyStart("results");
            for (CheckedHistory history : histories) {
                if (history instanceof Decided decided) {
                    results(json, decided);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void tool(JsonGenerator json, List<CheckedHistory> histories) {
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "Umpire");
        json.writeStringProperty("semanticVersion", VerdictJson.VERSION);
        json.writeArrayPropertyStart("rules");
        for (String guarantee : guarantees(histories)) {
            json.writeStartObject();
            json.writeStringProperty("id", guarantee);
            meaning(guarantee).ifPresent(meaning -> message(json, "shortDescription", meaning));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Set<String> guarantees(List<CheckedHistory> histories) {
        Set<String> guarantees = new LinkedHashSet<>();
        for (CheckedHistory history : histories) {
            if (history instanceof Decided decided) {
                decided.judgement()
                        .judged()
                        .forEach(judged -> guarantees.add(judged.verdict().guarantee()));
            }
        }
        return guarantees;
    }

    private static Optional<String> meaning(String guarantee) {
        return Guarantee.known().stream()
                .filter(one -> one.name().equals(guarantee))
                .map(Guarantee::meaning)
                .findFirst();
    }

    private static void invocation(JsonGenerator json, List<CheckedHistory> histories) {
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        boolean failed = histories.stream()
                .anyMatch(history -> history instanceof Refused
                        || (history instanceof Decided decided
                                && !decided.judgement().failures().isEmpty()));
        json.writeBooleanProperty("executionSuccessful", !failed);
        json.writeArrayPropertyStart("toolExecutionNotifications");
        for (CheckedHistory history : histories) {
            if (history instanceof Refused refused) {
                notification(json, refused.name(), refused.reason());
            } else if (history instanceof Decided decided) {
                for (CheckerFailure failure : decided.judgement().failures()) {
                    notification(json, decided.name(), failure.sentence());
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void notification(JsonGenerator json, String name, String text) {
        json.writeStartObject();
        json.writeStringProperty("level", "error");
        message(json, "message", text);
        location(json, name);
        json.writeEndObject();
    }

    private static void results(JsonGenerator json, Decided decided) {
        WitnessLines lines = WitnessLines.of(decided.history());
        for (Judged judged : decided.judgement().judged()) {
            Answer answer = judged.verdict().answer();
            String guarantee = judged.verdict().guarantee();
            if (answer == Answer.INVALID) {
                List<Anomaly> anomalies = judged.verdict().anomalies();
                String text = anomalies.isEmpty()
                        ? Phrases.evidence(judged.verdict())
                        : String.join("\n", lines.of(anomalies.get(0)));
                result(json, decided, guarantee, "fail", judged.counts() ? "error" : "note", text);
            } else if (answer == Answer.UNKNOWN && judged.counts()) {
                result(json, decided, guarantee, "open", "none", Phrases.evidence(judged.verdict()));
            }
        }
    }

    private static void result(
            JsonGenerator json, Decided decided, String guarantee, String kind, String level, String text) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", guarantee);
        json.writeStringProperty("kind", kind);
        json.writeStringProperty("level", level);
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", text);
        json.writeEndObject();
        location(json, decided.name());
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty("guaranteeOfHistory/v1", guarantee + " of " + SafeText.clipped(decided.name()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void location(JsonGenerator json, String name) {
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(name));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** A path as a relative reference; nothing in it can be read as a scheme or a host. */
    private static String uri(String name) {
        try {
            String path = SafeText.clipped(name, 2_000).replace('\\', '/');
            String safe = path.startsWith("/") || !path.contains(":") ? path : "./" + path;
            return new URI(null, null, safe.startsWith("//") ? "/." + safe : safe, null).toASCIIString();
        } catch (URISyntaxException e) {
            return "history";
        }
    }

    private static void message(JsonGenerator json, String property, String text) {
        json.writeObjectPropertyStart(property);
        json.writeStringProperty("text", SafeText.clipped(text, 2_000));
        json.writeEndObject();
    }
}
