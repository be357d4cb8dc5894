package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/**
 * What the script of a report works on, as JSON: operations column by column, faults, and what was measured over time.
 *
 * <p>Texts stand once in {@code texts} and are named by their number; {@code index} and {@code from} are differences to the
 * row before; {@code took} is -1 where nobody knows; a fault without {@code to} was never seen healed. Of more than {@value #MOST_OPERATIONS} operations, or of those whose
 * texts are too long, every {@code step}-th stands there, and those around the anomalies. Every text is fit to be shown.
 */
final class PageData {
    static final int MOST_OPERATIONS = 120_000;
    /** A page of 100,000 operations is to stay below 5 MB. */
    private static final int MOST_CHARACTERS = 4_600_000;

    private static final long UNKNOWN = -1;

    private final History history;
    private final TimeAxis axis;
    private final Collection<Integer> always;
    private final String lagUnit;

    /**
     * Of a history.
     *
     * @param always operations that are carried in any case
     * @param lagUnit in what it is told how far replicas were behind, in the plural
     */
    PageData(History history, TimeAxis axis, Collection<Integer> always, String lagUnit) {
        this.history = history;
        this.axis = axis;
        this.always = always;
        this.lagUnit = lagUnit;
    }

    /** The JSON, on one line, in ASCII. */
    String json(List<Fault> faults, Measurements measured) {
        int step = Math.max(1, (history.size() + MOST_OPERATIONS - 1) / MOST_OPERATIONS);
        String operations = operations(step);
        while (operations.length() > MOST_CHARACTERS && step < history.size()) {
            step = (int) Math.ceil((double) step * operations.length() / MOST_CHARACTERS);
            operations = operations(step);
        }
        return operations.substring(0, operations.length() - 1) + ","
                + rest(faults, measured).substring(1);
    }

    private String operations(int step) {
        int[] rows = IntStream.concat(
                        IntStream.range(0, history.size()).filter(operation -> operation % step == 0),
                        always.stream().mapToInt(Integer::intValue))
                .sorted()
                .distinct()
                .toArray();
        Map<String, Integer> texts = new LinkedHashMap<>();
        Cells cells = new Cells(history);
        StringWriter out = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(out)) {
            json.writeStartObject();
            json.writeNumberProperty("operations", history.size());
            json.writeNumberProperty("step", step);
            json.writeBooleanProperty("timed", axis.timed());
            differences(json, "index", rows, history::index);
            differences(json, "from", rows, axis::invoked);
            numbers(json, "took", IntStream.of(rows).mapToLong(this::took).toArray());
            // the columns of few texts first, so that their numbers are short
            texts(json, "outcome", rows, cells::outcome, texts);
            texts(json, "session", rows, cells::session, texts);
            texts(json, "node", rows, cells::node, texts);
            texts(json, "function", rows, cells::function, texts);
            texts(json, "key", rows, cells::key, texts);
            texts(json, "value", rows, cells::value, texts);
            numbers(
                    json,
                    "writes",
                    IntStream.of(rows)
                            .mapToLong(history::writeCount)
                            .map(Long::signum)
                            .toArray());
            json.writeArrayPropertyStart("texts");
            texts.keySet().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toString();
    }

    private long took(int operation) {
        boolean known = history.outcome(operation) != Outcome.INFO;
        return known ? Math.max(0, axis.ended(operation) - axis.invoked(operation)) : UNKNOWN;
    }

    private static void differences(JsonGenerator json, String name, int[] rows, IntToLongFunction column) {
        long[] values = IntStream.of(rows).mapToLong(column).toArray();
        for (int i = values.length - 1; i > 0; i--) {
            values[i] -= values[i - 1];
        }
        numbers(json, name, values);
    }

    private static void texts(
            JsonGenerator json, String name, int[] rows, IntFunction<String> column, Map<String, Integer> texts) {
        numbers(
                json,
                name,
                IntStream.of(rows)
                        .mapToObj(column)
                        .mapToLong(text -> texts.computeIfAbsent(text, unseen -> texts.size()))
                        .toArray());
    }

    private static void numbers(JsonGenerator json, String name, long[] values) {
        json.writeName(name);
        json.writeArray(values, 0, values.length);
    }

    private String rest(List<Fault> faults, Measurements measured) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = VerdictJson.generator(out)) {
            json.writeStartObject();
            faults(json, faults);
            json.writeNumberProperty("begin", measured.from());
            json.writeNumberProperty("end", measured.to());
            OverTime.Stretches ok = measured.outcomes(Outcome.OK).stretches();
            numbers(json, "ok", ok.counts());
            numbers(json, "failed", measured.outcomes(Outcome.FAIL).stretches().counts());
            numbers(json, "unknown", measured.outcomes(Outcome.INFO).stretches().counts());
            percentiles(json, "latency", ok);
            percentiles(json, "staleness", measured.staleMicros().stretches());
            json.writeStringProperty("lagUnit", lagUnit);
            json.writeObjectPropertyStart("behind");
            measured.behindByNode()
                    .forEach((node, lag) -> numbers(json, node, lag.stretches().most()));
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void percentiles(JsonGenerator json, String name, OverTime.Stretches stretches) {
        json.writeObjectPropertyStart(name);
        numbers(json, "p50", stretches.median());
        numbers(json, "p99", stretches.nearlyAll());
        numbers(json, "max", stretches.most());
        json.writeEndObject();
    }

    private void faults(JsonGenerator json, List<Fault> faults) {
        json.writeArrayPropertyStart("faults");
        for (Fault fault : faults) {
            OptionalLong from = fault.confirmedAt().isEmpty()
                    ? OptionalLong.empty()
                    : axis.moment(fault.confirmedNanos(), fault.confirmedAt().get());
            if (from.isPresent()) {
                OptionalLong to = fault.healedAt().isEmpty()
                        ? OptionalLong.empty()
                        : axis.moment(fault.healedNanos(), fault.healedAt().get());
                json.writeStartObject();
                json.writeStringProperty("name", SafeText.clipped(fault.kind() + " " + fault.strikes()));
                json.writeNumberProperty("from", from.getAsLong());
                to.ifPresent(end -> json.writeNumberProperty("to", end));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
