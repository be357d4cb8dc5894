package dev.umpire.harness.cli;

import java.util.Map;

/** The fields of a plan that options say, in messages. */
final class PlanFields {
    private static final Map<String, String> OPTIONS = Map.of(
            "nodes", "--nodes",
            "sessions", "--sessions",
            "moveEvery", "--move-every",
            "operations", "--ops",
            "ratePerSecond", "--rate",
            "operationTimeoutMillis", "--timeout, in milliseconds",
            "convergenceTimeoutMillis", "--converge, in milliseconds");

    private PlanFields() {}

    /** What is wrong with a field, {@code sessions: found 0, expected 1 or more}, told of the option that was typed for it. */
    static String typed(String message) {
        String field = message.replaceFirst("(?s):.*", "");
        return OPTIONS.containsKey(field) ? OPTIONS.get(field) + message.substring(field.length()) : message;
    }
}
