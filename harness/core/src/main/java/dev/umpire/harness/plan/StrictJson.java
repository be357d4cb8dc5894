package dev.umpire.harness.plan;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One record as JSON: an object whose fields are those of the record, all of them, no others.
 *
 * @param type of the record
 * @param what people call it, in messages
 */
record StrictJson<T>(Class<T> type, String what) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** How Jackson begins what it says of a field that is not there; it has no exception of its own for that. */
    private static final String MISSING = "Missing creator property";

    /** In the order of the record's fields, with a line end. */
    String toJson(T value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    /**
     * Reads one from text.
     *
     * @param source its name in messages
     * @throws MalformedPlanException if it is none
     */
    T parse(String source, String json) throws MalformedPlanException {
        if (json.isBlank()) {
            throw new MalformedPlanException(source + ":1:1: found nothing, expected the JSON of " + what, null);
        }
        T value;
        try {
            value = MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new MalformedPlanException(source + place(e) + ": " + problem(e), e);
        }
        if (value == null) {
            throw new MalformedPlanException(source + ":1:1: found null, expected " + what, null);
        }
        return value;
    }

    private static String place(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ":" + location.getLineNr() + ":" + Math.max(1, location.getColumnNr());
    }

    private String problem(JacksonException e) {
        String path = path(e.getPath());
        if (e instanceof UnrecognizedPropertyException unknown) {
            return path + ": found a field that " + what + " does not have, expected one of "
                    + List.copyOf(unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds());
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return (path.isEmpty() ? "" : path + ": ") + e.getCause().getMessage();
        }
        if (e.getOriginalMessage().startsWith(MISSING)) {
            return path + ": found no such field, expected every field of " + what;
        }
        if (e instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null) {
            return (path.isEmpty() ? "" : path + ": ") + firstLine(e.getOriginalMessage()) + ", expected "
                    + mismatched.getTargetType().getSimpleName();
        }
        return (path.isEmpty() ? "" : path + ": ") + firstLine(e.getOriginalMessage()) + ", expected the JSON of "
                + what;
    }

    private static String path(List<JacksonException.Reference> references) {
        return references.stream()
                .map(one -> one.getPropertyName() == null ? "[" + one.getIndex() + "]" : one.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
