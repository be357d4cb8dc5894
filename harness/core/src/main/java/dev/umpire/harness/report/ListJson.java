package dev.umpire.harness.report;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Target;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Lists of what there is, as one JSON object on one line. */
public final class ListJson {
    private ListJson() {}

    /**
     * {@code {"targets": [{"name": ..., "meaning": ...}, ...], "defects": [{"id": ..., "breaks": [...], ...}, ...], ...}}.
     *
     * @param lists by name, their rows: by the property's name, a text or a list of texts
     */
    public static String of(Map<String, List<Map<String, Object>>> lists) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            lists.forEach((name, rows) -> {
                json.writeArrayPropertyStart(name);
                rows.forEach(row -> write(row, json));
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return text.toString();
    }

    /**
     * A target with all that it can be set to: {@code {"name": ..., "configurations": [{"name": ..., "promise": [...],
     * "faults": [...], ...}, ...], ...}}.
     */
    public static String of(Target target) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("name", target.name());
            json.writeStringProperty("meaning", target.meaning());
            json.writeBooleanProperty("simulated", target.simulated());
            json.writeArrayPropertyStart("configurations");
            target.configurations().forEach(configuration -> write(configuration, json));
            json.writeEndArray();
            json.writeArrayPropertyStart("settings");
            for (Setting setting : target.settings()) {
                json.writeStartObject();
                json.writeStringProperty("name", setting.name());
                json.writeStringProperty("default", setting.byDefault());
                strings("allowed", setting.allowed(), json);
                json.writeStringProperty("meaning", setting.meaning());
                json.writeEndObject();
            }
            json.writeEndArray();
            strings("defects", target.defects().stream().map(Defect::id).toList(), json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(Map<String, Object> row, JsonGenerator json) {
        json.writeStartObject();
        row.forEach((name, value) -> {
            if (value instanceof List<?> texts) {
                strings(name, texts.stream().map(String::valueOf).toList(), json);
            } else {
                json.writeStringProperty(name, String.valueOf(value));
            }
        });
        json.writeEndObject();
    }

    private static void write(Configuration configuration, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", configuration.name());
        json.writeStringProperty("meaning", configuration.meaning());
        strings("promise", configuration.promise(), json);
        strings(
                "faults",
                configuration.faults().stream()
                        .sorted()
                        .map(FaultKind::optionName)
                        .toList(),
                json);
        json.writeStringProperty("writeOrder", configuration.writeOrder());
        strings("workloads", configuration.workloads(), json);
        json.writeNumberProperty("nodes", configuration.nodes());
        json.writeEndObject();
    }

    private static void strings(String name, List<String> values, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
