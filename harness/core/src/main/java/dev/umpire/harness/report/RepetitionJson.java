package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.survey.Rate;
import dev.umpire.harness.survey.Repetition;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What several runs of one plan showed, as an object on one line. */
public final class RepetitionJson {
    private RepetitionJson() {}

    /**
     * {@code {"umpire": "0.1.0", "repeat": 20, "carriedOut": 20, "guarantees": [{"guarantee": "read-your-writes", "runs": 20,
     * "broken": 7, "undecided": 0, "rate": 0.35, "low": 0.1812, "high": 0.5671}, ...], "runs": [{"seed": 1, "verdict":
     * "INVALID", "broken": [...], "undecided": [...], "folder": "runs/..."}, ...]}}. The rate and the ends of its interval are of
     * the runs that decided, {@code runs} without {@code undecided}; null where none did. A run whose folder was not kept has
     * none: null.
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
        Optional<Rate> broken = repetition.broken(guarantee);
        long undecided = repetition.count(guarantee, Answer.UNKNOWN);
        json.writeStartObject();
        json.writeStringProperty("guarantee", guarantee);
        json.writeNumberProperty("runs", undecided + broken.map(Rate::runs).orElse(0L));
        json.writeNumberProperty("broken", broken.map(Rate::hits).orElse(0L));
        json.writeNumberProperty("undecided", undecided);
        share(json, "rate", broken.map(Rate::share));
        share(json, "low", broken.map(Rate::low));
        share(json, "high", broken.map(Rate::high));
        json.writeEndObject();
    }

    private static void share(JsonGenerator json, String name, Optional<Double> share) {
        json.writeName(name);
        share.ifPresentOrElse(value -> json.writeNumber(Numbers.fourDigits(value)), json::writeNull);
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
