package dev.umpire.harness.report;

import tools.jackson.core.JsonGenerator;

/** What programs are told of latencies, in milliseconds. */
final class LatencyJson {
    private LatencyJson() {}

    /**
     * The field {@code latencyMillis}: {@code {"service": {"p50": 0.4, ...}, "response": ..., "functions": {"read": ...},
     * "unserved": {"requests": 12, "longest": 40.1}}}; {@code response} where the load is open, {@code unserved} where there
     * are any. Nothing where nothing was acknowledged and none is unserved.
     */
    static void write(JsonGenerator json, Latencies latencies) {
        if (latencies.service().isEmpty() && latencies.unserved().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("latencyMillis");
        latencies.service().ifPresent(service -> distribution(json, "service", service));
        latencies.response().ifPresent(response -> distribution(json, "response", response));
        json.writeObjectPropertyStart("functions");
        latencies.byFunction().forEach((function, one) -> {
            json.writeObjectPropertyStart(function);
            distribution(json, "service", one.service());
            one.response().ifPresent(response -> distribution(json, "response", response));
            json.writeEndObject();
        });
        json.writeEndObject();
        latencies.unserved().ifPresent(unserved -> {
            json.writeObjectPropertyStart("unserved");
            json.writeNumberProperty("requests", unserved.requests());
            json.writeNumberProperty("longest", VerdictJson.millis(unserved.longestNanos()));
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private static void distribution(JsonGenerator json, String name, Latency latency) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("count", latency.count());
        json.writeNumberProperty("p50", VerdictJson.millis(latency.p50Nanos()));
        json.writeNumberProperty("p90", VerdictJson.millis(latency.p90Nanos()));
        json.writeNumberProperty("p99", VerdictJson.millis(latency.p99Nanos()));
        json.writeNumberProperty("p99.9", VerdictJson.millis(latency.p999Nanos()));
        json.writeNumberProperty("max", VerdictJson.millis(latency.maxNanos()));
        json.writeEndObject();
    }
}
