package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in the {@code verdict.json} of a run, read again.
 *
 * @param verdict {@code VALID}, {@code INVALID}, {@code UNKNOWN} or {@code FAILED}
 * @param operations of the history
 * @param guarantees in the order in which they are told
 * @param missing what evidence the run lacks, one sentence each
 * @param storeVersion of the store, as it reported it; empty: it reported none
 */
public record VerdictFile(
        String verdict,
        long operations,
        List<BriefVerdict> guarantees,
        List<String> missing,
        Optional<String> storeVersion) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public VerdictFile {
        guarantees = List.copyOf(guarantees);
        missing = List.copyOf(missing);
    }

    /**
     * Reads one.
     *
     * @param source its name in messages
     * @throws IOException if the text is no verdict of a run
     */
    public static VerdictFile parse(String source, String json) throws IOException {
        try {
            JsonNode file = MAPPER.readTree(json);
            List<BriefVerdict> guarantees = new ArrayList<>();
            for (JsonNode one : file.required("guarantees")) {
                guarantees.add(new BriefVerdict(
                        one.required("guarantee").asString(),
                        Answer.valueOf(one.required("verdict").asString()),
                        one.required("obliged").asLong(),
                        one.required("anomalyCount").asLong(),
                        // verdicts of earlier versions do not say
                        one.path("anomalyCountIsLowerBound").asBoolean(false)));
            }
            return new VerdictFile(
                    file.required("verdict").asString(),
                    file.required("history").required("operations").asLong(),
                    guarantees,
                    file.path("missing").valueStream().map(JsonNode::asString).toList(),
                    file.path("storeVersion").asStringOpt());
        } catch (JacksonException | IllegalArgumentException e) {
            String problem = e instanceof JacksonException broken ? broken.getOriginalMessage() : e.getMessage();
            throw new IOException(source + ": " + problem + ", expected the verdict of a run", e);
        }
    }

    /** The names of the guarantees that are broken. */
    public List<String> broken() {
        return guarantees.stream()
                .filter(one -> one.answer() == Answer.INVALID)
                .map(BriefVerdict::guarantee)
                .toList();
    }
}
