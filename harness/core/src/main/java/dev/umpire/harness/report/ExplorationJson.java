package dev.umpire.harness.report;

import dev.umpire.harness.explore.Exploration;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What many runs showed as JSON, an object on a line. */
public final class ExplorationJson {
    private ExplorationJson() {}

    /**
     * {@code {"runs": 500, "states": 321, "lacking": 3, "guarantees": [{"guarantee": "durability", "held": 498, "broken": 2,
     * "undecided": 0}], "first": {"guarantee": "durability", "run": 17, "seed": 17, "varied": false, "folder": "runs/…"}}};
     * where nothing was broken, first is null.
     *
     * @param folder of the first run that broke a guarantee
     */
    public static String of(Exploration found, Optional<Path> folder) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeNumberProperty("runs", found.runs());
            json.writeNumberProperty("states", found.states());
            json.writeNumberProperty("lacking", found.lacking());
            json.writeArrayPropertyStart("guarantees");
            found.answers().forEach((guarantee, answers) -> {
                json.writeStartObject();
                json.writeStringProperty("guarantee", guarantee);
                json.writeNumberProperty("held", answers.held());
                json.writeNumberProperty("broken", answers.broken());
                json.writeNumberProperty("undecided", answers.undecided());
                json.writeEndObject();
            });
            json.writeEndArray();
            if (found.first().isPresent()) {
                first(found.first().get(), folder, json);
            } else {
                json.writeNullProperty("first");
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void first(Exploration.Found first, Optional<Path> folder, JsonGenerator json) {
        json.writeObjectPropertyStart("first");
        json.writeStringProperty("guarantee", first.guarantee());
        json.writeNumberProperty("run", first.number());
        json.writeNumberProperty("seed", first.plan().seed());
        json.writeBooleanProperty("varied", first.script().isPresent());
        folder.ifPresent(path -> json.writeStringProperty("folder", path.toString()));
        json.writeEndObject();
    }
}
