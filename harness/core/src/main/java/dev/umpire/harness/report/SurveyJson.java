package dev.umpire.harness.report;

import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.DefectFinding;
import java.io.StringWriter;
import java.util.Collection;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** Surveys as JSON, an object on a line. */
public final class SurveyJson {
    private SurveyJson() {}

    /**
     * {@code {"defect": "SL1", "breaks": [{"guarantee": "read-your-writes", "found": true, "seed": 3, "seedsNeeded": 1}],
     * "kept": ["eventual"], "wronglyBroken": []}}; what was not found has no seed: null. Where no run could be judged by what must be
     * kept, that stands in {@code "unjudged"}.
     */
    public static String of(DefectFinding finding) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("defect", finding.defect());
            json.writeArrayPropertyStart("breaks");
            for (DefectFinding.Break one : finding.breaks()) {
                json.writeStartObject();
                json.writeStringProperty("guarantee", one.guarantee());
                json.writeBooleanProperty("found", one.found());
                number("seed", one.seed(), json);
                number("seedsNeeded", one.seedsNeeded(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            strings("kept", finding.kept(), json);
            if (!finding.unjudged().isEmpty()) {
                strings("unjudged", finding.unjudged(), json);
            }
            strings("wronglyBroken", finding.wronglyBroken().keySet(), json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /**
     * {@code {"configuration": "sl-any", "promise": [...], "writeOrder": "session", "seeds": 20, "faults": [{"fault": "crash", "kinds":
     * ["crash"], "covered": true, "runs": 20, "operations": 11040, "faultsSeen": 60, "promiseKept": true, "unjudged": [...],
     * "strongestNotBroken": [...], "notBroken": [{"guarantee": ..., "promised": true, "held": 20, "undecided": 0}, ...], "broken":
     * [{"guarantee": ..., "promised": false, "seed": 1, "afterMillis": 812.4, "folder": "runs/..."}, ...], "undecided": [...],
     * "missing": [...], "gap": {"failed": true, "reason": ...}}, ...]}}; in virtual time {@code afterMillis} and {@code folder} are
     * null, as {@code gap} is where all runs were made.
     */
    public static String of(Datasheet sheet) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("configuration", sheet.configuration().name());
            strings("promise", sheet.configuration().promise(), json);
            json.writeStringProperty("writeOrder", sheet.configuration().writeOrder());
            json.writeNumberProperty("seeds", sheet.seeds());
            json.writeArrayPropertyStart("faults");
            for (Datasheet.Row row : sheet.rows()) {
                write(row, sheet, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(Datasheet.Row row, Datasheet sheet, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("fault", row.fault());
        strings("kinds", row.kinds(), json);
        json.writeBooleanProperty("covered", row.covered());
        json.writeNumberProperty("runs", row.basis().runs());
        json.writeNumberProperty("operations", row.basis().operations());
        json.writeNumberProperty("faultsSeen", row.basis().faults());
        json.writeBooleanProperty("promiseKept", row.promiseKept());
        strings("unjudged", row.unjudged(), json);
        strings(
                "strongestNotBroken",
                row.strongestNotBroken(Datasheet.order(sheet.configuration())).stream()
                        .map(Datasheet.Finding::guarantee)
                        .toList(),
                json);
        json.writeArrayPropertyStart("notBroken");
        row.findings().stream().filter(Datasheet.Finding::isNotBroken).forEach(one -> {
            json.writeStartObject();
            json.writeStringProperty("guarantee", one.guarantee());
            json.writeBooleanProperty("promised", one.promised());
            json.writeNumberProperty("held", one.held());
            json.writeNumberProperty("undecided", one.undecided());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeArrayPropertyStart("broken");
        for (Datasheet.Finding one : row.broken()) {
            json.writeStartObject();
            json.writeStringProperty("guarantee", one.guarantee());
            json.writeBooleanProperty("promised", one.promised());
            one.firstBreak().ifPresent(first -> write(first, json));
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("undecided", row.undecided(), json);
        strings("missing", row.basis().missing(), json);
        row.gap().ifPresentOrElse(gap -> write(gap, json), () -> json.writeNullProperty("gap"));
        json.writeEndObject();
    }

    private static void write(Datasheet.FirstBreak first, JsonGenerator json) {
        json.writeNumberProperty("seed", first.seed());
        if (first.afterNanos().isPresent()) {
            json.writeName("afterMillis")
                    .writeNumber(Numbers.millisOneDigit(first.afterNanos().getAsLong()));
        } else {
            json.writeNullProperty("afterMillis");
        }
        first.folder()
                .ifPresentOrElse(
                        folder -> json.writeStringProperty("folder", folder), () -> json.writeNullProperty("folder"));
    }

    private static void write(Datasheet.Gap gap, JsonGenerator json) {
        json.writeObjectPropertyStart("gap");
        json.writeBooleanProperty("failed", gap.failed());
        json.writeStringProperty("reason", gap.reason());
        json.writeEndObject();
    }

    private static void number(String name, OptionalLong value, JsonGenerator json) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsLong());
        } else {
            json.writeNullProperty(name);
        }
    }

    private static void strings(String name, Collection<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
