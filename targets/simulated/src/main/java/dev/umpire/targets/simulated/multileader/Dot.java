package dev.umpire.targets.simulated.multileader;

/**
 * The name of one change: no other has it.
 *
 * @param origin the address of the leader that took it
 * @param sequence its number among the changes of this leader, from 1
 */
record Dot(int origin, long sequence) {}
