package dev.umpire.harness.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Lists of what there is, as one JSON object on one line. */
public final class ListJson {
    private ListJson() {}

    /** {@code {"targets": [{"name": ..., "meaning": ...}, ...], ...}}. */
    public static String of(Map<String, List<Map<String, String>>> lists) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            lists.forEach((name, rows) -> {
                json.writeArrayPropertyStart(name);
                for (Map<String, String> row : rows) {
                    json.writeStartObject();
                    row.forEach(json::writeStringProperty);
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return text.toString();
    }
}
