/**
 * Real Apache Kafka: brokers that are controllers too (KRaft), started on this machine, with every link between them behind a
 * proxy; or brokers that run already.
 *
 * <p>In: settings. Out: a cluster whose brokers can be killed, stopped and cut off from each other, and sessions that send and
 * poll. Start with {@link dev.umpire.targets.kafka.KafkaTarget}; {@code SessionClients} says what a producer's answer means,
 * {@code KafkaProbes} how a fault is seen.
 *
 * <p>Decisions. Sessions use Kafka's own producer and consumer, because retries, sequence numbers and the handling of a log that
 * was cut off live there. What is asked of one certain broker (who leads, how far its copy is, a final poll, a probe) goes over a
 * connection of our own, as Kafka's clients ask whom they find. All brokers dial a broker at the ports that it advertises, so
 * the proxy tells them apart by the processes that hold the sockets. Who leads is left to the controllers. These are those of a
 * list, as most clusters have them, and a quorum that can change only where a plan asks for another membership; who belongs to the
 * cluster is kept in {@code Membership}, and {@code JoinStep} says when a disk may be emptied.
 */
@NullMarked
package dev.umpire.targets.kafka;

import org.jspecify.annotations.NullMarked;
