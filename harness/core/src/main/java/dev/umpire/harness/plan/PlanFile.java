package dev.umpire.harness.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans as JSON: one object whose fields are those of {@link Plan}, all of them, no others. Of the nemesis the schedule is left out
 * where there is none.
 */
public final class PlanFile {
    /** The name of a run's plan, in the run's folder. */
    public static final String NAME = "plan.json";

    private static final StrictJson<Plan> JSON = new StrictJson<>(Plan.class, "a plan");

    private static final String SCHEDULE = "nemesis.schedule";

    private static final JsonMapper MAPPER = new JsonMapper();

    private PlanFile() {}

    /** The plan as JSON, in the order of {@link Plan}'s fields, with a line end. */
    public static String toJson(Plan plan) {
        return JSON.toJson(plan);
    }

    /** What is scheduled as it stands in the JSON of its plan: an array. */
    public static String toJson(List<Script.Strike> schedule) {
        return StrictJson.written(schedule);
    }

    /** What a plan says, each of its values by its path, in the order of the plan: {@code settings.reads}; what is not set is left out. */
    public static Map<String, String> fields(Plan plan) {
        Map<String, String> fields = new LinkedHashMap<>();
        collect("", MAPPER.readTree(toJson(plan)), fields);
        String schedule =
                plan.nemesis().schedule().stream().map(Script.Strike::told).collect(Collectors.joining("; "));
        fields.computeIfPresent(SCHEDULE, (path, nothing) -> schedule);
        return Collections.unmodifiableMap(fields);
    }

    private static void collect(String path, JsonNode node, Map<String, String> fields) {
        if (node.isObject()) {
            String before = path.isEmpty() ? "" : path + ".";
            node.properties().forEach(field -> collect(before + field.getKey(), field.getValue(), fields));
        } else if (path.equals(SCHEDULE)) {
            // its faults are told in words below
            fields.put(path, "");
        } else if (node.isArray()) {
            fields.put(path, node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
        } else if (!node.isNull()) {
            fields.put(path, node.asString());
        }
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
     * The plan of a recorded run; empty if none stands there.
     *
     * @param recorded the folder of the run, or a file in it
     * @throws MalformedPlanException if what stands there is not a plan
     * @throws IOException if it cannot be read
     */
    public static Optional<Plan> beside(Path recorded) throws IOException {
        Path plan = Files.isDirectory(recorded) ? recorded.resolve(NAME) : recorded.resolveSibling(NAME);
        return Files.exists(plan) ? Optional.of(struck(read(plan), plan)) : Optional.empty();
    }

    /** Earlier versions wrote what struck by a script beside the plan, and not into it. */
    private static Plan struck(Plan plan, Path file) throws IOException {
        Path script = file.resolveSibling(ScriptFile.NAME);
        return Files.exists(script) && plan.nemesis().schedule().isEmpty()
                ? plan.struckBy(ScriptFile.read(script).strikes())
                : plan;
    }

    /**
     * Reads a plan from text.
     *
     * @param source its name in messages
     * @throws MalformedPlanException if it is not a plan
     */
    public static Plan parse(String source, String json) throws MalformedPlanException {
        return JSON.parse(source, json);
    }
}
