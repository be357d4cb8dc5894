package dev.umpire.harness.diff;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.report.BriefVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code umpire survey --json} prints, read again: an object on each line, of a configuration or of a defect.
 *
 * <p>A verdict of a survey counts seeds. Of a defect it says whether what is expected came true: {@code SL1 breaks
 * read-your-writes} held where a seed was found that shows it.
 *
 * @param asked {@code sl-any.seeds} and the like, by name
 */
public record Survey(Map<String, String> asked, List<BriefVerdict> verdicts) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CONFIGURATION = "configuration";
    private static final String DEFECT = "defect";
    private static final String GUARANTEE = "guarantee";

    public Survey {
        asked = Map.copyOf(asked);
        verdicts = List.copyOf(verdicts);
    }

    /** Whether a text may be a survey, by its first line: anything else is a history, or none of both. */
    public static boolean isOne(String firstLine) {
        try {
            JsonNode first = MAPPER.readTree(firstLine);
            return first.isObject() && (first.has(CONFIGURATION) || first.has(DEFECT));
        } catch (JacksonException e) {
            return false;
        }
    }

    /**
     * Reads one.
     *
     * @param source its name in messages
     * @throws MalformedSurveyException if the text is none
     */
    public static Survey parse(String source, String text) throws MalformedSurveyException {
        Map<String, String> asked = new TreeMap<>();
        List<BriefVerdict> verdicts = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                read(MAPPER.readTree(line), asked, verdicts);
            } catch (JacksonException | IllegalArgumentException e) {
                String problem = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
                throw new MalformedSurveyException(source + ":" + number + ": " + problem
                        + ", expected an object that 'umpire survey --json' printed");
            }
        }
        return new Survey(asked, verdicts);
    }

    private static void read(JsonNode line, Map<String, String> asked, List<BriefVerdict> verdicts) {
        if (line.has(CONFIGURATION)) {
            String name = text(line, CONFIGURATION);
            asked.put(name + ".seeds", text(line, "seeds"));
            asked.put(name + ".promise", String.join(", ", texts(line, "promise")));
            asked.put(name + ".writeOrder", text(line, "writeOrder"));
            for (JsonNode fault : list(line, "faults")) {
                configuration(name + " · " + text(fault, "fault") + " · ", fault, verdicts);
            }
        } else {
            defect(text(line, DEFECT), line, verdicts);
        }
    }

    private static void configuration(String before, JsonNode fault, List<BriefVerdict> verdicts) {
        for (JsonNode one : list(fault, "notBroken")) {
            long held = number(one, "held");
            verdicts.add(new BriefVerdict(
                    before + text(one, GUARANTEE), held > 0 ? Answer.VALID : Answer.UNKNOWN, held, 0, false));
        }
        for (JsonNode one : list(fault, "broken")) {
            verdicts.add(new BriefVerdict(before + text(one, GUARANTEE), Answer.INVALID, 0, 1, false));
        }
    }

    private static void defect(String name, JsonNode line, List<BriefVerdict> verdicts) {
        for (JsonNode one : list(line, "breaks")) {
            verdicts.add(expected(
                    name + " breaks " + text(one, GUARANTEE),
                    field(one, "found").asBoolean()));
        }
        texts(line, "kept").forEach(kept -> verdicts.add(expected(name + " keeps " + kept, true)));
        texts(line, "wronglyBroken").forEach(broken -> verdicts.add(expected(name + " keeps " + broken, false)));
    }

    private static BriefVerdict expected(String what, boolean cameTrue) {
        return new BriefVerdict(what, cameTrue ? Answer.VALID : Answer.INVALID, 1, cameTrue ? 0 : 1, false);
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode field = object.get(name);
        if (field == null) {
            throw new IllegalArgumentException("found no field " + name);
        }
        return field;
    }

    private static String text(JsonNode object, String name) {
        return field(object, name).asString();
    }

    private static long number(JsonNode object, String name) {
        return field(object, name).asLong();
    }

    private static List<JsonNode> list(JsonNode object, String name) {
        return field(object, name).valueStream().toList();
    }

    private static List<String> texts(JsonNode object, String name) {
        return list(object, name).stream().map(JsonNode::asString).toList();
    }
}
