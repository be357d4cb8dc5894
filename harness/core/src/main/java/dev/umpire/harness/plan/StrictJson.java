package dev.umpire.harness.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.umpire.harness.plan.Plan.NemesisPlan;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * One record as JSON: an object whose fields are those of the record, all of them but those that may be left out, no others.
 *
 * @param type of the record
 * @param what people call it, in messages
 */
record StrictJson<T>(Class<T> type, String what) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .changeDefaultNullHandling(handling -> handling.withContentNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .annotationIntrospector(new Required())
            .addMixIn(NemesisPlan.class, NemesisAsJson.class)
            .addMixIn(FaultKind.class, KindAsJson.class)
            .addMixIn(Node.class, NodeAsJson.class)
            .addMixIn(Link.class, LinkAsJson.class)
            .build();

    /** Every field must be there that does not say otherwise. */
    private static final class Required extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            Boolean said = super.hasRequiredMarker(config, member);
            return said == null ? Boolean.TRUE : said;
        }
    }

    /** Plans of earlier versions had no schedule. */
    private interface NemesisAsJson {
        @JsonProperty(isRequired = OptBoolean.FALSE)
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Script.Strike> schedule();
    }

    /** {@code client-cut}. */
    private interface KindAsJson {
        @JsonValue
        String optionName();
    }

    /** {@code n1}. */
    private abstract static class NodeAsJson {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        // it stands for that of a node, and is never called
        @SuppressWarnings("UnusedVariable")
        NodeAsJson(String name) {}

        @JsonValue
        abstract String name();
    }

    /** {@code [n1, n2]}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"from", "to"})
    private interface LinkAsJson {}

    /** How Jackson begins what it says of a field that is not there; it has no exception of its own for that. */
    private static final String MISSING = "Missing required creator property";

    /** The same of one that is null, where none may be. */
    private static final String NULL = "Null value for creator property";

    /** In the order of the record's fields, with a line end. */
    String toJson(T value) {
        return written(value) + "\n";
    }

    /** Whatever is in such a record, as it stands there. */
    static String written(Object value) {
        return MAPPER.writeValueAsString(value);
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
            throw new MalformedPlanException(source + place(e, json) + ": " + problem(e), e);
        }
        if (value == null) {
            throw new MalformedPlanException(source + ":1:1: found null, expected " + what, null);
        }
        return value;
    }

    /** Of the field that is meant, else where the reader stood: what a record refuses is known only at its end. */
    private static String place(JacksonException e, String json) {
        TokenStreamLocation location =
                e instanceof DatabindException ? field(pointer(e), json).orElse(e.getLocation()) : e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ":" + location.getLineNr() + ":" + Math.max(1, location.getColumnNr());
    }

    private static JsonPointer pointer(JacksonException e) {
        JsonPointer pointer = JsonPointer.empty();
        for (JacksonException.Reference reference : e.getPath()) {
            pointer = reference.getPropertyName() == null
                    ? pointer.appendIndex(reference.getIndex())
                    : pointer.appendProperty(reference.getPropertyName());
        }
        return e instanceof ValueInstantiationException && e.getCause() != null
                ? pointer.appendProperty(
                        String.valueOf(e.getCause().getMessage()).replaceFirst("(?s):.*", ""))
                : pointer;
    }

    private static Optional<TokenStreamLocation> field(JsonPointer pointer, String json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.streamReadContext().pathAsPointer().equals(pointer)) {
                    return Optional.of(parser.currentTokenLocation());
                }
            }
        } catch (JacksonException e) {
            // what follows the field is no JSON
            return Optional.empty();
        }
        return Optional.empty();
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
        if (e instanceof InvalidNullException || e.getOriginalMessage().startsWith(NULL)) {
            return path + ": found null, expected a value";
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
