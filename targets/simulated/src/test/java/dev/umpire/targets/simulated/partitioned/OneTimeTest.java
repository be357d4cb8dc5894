package dev.umpire.targets.simulated.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.NoLogs;
import dev.umpire.targets.simulated.partitioned.Protocol.Done;
import dev.umpire.targets.simulated.partitioned.Protocol.PartAnswer;
import dev.umpire.targets.simulated.partitioned.Protocol.PartRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.ReadName;
import dev.umpire.targets.simulated.partitioned.Protocol.ReadRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Status;
import dev.umpire.targets.simulated.partitioned.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.ClientPort;
import dev.umpire.targets.simulated.world.KeyRanges;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.StoreLevers;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldConditions;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a leader promised of a time holds in the processes that follow, and messages that come twice do nothing twice. */
class OneTimeTest {
    private static final NetworkConditions CALM = new NetworkConditions(200_000, 2_000_000, 20_000_000, false, 0, 0);
    private static final NetworkConditions ALL_TWICE =
            new NetworkConditions(200_000, 2_000_000, 20_000_000, false, 20, 100);
    private static final long MILLISECOND = 1_000_000;
    private static final int NODES = 3;
    private static final int LEADER = 0;
    private static final Value KEY = keyOf(LEADER);

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(7));
    private final List<Message> heard = new ArrayList<>();
    private long asked;

    private World world(NetworkConditions conditions) {
        return new World(
                new StartContext(environment, new Settings(Map.of()), NODES, new NoLogs(), Launcher.none()),
                new WorldConditions(conditions, true),
                host -> new Replica(host, new Rules(true)));
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

    private static Value keyOf(int partition) {
        KeyRanges ranges = new KeyRanges(NODES);
        return IntStream.range(0, 100)
                .mapToObj(i -> Value.of("x" + i))
                .filter(key -> ranges.partition(key) == partition)
                .findFirst()
                .orElseThrow();
    }

    private void pass(long nanos) {
        environment.await("some time", environment.after(nanos));
    }

    /** Lets time pass in small steps until something of this kind is heard. */
    private <M extends Message> M next(Class<M> kind) {
        for (int step = 0; step < 20_000; step++) {
            for (Message message : heard) {
                if (kind.isInstance(message)) {
                    heard.remove(message);
                    return kind.cast(message);
                }
            }
            pass(MILLISECOND / 100);
        }
        throw new AssertionError("found no " + kind.getSimpleName() + " within 200 ms, heard " + heard);
    }

    private void restart(World world, int address) {
        WorldFaults faults = new WorldFaults(world, StoreLevers.NONE);
        Node node = world.nodes().get(address);
        environment.await("a crash", faults.crash(node));
        environment.await("a restart", faults.restart(node));
    }

    private PartRequest asOf(long time) {
        return new PartRequest(new ReadName(1, asked++), List.of(KEY), time);
    }

    @Test
    void aTimeThatWasReadShowsTheSameAfterTheLeadersRestart() {
        World world = world(CALM);
        ClientPort client = client(world);
        long farAhead = 3_600_000 * MILLISECOND;
        client.send(LEADER, new WriteRequest(asked++, KEY, Value.of(1), 0));
        next(Done.class);

        client.send(LEADER, asOf(farAhead));
        assertThat(next(PartAnswer.class).values()).containsExactly(Value.of(1));
        restart(world, LEADER);
        // a session that saw nothing writes at a leader whose clock is far behind what it promised
        client.send(LEADER, new WriteRequest(asked++, KEY, Value.of(2), 0));
        assertThat(next(Done.class).time()).isGreaterThan(farAhead);
        client.send(LEADER, asOf(farAhead));
        assertThat(next(PartAnswer.class).values()).containsExactly(Value.of(1));
        client.send(LEADER, asOf(Long.MAX_VALUE / 2));
        assertThat(next(PartAnswer.class).values()).containsExactly(Value.of(2));
    }

    @Test
    void whatAReadShowsNoCrashTakesBack() {
        World world = world(CALM);
        ClientPort client = client(world);
        int shown = 0;
        for (int round = 1; round <= 30; round++) {
            Value written = Value.of(round);
            long time = 1_000_000 * MILLISECOND * round;
            if (round % 2 == 0) {
                // what is promised ahead now covers the time that is read below, so that only the write is to be waited
                // for
                client.send(LEADER, asOf(time - 50 * MILLISECOND));
                next(PartAnswer.class);
            }
            client.send(LEADER, new WriteRequest(asked++, KEY, written, 0));
            client.send(LEADER, asOf(time));
            List<Value> before = next(PartAnswer.class).values();
            restart(world, LEADER);
            client.send(LEADER, asOf(time));
            assertThat(next(PartAnswer.class).values()).as("round %d", round).isEqualTo(before);
            shown += before.contains(written) ? 1 : 0;
        }
        assertThat(shown).as("reads that overtook no write").isPositive();
    }

    @Test
    void whatArrivesTwiceOutOfOrderOrNotAtAllIsHadAndAnsweredOnce() {
        World world = world(ALL_TWICE);
        ClientPort client = client(world);
        for (int number = 1; number <= 60; number++) {
            int leader = number % NODES;
            client.send(leader, new WriteRequest(asked++, keyOf(leader), Value.of(number), 0));
            pass(5 * MILLISECOND);
        }
        client.send(
                LEADER,
                new ReadRequest(
                        asked++,
                        IntStream.range(0, NODES).mapToObj(OneTimeTest::keyOf).toList(),
                        true,
                        0));
        pass(1_000 * MILLISECOND);

        assertThat(heard).hasSize(61).allMatch(Done.class::isInstance);
        assertThat(((Done) heard.get(60)).result())
                .isEqualTo(new Value.MapOf(
                        Map.of(keyOf(0), Value.of(60), keyOf(1), Value.of(58), keyOf(2), Value.of(59))));
        assertThat(environment.await("all nodes", world.askAll(Status.class)).values())
                .hasSize(NODES)
                .containsOnly(new Status(List.of(20, 20, 20)));
    }
}
