package dev.umpire.harness.report;

import dev.umpire.harness.survey.DefectFinding;
import java.io.StringWriter;
import java.util.Collection;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Surveys as JSON, an object on a line. */
public final class SurveyJson {
    private SurveyJson() {}

    /**
     * {@code {"defect": "SL1", "breaks": [{"guarantee": "read-your-writes", "found": true, "seed": 3, "seedsNeeded": 1}],
     * "kept": ["eventual"], "wronglyBroken": []}}; what was not found has no seed: null.
     */
    public static String of(DefectFinding finding) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
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
            strings("wronglyBroken", finding.wronglyBroken().keySet(), json);
            json.writeEndObject();
        }
        return text.toString();
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
