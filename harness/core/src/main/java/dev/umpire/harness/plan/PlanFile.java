package dev.umpire.harness.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Plans as JSON: one object whose fields are those of {@link Plan}, all of them, no others. */
public final class PlanFile {

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

    private PlanFile() {}

    /** The plan as JSON, in the order of {@link Plan}'s fields, with a line end. */
    public static String toJson(Plan plan) {
        return MAPPER.writeValueAsString(plan) + "\n";
    }

    /** Writes a plan; a file that exists is replaced. */
    public static void write(Path file, Plan plan) throws IOException {
        Files.writeString(file, toJson(plan), StandardCharsets.UTF_8);
    }

    /**
     * Reads a plan.
     *
     * @throws MalformedPlanException if the file is not a plan
     * @throws IOException if it cannot be read
     */
    public static Plan read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    }

    /**
     * Reads a plan from text.
     *
     * @param source its name in messages
     * @throws MalformedPlanException if it is not a plan
     */
    public static Plan parse(String source, String json) throws MalformedPlanException {
        Plan plan;
        try {
            plan = MAPPER.readValue(json, Plan.class);
        } catch (JacksonException e) {
            throw new MalformedPlanException(source + place(e) + ": " + problem(e), e);
        }
        if (plan == null) {
            throw new MalformedPlanException(source + ":1:1: found null, expected a plan", null);
        }
        return plan;
    }

    private static String place(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ":" + location.getLineNr() + ":" + Math.max(1, location.getColumnNr());
    }

    private static String problem(JacksonException e) {
        String path = path(e.getPath());
        if (e instanceof UnrecognizedPropertyException unknown) {
            return path + ": found a field that a plan does not have, expected one of "
                    + List.copyOf(unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds());
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return (path.isEmpty() ? "" : path + ": ") + e.getCause().getMessage();
        }
        if (e.getOriginalMessage().startsWith(MISSING)) {
            return path + ": found no such field, expected every field of a plan";
        }
        if (e instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null) {
            return (path.isEmpty() ? "" : path + ": ") + firstLine(e.getOriginalMessage()) + ", expected "
                    + mismatched.getTargetType().getSimpleName();
        }
        return (path.isEmpty() ? "" : path + ": ") + firstLine(e.getOriginalMessage())
                + ", expected the JSON of a plan";
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
