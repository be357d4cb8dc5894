package dev.umpire.targets.simulated.world;

/**
 * How the machines of a cluster and what is between them behave for a whole run.
 *
 * @param network how the links between nodes behave
 * @param checksums whether a process that starts tells a record that a crash damaged from a whole one
 */
public record WorldConditions(NetworkConditions network, boolean checksums) {}
