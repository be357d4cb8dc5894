package dev.umpire.harness.report;

import dev.umpire.checkers.availability.FaultAvailability;
import dev.umpire.checkers.availability.Silence;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What each fault cost, as programs are told. */
final class AvailabilityJson {
    private AvailabilityJson() {}

    static void write(JsonGenerator json, List<FaultAvailability> faults) {
        json.writeArrayPropertyStart("availability");
        for (FaultAvailability one : faults) {
            json.writeStartObject();
            json.writeStringProperty("id", one.fault().id());
            json.writeStringProperty("fault", one.fault().kind());
            json.writeStringProperty("strikes", one.fault().strikes());
            millis(json, "longestSilenceMillis", one.longestSilence());
            one.longestSilence()
                    .ifPresentOrElse(
                            silence -> json.writeStringProperty("silentFunction", silence.function()),
                            () -> json.writeNullProperty("silentFunction"));
            millis(json, "recoveryMillis", one.recovery());
            one.recovery()
                    .ifPresentOrElse(
                            silence -> json.writeBooleanProperty("recovered", silence.ended()),
                            () -> json.writeNullProperty("recovered"));
            one.lostWrites()
                    .ifPresentOrElse(
                            count -> json.writeNumberProperty("lostWrites", count),
                            () -> json.writeNullProperty("lostWrites"));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void millis(JsonGenerator json, String name, Optional<Silence> silence) {
        silence.ifPresentOrElse(
                one -> json.writeName(name).writeNumber(Numbers.millisOneDigit(one.nanos())),
                () -> json.writeNullProperty(name));
    }
}
