/**
 * The simulated world: machines, their disks and clocks, and the network between them and to the clients.
 *
 * <p>In: what a store's node does on each message ({@link dev.umpire.targets.simulated.world.Program}), and faults. Out:
 * messages that arrive late, twice, out of order or never, timers, and disks that keep what was synced. Start with
 * {@link dev.umpire.targets.simulated.world.World}, then {@link dev.umpire.targets.simulated.world.Host}.
 *
 * <p>Decisions: a node knows only its messages, its timers, its own disk and its own clock; nothing here hands out another
 * node's memory. Every delay is drawn by (seed, link, number of the message on that link), so one message more on one link
 * changes no delay on another. A process is an object that a crash throws away; what must survive stands on the disk. A
 * paused process is not called: what arrives for it, and its timers that are due, stand in a queue until it goes on. The
 * links between a client and a node are never cut and lose nothing.
 *
 * <p>A machine has two clocks. Leases and timeouts go by one that never goes back and whose rate is off by less than leases
 * allow for; timestamps go by the time of day, which is off by any bounded amount and jumps.
 */
@NullMarked
package dev.umpire.targets.simulated.world;

import org.jspecify.annotations.NullMarked;
