package dev.umpire.targets.simulated.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.NoLogs;
import dev.umpire.targets.simulated.log.Protocol.Commit;
import dev.umpire.targets.simulated.log.Protocol.Committed;
import dev.umpire.targets.simulated.log.Protocol.Join;
import dev.umpire.targets.simulated.log.Protocol.Joined;
import dev.umpire.targets.simulated.log.Protocol.NotMember;
import dev.umpire.targets.simulated.log.Protocol.PartitionStatus;
import dev.umpire.targets.simulated.log.Protocol.Poll;
import dev.umpire.targets.simulated.log.Protocol.Polled;
import dev.umpire.targets.simulated.log.Protocol.Position;
import dev.umpire.targets.simulated.log.Protocol.Refused;
import dev.umpire.targets.simulated.log.Protocol.Send;
import dev.umpire.targets.simulated.log.Protocol.Sent;
import dev.umpire.targets.simulated.log.Protocol.Status;
import dev.umpire.targets.simulated.log.Protocol.Unknown;
import dev.umpire.targets.simulated.world.ClientPort;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.StoreLevers;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldConditions;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a change of the leader between two steps leaves as it was, and what it takes back. */
class LogTest {
    private static final NetworkConditions CALM = new NetworkConditions(200_000, 2_000_000, 20_000_000, false, 0, 0);
    private static final NetworkConditions ALL_TWICE =
            new NetworkConditions(200_000, 2_000_000, 20_000_000, false, 10, 100);
    private static final long MILLISECOND = 1_000_000;
    private static final int NODES = 3;
    private static final Rules CORRECT = new Rules(3, Rules.Acks.ALL, true, true, true, true, true);
    /** The partition that the first node leads in the beginning, as it does the group's. */
    private static final int PARTITION = 0;

    private static final int FOUNDER = 0;
    private static final int GROUP = CORRECT.groupPartition();

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(7));
    private final List<Message> heard = new ArrayList<>();
    private long asked;

    private World world(NetworkConditions conditions) {
        return new World(
                new StartContext(environment, new Settings(Map.of()), NODES, new NoLogs(), Launcher.none()),
                new WorldConditions(conditions, true),
                host -> new Replica(host, CORRECT));
    }

    private ClientPort client(World world) {
        return world.connect(0, 0, new ClientPort.Receiver() {
            @Override
            public void receive(int node, Message message) {
                heard.add(message);
            }

            @Override
            public void refused(int node, Message undelivered) {}

            @Override
            public void reset(int node) {}
        });
    }

    private static WorldFaults faults(World world) {
        return new WorldFaults(world, StoreLevers.NONE);
    }

    private void pass(long millis) {
        environment.await("some time", environment.after(millis * MILLISECOND));
    }

    /** Lets time pass in small steps until something of this kind is heard. */
    private <M extends Message> M next(Class<M> kind) {
        for (int millis = 0; millis < 300; millis++) {
            for (Message message : heard) {
                if (kind.isInstance(message)) {
                    heard.remove(message);
                    return kind.cast(message);
                }
            }
            pass(1);
        }
        throw new AssertionError("found no " + kind.getSimpleName() + " within 300 ms, heard " + heard);
    }

    private Send send(long producer, long sequence, long value) {
        return new Send(asked++, PARTITION, producer, sequence, Rules.nameOf(PARTITION), Value.of(value));
    }

    private static Set<Link> around(World world, int address) {
        Node lonely = world.nodes().get(address);
        return world.nodes().stream()
                .filter(node -> !node.equals(lonely))
                .flatMap(node -> Set.of(new Link(lonely, node), new Link(node, lonely)).stream())
                .collect(Collectors.toSet());
    }

    /** What each node that answers says of the partition. */
    private List<PartitionStatus> statuses(World world) {
        return environment.await("all nodes", world.askAll(Status.class)).values().stream()
                .map(status -> status.partitions().get(PARTITION))
                .toList();
    }

    @Test
    void aMessageThatIsSentAgainToTheNextLeaderKeepsItsOffset() {
        World world = world(CALM);
        ClientPort client = client(world);
        client.send(FOUNDER, send(7, 0, 70));
        assertThat(next(Sent.class).offset()).isZero();
        client.send(FOUNDER, send(8, 0, 80));
        assertThat(next(Sent.class).offset()).isEqualTo(1);

        environment.await("a crash", faults(world).crash(world.nodes().get(FOUNDER)));
        pass(1_000);
        client.send(1, send(7, 0, 70));
        client.send(2, send(7, 0, 70));
        assertThat(next(Sent.class).offset()).isZero();
        next(Refused.class);
        client.send(1, send(7, 1, 71));
        client.send(2, send(7, 1, 71));
        assertThat(next(Sent.class).offset()).isEqualTo(2);
    }

    @Test
    void whatOnlyTheOldLeaderHasIsNeitherShownNorKept() {
        World world = world(CALM);
        ClientPort client = client(world);
        environment.await("a cut", faults(world).cut(around(world, FOUNDER)));
        client.send(FOUNDER, send(7, 0, 70));
        pass(1_000);
        client.send(FOUNDER, new Poll(asked++, PARTITION, 0, 10, false));
        assertThat(next(Polled.class).values()).isEmpty();
        client.send(1, send(8, 0, 80));
        client.send(2, send(8, 0, 80));
        assertThat(next(Sent.class).offset()).isZero();

        environment.await("mending", faults(world).mend(around(world, FOUNDER)));
        next(Unknown.class);
        pass(1_000);
        client.send(FOUNDER, new Poll(asked++, PARTITION, 0, 10, true));
        assertThat(next(Polled.class).values()).containsExactly(Value.of(80));
    }

    @Test
    void aReplicaThatWasLeftBehindDoesNotLeadBeforeOneThatWasNot() {
        World world = world(CALM);
        ClientPort client = client(world);
        environment.await("a pause", faults(world).pause(world.nodes().get(2)));
        pass(500);
        client.send(FOUNDER, send(7, 0, 70));
        next(Sent.class);
        // it has not heard of the leader for the longest time of all
        environment.await("a crash", faults(world).crash(world.nodes().get(FOUNDER)));
        environment.await("going on", faults(world).resume(world.nodes().get(2)));
        pass(1_000);
        assertThat(statuses(world))
                .hasSize(2)
                .allSatisfy(status -> assertThat(status.state().leader()).isEqualTo(1))
                .allSatisfy(status -> assertThat(status.highWatermark()).isEqualTo(1));
    }

    @Test
    void aProcessThatLedBeforeLeadsOnlyInANewEpoch() {
        World world = world(CALM);
        ClientPort client = client(world);
        client.send(FOUNDER, send(7, 0, 70));
        next(Sent.class);
        for (Node node : world.nodes()) {
            environment.await("a crash", faults(world).crash(node));
        }
        for (Node node : world.nodes()) {
            environment.await("a restart", faults(world).restart(node));
        }
        pass(2_000);
        assertThat(statuses(world))
                .hasSize(NODES)
                .allSatisfy(status -> assertThat(status.state().epoch()).isGreaterThan(1))
                .allSatisfy(status -> assertThat(status.highWatermark()).isEqualTo(1));
    }

    @Test
    void whatArrivesTwiceIsAppendedOnceAndAnsweredOnce() {
        World world = world(ALL_TWICE);
        ClientPort client = client(world);
        for (int number = 0; number < 50; number++) {
            client.send(FOUNDER, send(7, number, number));
            pass(5);
        }
        pass(1_000);
        assertThat(heard).hasSize(50).allMatch(Sent.class::isInstance);
        assertThat(statuses(world))
                .allSatisfy(status -> assertThat(status.end()).isEqualTo(50));
    }

    @Test
    void aMemberOfAnOlderGenerationSaysNothingAnyMore() {
        World world = world(CALM);
        ClientPort client = client(world);
        client.send(FOUNDER, new Join(asked++, GROUP, 1, 0));
        Joined alone = next(Joined.class);
        assertThat(alone.assigned()).hasSize(3);
        client.send(FOUNDER, new Commit(asked++, GROUP, 1, 0, alone.generation(), List.of(new Position(PARTITION, 5))));
        next(Committed.class);

        client.send(FOUNDER, new Join(asked++, GROUP, 3, 0));
        Joined second = next(Joined.class);
        client.send(FOUNDER, new Commit(asked++, GROUP, 1, 0, alone.generation(), List.of(new Position(PARTITION, 9))));
        next(NotMember.class);
        client.send(FOUNDER, new Join(asked++, GROUP, 1, 0));
        Joined first = next(Joined.class);

        assertThat(first.generation()).isEqualTo(second.generation()).isGreaterThan(alone.generation());
        assertThat(first.assigned()).containsExactly(new Position(0, 5), new Position(2, 0));
        assertThat(second.assigned()).containsExactly(new Position(1, 0));
    }

    @Test
    void aLeaderThatIsGoneStaysInSyncWhereTooFewWouldBeLeft() {
        PartitionState all = PartitionState.founding(0, 3);
        PartitionState two = all.ledBy(1, 2);
        assertThat(two.inSync()).containsExactly(1, 2);
        assertThat(two.ledBy(2, 2).inSync()).containsExactly(1, 2);
        assertThat(two.ledBy(0, 2).inSync()).containsExactly(0);
        assertThat(two.with(0).without(1).inSync()).containsExactly(0, 2);
    }
}
