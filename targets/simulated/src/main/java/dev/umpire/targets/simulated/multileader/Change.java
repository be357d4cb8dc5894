package dev.umpire.targets.simulated.multileader;

/**
 * One change, as it stands in the log of every leader that has it.
 *
 * @param past what its leader had when it made it: whatever it may depend on
 */
record Change(Dot dot, VersionVector past, Timestamp time, Deed deed) {}
