package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.survey.Rate;
import dev.umpire.harness.survey.Repetition;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What several runs of one plan showed, as an object on one line. */
public final class RepetitionJson {
    private RepetitionJson() {}

    /**
     * {@code {"umpire": "0.1.0", "repeat": 20, "carriedOut": 20, "guarantees": [{"guarantee": "read-your-writes", "runs": 20,
     * "broken": 7, "undecided": 0, "rate": 0.35, "low": 0.1812, "high": 0.5671}, ...], "runs": [{"seed": 1, "verdict":
     * "INVALID", "broken": [...], "undecided": [...], "folder": "runs/..."}, ...]}}; a run whose folder was not kept has none:
     * null.
     */
    public static String of(Repetition repetition) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(text)) {
            json.writeStartObject();
            json.writeStringProperty("umpire", VerdictJson.VERSION);
            json.writeNumberProperty("repeat", repetition.asked());
            json.writeNumberProperty("carriedOut", repetition.repeats().size());
            json.writeArrayPropertyStart("guarantees");
            repetition.guarantees().forEach(guarantee -> rate(json, guarantee, repetition));
            json.writeEndArray();
            json.writeArrayPropertyStart("runs");
            repetition.repeats().forEach(one -> run(json, one));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void rate(JsonGenerator json, String guarantee, Repetition repetition) {
        Rate broken = repetition.rate(guarantee, Answer.INVALID);
        json.writeStartObject();
        json.writeStringProperty("guarantee", guarantee);
        json.writeNumberProperty("runs", broken.runs());
        json.writeNumberProperty("broken", broken.hits());
        json.writeNumberProperty(
                "undecided", repetition.rate(guarantee, Answer.UNKNOWN).hits());
        json.writeName("rate").writeNumber(Numbers.fourDigits(broken.share()));
        json.writeName("low").writeNumber(Numbers.fourDigits(broken.low()));
        json.writeName("high").writeNumber(Numbers.fourDigits(broken.high()));
        json.writeEndObject();
    }

    private static void run(JsonGenerator json, Repetition.Repeat one) {
        json.writeStartObject();
        json.writeNumberProperty("seed", one.seed());
        json.writeStringProperty("verdict", one.answer().name());
        names(json, "broken", one.with(Answer.INVALID));
        names(json, "undecided", one.with(Answer.UNKNOWN));
        one.folder()
                .ifPresentOrElse(
                        folder -> json.writeStringProperty("folder", folder), () -> json.writeNullProperty("folder"));
        json.writeEndObject();
    }

    private static void names(JsonGenerator json, String name, List<String> guarantees) {
        json.writeArrayPropertyStart(name);
        guarantees.forEach(json::writeString);
        json.writeEndArray();
    }
}
