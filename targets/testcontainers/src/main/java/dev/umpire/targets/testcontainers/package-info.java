/**
 * Targets over containers: your own, of any image, or ready ones.
 *
 * <p>In: a {@link dev.umpire.targets.testcontainers.ContainerStore}, which makes the container of each node and speaks to it. Out:
 * a target whose nodes are containers on one network, each of which can be killed and paused, and whose links can be cut and
 * slowed. Start with {@link dev.umpire.targets.testcontainers.ContainerTarget}; {@link
 * dev.umpire.targets.testcontainers.RedisContainers} shows what a store has to say.
 *
 * <p>Decision: nodes dial one another through a proxy of the harness, at the gateway of their network, so that each way between
 * two of them can be closed without any right inside the containers. Clients dial a node at a port of the loopback address that
 * stays the same when the node is started again.
 *
 * <p>Decision: stores whose nodes tell each other where a third is, as those of etcd do, tell all of them one port of each; the
 * proxy knows who dials there by the address of its container, which the engine is asked for when it is not known. A container
 * that has just come may be reset once and dials again.
 *
 * <p>Decision: what a killed harness left is known by the labels of its containers and networks, and removed by the next start,
 * whether or not Testcontainers' own reaper runs. The journal of the launcher has a command besides that removes one cluster, for
 * {@code umpire heal} and for a start that is given up. It is Java's, with the class path of the harness: the engine's own client
 * program need not be there, and the one of Testcontainers finds every engine that the start has found.
 */
@NullMarked
package dev.umpire.targets.testcontainers;

import org.jspecify.annotations.NullMarked;
