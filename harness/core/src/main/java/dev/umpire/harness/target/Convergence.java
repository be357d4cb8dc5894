package dev.umpire.harness.target;

/**
 * Whether all replicas have everything.
 *
 * @param reached whether they have
 * @param lastSeen one sentence for people: what each replica has
 */
public record Convergence(boolean reached, String lastSeen) {}
