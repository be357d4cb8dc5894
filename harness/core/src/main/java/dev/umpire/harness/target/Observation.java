package dev.umpire.harness.target;

/**
 * What a probe saw with its own traffic or question.
 *
 * @param positive whether the node answered, the link delivered
 * @param evidence one sentence: what was sent, what came back, in which time
 */
public record Observation(boolean positive, String evidence) {}
