package dev.umpire.targets.simulated.singleleader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.NoLogs;
import dev.umpire.targets.simulated.SimulatedTarget;
import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.NetworkConditions;
import dev.umpire.targets.simulated.world.Program;
import dev.umpire.targets.simulated.world.StoreLevers;
import dev.umpire.targets.simulated.world.World;
import dev.umpire.targets.simulated.world.WorldConditions;
import dev.umpire.targets.simulated.world.WorldFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a node takes for committed when it starts after a crash. */
class LedgerTest {
    private static final int SEEDS = 300;
    private static final Value KEY = Value.of("x");
    private static final Settings SETTINGS =
            SettingsResolver.resolve(new SimulatedTarget(), Map.of("configuration", "sl-semisync"));

    /** A machine, and what is on its disk. */
    private static final class Machine {
        private static final Node NODE = new Node("n1");
        private static final long SECOND = 1_000_000_000;

        private final SimulatedEnvironment environment;
        private final WorldFaults faults;
        private final Disk disk;

        Machine(long seed) {
            environment = new SimulatedEnvironment(new KeyedRandom(seed));
            List<Disk> disks = new ArrayList<>();
            World world = new World(
                    new StartContext(environment, SETTINGS, 1, new NoLogs(), Launcher.none()),
                    new WorldConditions(new NetworkConditions(1, 1, 1, true, 0, 0), true),
                    host -> {
                        disks.add(host.disk());
                        return new Idle();
                    });
            faults = new WorldFaults(world, StoreLevers.NONE);
            disk = disks.get(0);
        }

        Ledger ledger() {
            return new Ledger(disk, Rules.of(SETTINGS), Members.all(3));
        }

        void synced(Ledger ledger) {
            ledger.sync(() -> {});
            environment.await("a sync", environment.after(SECOND));
        }

        Ledger afterACrash() {
            faults.crash(NODE);
            faults.restart(NODE);
            return ledger();
        }
    }

    private static final class Idle implements Program {
        @Override
        public void start() {}

        @Override
        public void receive(int from, Message message) {}

        @Override
        public Message answer(Message question) {
            return question;
        }
    }

    private static Entry write(long epoch, long value) {
        return new Entry(epoch, Request.WRITE, KEY, Value.of(value));
    }

    /** Four entries that are committed and applied, and a fifth that only this node has. */
    private static Ledger withATail(Machine machine) {
        Ledger ledger = machine.ledger();
        for (int value = 1; value <= 5; value++) {
            ledger.append(write(1, value));
        }
        ledger.commit(4);
        machine.synced(ledger);
        ledger.apply(4);
        return ledger;
    }

    /** Whatever a crash leaves: entries of which other nodes know better are not taken for committed. */
    private static SortedSet<String> afterCrashes(Consumer<Ledger> unsynced) {
        SortedSet<String> found = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Machine machine = new Machine(seed);
            Ledger before = withATail(machine);
            unsynced.accept(before);
            before.sync(() -> {
                throw new AssertionError("found a sync that ended, expected the crash before");
            });
            Ledger after = machine.afterACrash();
            assertThat(after.committed()).as("seed %d", seed).isBetween(4L, after.lastIndex());
            assertThat(after.applied()).as("seed %d", seed).isEqualTo(after.committed());
            found.add(after.committed() + " of " + after.lastIndex() + ", x = " + after.read(KEY));
        }
        return found;
    }

    @Test
    void aTailThatWasToBeReplacedIsNotCommittedWithWhatWasToReplaceIt() {
        SortedSet<String> found = afterCrashes(ledger -> {
            ledger.adopt(4, List.of(Entry.barrier(2), write(2, 20)));
            ledger.commit(6);
        });

        assertThat(found).containsExactly("4 of 4, x = 4", "4 of 5, x = 4", "4 of 6, x = 4", "6 of 6, x = 20");
    }

    @Test
    void aTailThatASnapshotWasToReplaceIsNotCommittedWithIt() {
        SortedSet<String> found =
                afterCrashes(ledger -> ledger.install(5, 2, Map.of(KEY, Value.of(20)), Members.all(3)));

        assertThat(found).containsExactly("4 of 5, x = 4", "5 of 5, x = 20");
    }
}
