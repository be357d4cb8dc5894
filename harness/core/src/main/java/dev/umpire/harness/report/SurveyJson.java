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
     * {@code {"configuration": "sl-any", "promise": [...], "seeds": 20, "faults": [{"fault": "crash", "covered": true,
     * "promiseKept": true, "unjudged": [...], "strongestNotBroken": [...], "notBroken": [{"guarantee": ..., "promised": true, "held": 20,
     * "undecided": 0}, ...], "broken": [{"guarantee": ..., "promised": false, "seed": 1}, ...]}, ...]}}; what no run could be
     * judged by is left out.
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
        json.writeBooleanProperty("covered", row.covered());
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
            number("seed", one.brokenBy(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
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
