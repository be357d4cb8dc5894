package dev.umpire.targets.simulated.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.NoLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");
    private static final long SECOND = 1_000_000_000;
    private static final NetworkConditions CALM = new NetworkConditions(200_000, 2_000_000, 20_000_000, false, 0, 0);

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(7));
    private final List<String> heard = new ArrayList<>();
    private final List<Recorder> processes = new ArrayList<>();

    private World world(NetworkConditions network) {
        return world(new WorldConditions(network, true));
    }

    private World world(WorldConditions conditions) {
        StartContext context = new StartContext(environment, new Settings(Map.of()), 2, new NoLogs(), Launcher.none());
        return new World(context, conditions, host -> {
            Recorder recorder = new Recorder(host);
            processes.add(recorder);
            return recorder;
        });
    }

    private static LogFile<String> logOn(Disk disk) {
        return disk.log("log", (line, damage) -> ((Value.Text) damage.apply(Value.of(line))).value());
    }

    private void pass(long nanos) {
        environment.await("some time", environment.after(nanos));
    }

    private WorldFaults faults(World world) {
        return new WorldFaults(world, StoreLevers.NONE);
    }

    private boolean seen(CompletionStage<Observation> question) {
        return environment.await("a probe", question).positive();
    }

    /** Sends by number and notes what it receives. */
    private final class Recorder implements Program {
        private final Host host;

        Recorder(Host host) {
            this.host = host;
        }

        @Override
        public void start() {}

        @Override
        public void receive(int from, Message message) {
            heard.add(host.node() + " " + ((Numbered) message).number());
        }

        @Override
        public Message answer(Message question) {
            return question;
        }
    }

    private record Numbered(long number) implements Message {}

    @Nested
    class WhileALinkIsCut {
        private final World world = world(CALM);

        @Test
        void itCarriesNothingOneWayAndEverythingTheOther() {
            faults(world).cut(Set.of(new Link(N1, N2)));
            processes.get(0).host.send(1, new Numbered(1));
            processes.get(1).host.send(0, new Numbered(2));
            pass(SECOND);
            assertThat(heard).containsExactly("n1 2");
        }

        @Test
        void whatWasUnderWayIsLostToo() {
            processes.get(0).host.send(1, new Numbered(1));
            faults(world).cut(Set.of(new Link(N1, N2)));
            pass(SECOND);
            assertThat(heard).isEmpty();
        }

        @Test
        void aProbeSaysSoUntilItIsMended() {
            assertThat(seen(faults(world).delivers(new Link(N1, N2)))).isTrue();
            faults(world).cut(Set.of(new Link(N1, N2)));
            assertThat(seen(faults(world).delivers(new Link(N1, N2)))).isFalse();
            assertThat(seen(faults(world).delivers(new Link(N2, N1)))).isTrue();
            faults(world).mend(Set.of(new Link(N1, N2)));
            assertThat(seen(faults(world).delivers(new Link(N1, N2)))).isTrue();
        }
    }

    @Nested
    class WhileAProcessIsPaused {
        private final World world = world(CALM);

        @Test
        void messagesAndTimersWaitUntilItGoesOn() {
            processes.get(1).host.schedule(1_000, () -> heard.add("timer"));
            faults(world).pause(N2);
            processes.get(0).host.send(1, new Numbered(1));
            pass(SECOND);
            assertThat(heard).isEmpty();
            faults(world).resume(N2);
            assertThat(heard).containsExactly("timer", "n2 1");
        }

        @Test
        void itAnswersNothingThoughMessagesStillArriveAtItsMachine() {
            faults(world).pause(N2);
            assertThat(seen(faults(world).answers(N2))).isFalse();
            assertThat(seen(faults(world).delivers(new Link(N1, N2)))).isTrue();
            faults(world).resume(N2);
            assertThat(seen(faults(world).answers(N2))).isTrue();
        }
    }

    @Nested
    class AfterACrash {
        private final World world = world(CALM);

        @Test
        void timersAndMessagesOfTheOldProcessAreGone() {
            processes.get(1).host.schedule(SECOND, () -> heard.add("timer"));
            faults(world).pause(N2);
            processes.get(0).host.send(1, new Numbered(1));
            pass(SECOND / 2);
            faults(world).crash(N2);
            assertThat(seen(faults(world).answers(N2))).isFalse();
            faults(world).restart(N2);
            pass(SECOND);
            assertThat(heard).isEmpty();
            assertThat(seen(faults(world).answers(N2))).isTrue();
            assertThat(processes).hasSize(3);
        }

        @Test
        void theDiskHasWhatWasSynced() {
            Disk disk = processes.get(0).host.disk();
            LogFile<String> log = logOn(disk);
            Cell<String> cell = disk.cell("cell", "nothing");
            log.append("a");
            cell.set("one");
            disk.sync(() -> heard.add("synced"));
            assertThat(disk.clean()).isFalse();
            pass(SECOND);
            assertThat(heard).containsExactly("synced");
            assertThat(disk.clean()).isTrue();
            faults(world).crash(N1);
            assertThat(log.copy(0, log.size())).containsExactly("a");
            assertThat(cell.get()).isEqualTo("one");
        }

        @Test
        void ofReplacementsThatWereNotSyncedAnyMayHaveHappened() {
            Disk disk = processes.get(0).host.disk();
            Cell<String> cell = disk.cell("cell", "");
            Set<String> found = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                cell.set("first");
                disk.sync(() -> {});
                pass(SECOND);
                cell.set("second");
                cell.set("third");
                disk.sync(() -> heard.add("synced"));
                cell.set("fourth");
                cell.set("last");
                faults(world).crash(N1);
                faults(world).restart(N1);
                found.add(cell.get());
                assertThat(disk.clean()).isTrue();
            }
            assertThat(found).containsExactlyInAnyOrder("first", "second", "third", "fourth", "last");
            assertThat(heard).isEmpty();
        }

        @Test
        void anEndThatWasCutOffMayBeThereOrNotWhateverWasAppendedInItsPlace() {
            Disk disk = processes.get(0).host.disk();
            LogFile<String> log = logOn(disk);
            Set<String> found = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                log.truncate(0);
                List.of("a", "b", "c", "d").forEach(log::append);
                disk.sync(() -> {});
                pass(SECOND);
                log.truncate(2);
                log.append("x");
                disk.sync(() -> heard.add("synced"));
                log.append("y");
                faults(world).crash(N1);
                faults(world).restart(N1);
                found.add(String.join("", log.copy(0, log.size())));
            }
            assertThat(found).containsExactlyInAnyOrder("abcd", "ab", "abx", "abxy");
            assertThat(heard).isEmpty();
        }

        @Test
        void aProcessThatIsStoppedCleanlyHasWrittenAll() {
            Disk disk = processes.get(0).host.disk();
            LogFile<String> log = logOn(disk);
            Cell<String> cell = disk.cell("cell", "nothing");
            for (int i = 0; i < 20; i++) {
                log.append("a");
                disk.sync(() -> heard.add("synced"));
                log.append("b");
                cell.set("at " + i);
                faults(world).stop(N1);
                assertThat(log.copy(2 * i, log.size())).containsExactly("a", "b");
                assertThat(cell.get()).isEqualTo("at " + i);
                faults(world).restart(N1);
                faults(world).restart(N1);
            }
            pass(SECOND);
            assertThat(heard).isEmpty();
            assertThat(processes).hasSize(2 + 20);
        }

        @Test
        void ofWhatWasNotSyncedAnyFirstPartIsKept() {
            Set<Integer> sizes = new HashSet<>();
            LogFile<String> log = logOn(processes.get(0).host.disk());
            for (int i = 0; i < 60; i++) {
                int before = log.size();
                log.append("a");
                log.append("b");
                faults(world).crash(N1);
                faults(world).restart(N1);
                sizes.add(log.size() - before);
                assertThat(log.copy(before, log.size()))
                        .isEqualTo(List.of("a", "b").subList(0, log.size() - before));
            }
            assertThat(sizes).containsExactlyInAnyOrder(0, 1, 2);
        }

        @Test
        void withoutChecksumsTheFirstRecordThatIsNotWholeIsTakenForWholeAndNoOtherIsChanged() {
            World unchecked = world(new WorldConditions(CALM, false));
            LogFile<String> log = logOn(processes.get(processes.size() - 2).host.disk());
            Set<String> shapes = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                int before = log.size();
                List<String> written = List.of("aaaa", "bbbb", "cccc");
                written.forEach(log::append);
                faults(unchecked).crash(N1);
                faults(unchecked).restart(N1);
                StringBuilder shape = new StringBuilder();
                for (int line = before; line < log.size(); line++) {
                    String whole = written.get(line - before);
                    boolean torn = log.get(line).length() < whole.length();
                    shape.append(log.get(line).equals(whole) ? "whole " : torn ? "torn " : "corrupted ");
                }
                shapes.add(shape.toString().strip());
            }
            assertThat(shapes)
                    .containsExactlyInAnyOrder(
                            "",
                            "whole",
                            "whole whole",
                            "whole whole whole",
                            "torn",
                            "whole torn",
                            "whole whole torn",
                            "corrupted",
                            "corrupted whole",
                            "corrupted whole whole",
                            "whole corrupted",
                            "whole corrupted whole",
                            "whole whole corrupted");
        }

        @Test
        void aSyncThatWasUnderWaySaysNothingAnyMore() {
            Disk disk = processes.get(0).host.disk();
            logOn(disk).append("a");
            disk.sync(() -> heard.add("synced"));
            faults(world).crash(N1);
            faults(world).restart(N1);
            pass(SECOND);
            assertThat(heard).isEmpty();
        }
    }

    @Nested
    class WhileALinkIsBad {
        private final World world = world(CALM);
        private final Link link = new Link(N1, N2);

        private LinkSample sample(Link of) {
            return environment.await("a sample", faults(world).sample(of));
        }

        @Test
        void aSlowOneTakesLongerOneWayUntilItIsQuickAgain() {
            faults(world).slow(Set.of(link), Duration.ofMillis(40));
            assertThat(sample(link).median()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
            assertThat(sample(new Link(N2, N1)).median()).isLessThan(Duration.ofMillis(10));
            faults(world).slow(Set.of(link), Duration.ZERO);
            assertThat(sample(link).median()).isLessThan(Duration.ofMillis(10));
        }

        @Test
        void aLossyOneLosesSomeUntilItLosesNoneAgain() {
            faults(world).lose(Set.of(link), 50);
            assertThat(sample(link).arrived()).isBetween(5, 35);
            faults(world).lose(Set.of(link), 0);
            assertThat(sample(link)).matches(sample -> sample.arrived() == sample.sent());
        }

        @Test
        void oneThatDuplicatesDeliversSomeTwiceUntilItDeliversAllOnceAgain() {
            faults(world).duplicate(Set.of(link), 50);
            assertThat(sample(link).twice()).isBetween(5, 35);
            faults(world).duplicate(Set.of(link), 0);
            assertThat(sample(link).twice()).isZero();
        }
    }

    @Nested
    class WhileAClockIsWrong {
        private final World world = world(CALM);

        private long aheadMillis() {
            return environment
                    .await("the clock", faults(world).clockAhead(N2))
                    .ahead()
                    .toMillis();
        }

        @Test
        void theTimeOfDayJumpsAndTheSteadyClockDoesNot() {
            Host host = processes.get(1).host;
            long ahead = aheadMillis();
            long steady = host.clockNanos();
            long wall = host.wallClockNanos();
            faults(world).disturbClock(N2, Duration.ofMillis(-700), 0);
            assertThat(host.wallClockNanos()).isEqualTo(wall - 700_000_000);
            assertThat(host.clockNanos()).isBetween(steady, steady + SECOND / 10);
            assertThat(aheadMillis()).isBetween(ahead - 710, ahead - 690);
            faults(world).disturbClock(N2, Duration.ofMillis(700), 0);
            assertThat(aheadMillis()).isBetween(ahead - 10, ahead + 10);
        }

        @Test
        void bothClocksRunAtAnotherRate() {
            Host host = processes.get(1).host;
            faults(world).disturbClock(N2, Duration.ZERO, 100_000);
            long steady = host.clockNanos();
            long wall = host.wallClockNanos();
            pass(SECOND);
            long most = SECOND + SECOND / 10 + SECOND / 1_000;
            assertThat(host.clockNanos() - steady).isBetween(SECOND + SECOND / 11, most);
            assertThat(host.wallClockNanos() - wall).isEqualTo(host.clockNanos() - steady);
        }
    }

    @Nested
    class AfterALossOfTheDisk {
        private final World world = world(CALM);

        private LogFile<String> log() {
            return logOn(processes.get(processes.size() - 1).host.disk());
        }

        private void write(String... lines) {
            Disk disk = processes.get(0).host.disk();
            for (String line : lines) {
                logOn(disk).append(line);
            }
            disk.sync(() -> {});
            pass(SECOND);
        }

        @Test
        void aNodeThatWasReplacedHasNothing() {
            write("a", "b");
            faults(world).crash(N1);
            faults(world).replace(N1);
            assertThat(seen(faults(world).answers(N1))).isTrue();
            assertThat(log().size()).isZero();
        }

        @Test
        void aNodeThatWasRestoredHasWhatOneOfTheCopiesHas() {
            Set<Integer> sizes = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                write("a", "b");
                faults(world).crash(N1);
                int before = log().size();
                faults(world).restore(N1);
                assertThat(log().size()).isLessThanOrEqualTo(before).isEven();
                sizes.add(before - log().size());
            }
            assertThat(sizes).contains(0, 2).hasSizeGreaterThan(2);
        }

        @Test
        void whatIsSyncedAfterARestoreIsKept() {
            write("a");
            write("b");
            faults(world).crash(N1);
            faults(world).restore(N1);
            write("c");
            int size = log().size();
            faults(world).crash(N1);
            assertThat(log().size()).isEqualTo(size);
            assertThat(log().get(size - 1)).isEqualTo("c");
        }

        @Test
        void noProcessMayRunMeanwhile() {
            assertThat(faults(world).replace(N1).toCompletableFuture()).isCompletedExceptionally();
            assertThat(faults(world).restore(N1).toCompletableFuture()).isCompletedExceptionally();
        }
    }

    @Nested
    class OnTheWay {

        private List<Long> received(NetworkConditions conditions) {
            World world = world(conditions);
            Host sender = processes.get(world.address(N1)).host;
            LongStream.range(0, 200).forEach(number -> sender.send(1, new Numbered(number)));
            pass(SECOND);
            return heard.stream().map(line -> Long.parseLong(line.substring(3))).toList();
        }

        @Test
        void messagesOvertakeEachOtherUnlessToldOtherwise() {
            List<Long> received = received(CALM);
            assertThat(received).hasSize(200).doesNotHaveDuplicates();
            assertThat(received).isNotEqualTo(received.stream().sorted().toList());
        }

        @Test
        void inOrderTheyDoNot() {
            assertThat(received(new NetworkConditions(200_000, 2_000_000, 20_000_000, true, 0, 0)))
                    .hasSize(200)
                    .isSorted();
        }

        @Test
        void someAreLostAndSomeArriveTwiceWhereAskedFor() {
            List<Long> received = received(new NetworkConditions(200_000, 2_000_000, 20_000_000, false, 20, 20));
            Set<Long> different = new HashSet<>(received);
            assertThat(different.size()).isBetween(120, 190);
            assertThat(received.size() - different.size()).isBetween(10, 80);
        }
    }
}
