package dev.umpire.harness.target;

/**
 * What a probe saw with its own traffic or question.
 *
 * @param positive whether the node answered, the link delivered
 * @param known whether anything was seen at all; if not, it is evidence neither for a fault nor for its end
 * @param evidence one sentence: what was sent, what came back, in which time
 */
public record Observation(boolean positive, boolean known, String evidence) {
    public Observation {
        if (positive && !known) {
            throw new IllegalArgumentException("positive: found true of what is not known, expected false");
        }
    }

    /** Something that was seen. */
    public Observation(boolean positive, String evidence) {
        this(positive, true, evidence);
    }

    /** Nothing was seen, as where the only one who could tell does not answer. */
    public static Observation unknown(String evidence) {
        return new Observation(false, false, evidence);
    }
}
