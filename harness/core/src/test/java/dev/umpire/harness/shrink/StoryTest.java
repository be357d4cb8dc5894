package dev.umpire.harness.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.RunExamples;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a run of a few operations. */
class StoryTest {
    private static final String INJECT = """
            {:type :info, :process :nemesis, :f :inject, :value {"id" 0, "fault" "crash", "nodes" ["n1"]}, :time 1000900, :index 0}
            """;
    private static final String CONFIRM = """
            {:type :info, :process :nemesis, :f :confirm, :value {"id" 0, "fault" "crash", "nodes" ["n1"]}, :time 1500000, :index 1}
            """;
    private static final String WRITE = """
            {:type :invoke, :process 0, :session 0, :f :write, :key "x1", :value 7, :node "n1", :time 2000000, :index 2}
            {:type :ok, :process 0, :session 0, :f :write, :key "x1", :value 7, :node "n1", :time 3000000, :index 3}
            """;

    @TempDir
    private Path nodes;

    private List<String> story(String edn, String... loggedAtN2) throws IOException {
        Files.write(nodes.resolve("n2.log"), List.of(loggedAtN2));
        Run run = new Run(
                PlanBuilder.simulated("simulated").build(),
                RunExamples.history(edn),
                List.of(new Judged(RunExamples.held("durability"), 0)),
                List.of(),
                List.of(),
                Path.of("history.edn"));
        return Story.of(run, nodes);
    }

    @Test
    void whatFollowsFromAFaultStandsBehindIt() throws IOException {
        assertThat(story(INJECT + CONFIRM + WRITE, "1.000 ms  process 1 is gone"))
                .startsWith("       1.000 ms  FAULT: crash n1", "       1.000 ms  n2 process 1 is gone");
    }

    @Test
    void aFaultThatNoProbeSawIsToldAsSuch() throws IOException {
        String unconfirmed = CONFIRM.replace(":confirm", ":unconfirmed")
                .replace("[\"n1\"]}", "[\"n1\"], \"evidence\" \"n1 answers\"}");

        assertThat(story(INJECT + unconfirmed + WRITE))
                .contains("       1.000 ms  FAULT: crash n1 (no probe saw it in force: n1 answers)");
    }

    @Test
    void aFaultIsToldWithItsDegree() throws IOException {
        String slow = INJECT.replace("\"crash\"", "\"slow\", \"degree\" \"30 ms more\"");

        assertThat(story(slow + CONFIRM.replace("crash", "slow") + WRITE))
                .contains("       1.000 ms  FAULT: slow n1, 30 ms more");
    }

    @Test
    void aHealThatFailedIsNotToldAsTheEndOfItsFault() throws IOException {
        String heal = CONFIRM.replace(":confirm", ":heal").replace("1500000", "1600000");
        String failed = CONFIRM.replace(":confirm", ":unconfirmed").replace("1500000", "1700000");
        String again = heal.replace("1600000", "1800000");

        assertThat(story(INJECT + CONFIRM + heal + failed + again + WRITE))
                .contains("       1.600 ms  not healed yet: crash n1", "       1.800 ms  healed: crash n1")
                .doesNotContain("       1.600 ms  healed: crash n1");
        assertThat(story(INJECT + CONFIRM + heal + WRITE)).contains("       1.600 ms  healed: crash n1");
    }

    @Test
    void aMessageIsToldInWordsAndWithHowOftenItCame() throws IOException {
        assertThat(
                        story(
                                WRITE,
                                "2.500 ms  gets from n1: Append[epoch=1, entries=[Entry[function=, key=x1, argument=Optional[7]]], sentNanos=5]",
                                "2.750 ms  gets from n1: Append[epoch=1, entries=[Entry[function=, key=x1, argument=Optional[7]]], sentNanos=6]"))
                .contains(
                        "       2.500 ms  n2 gets from n1: append (epoch 1, entries [entry (no function, key x1, argument 7)])"
                                + " · 1 time more, the last at 2.750 ms");
    }

    @Test
    void whatSaysTheSameButForItsNumberIsToldOnce() throws IOException {
        String fetched = "gets from n1: Fetched[partition=1, number=%d, from=0, entries=[Entry[number=4, key=x1]]]";

        assertThat(story(WRITE, "2.500 ms  " + fetched.formatted(7), "2.750 ms  " + fetched.formatted(8)))
                .contains(
                        "       2.500 ms  n2 gets from n1: fetched (partition 1, from 0, entries [entry (number 4, key x1)])"
                                + " · 1 time more, the last at 2.750 ms");
    }

    @Test
    void whatIsSentAgainUnderAnotherStampIsToldOnce() throws IOException {
        String store = "gets from n1: Store[stamp=message %d of process 1 of n1, operation=7, owner=1, entry=x1: 7]";

        assertThat(story(WRITE, "2.500 ms  " + store.formatted(8), "2.750 ms  " + store.formatted(11)))
                .contains("       2.500 ms  n2 gets from n1: store (owner n2, entry x1: 7)"
                        + " · 1 time more, the last at 2.750 ms");
    }

    @Test
    void ofPartitionsInWhichNothingHappensNothingIsTold() throws IOException {
        assertThat(
                        story(
                                WRITE,
                                "1.000 ms  partition 0, epoch 1: leads from offset 0",
                                "1.000 ms  partition 1, epoch 1: leads from offset 0",
                                "2.500 ms  gets from n1: Fetched[partition=1, entries=[Entry[epoch=1, producer=3, sequence=0, key=x1]]]"))
                .contains(
                        "       1.000 ms  n2 partition 1, epoch 1: leads from offset 0",
                        "       2.500 ms  n2 gets from n1: fetched (partition 1, entries [entry (epoch 1, key x1)])")
                .noneMatch(line -> line.contains("partition 0"));
    }

    @Test
    void messagesOfALogAreToldWithTheirOffsets() throws IOException {
        String log = """
                {:type :invoke, :process 0, :session 0, :f :send, :key "p1", :value 7, :node "n1", :time 2000000, :index 2}
                {:type :ok, :process 0, :session 0, :f :send, :key "p1", :value [4 7], :node "n1", :time 3000000, :index 3}
                {:type :invoke, :process 0, :session 0, :f :poll, :key "p1", :node "n1", :time 4000000, :index 4}
                {:type :ok, :process 0, :session 0, :f :poll, :key "p1", :value [[4 7] [5 9]], :node "n1", :time 5000000, :index 5}
                """;

        assertThat(story(log))
                .contains(
                        "       3.000 ms  session 0 hears of send p1 7: at offset 4",
                        "       5.000 ms  session 0 hears of poll p1: 7 at offset 4, 9 at offset 5");
    }

    @Test
    void whatNodesSayOfOneMomentStaysInItsOrder() throws IOException {
        assertThat(story(WRITE, "2.500 ms  gets from n1: Snapshot[key=x1]", "2.500 ms  installs a snapshot"))
                .containsSubsequence(
                        "       2.500 ms  n2 gets from n1: snapshot (key x1)",
                        "       2.500 ms  n2 installs a snapshot");
    }

    @Test
    void allValuesThatAReadReturnedAreTold() throws IOException {
        String read = """
                {:type :invoke, :process 1, :session 1, :f :read, :key "x1", :node "n1", :time 4000000, :index 4}
                {:type :ok, :process 1, :session 1, :f :read, :key "x1", :value 7, :siblings [7 8], :node "n1", :time 5000000, :index 5}
                """;

        assertThat(story(WRITE + read))
                .contains("       5.000 ms  session 1 hears of read x1: 7, of the siblings [7, 8]");
    }

    @Test
    void linksAreToldOnce() throws IOException {
        String cut = INJECT.replace("\"crash\"", "\"partition\", \"degree\" \"n1→n2\"")
                .replace("\"nodes\" [\"n1\"]", "\"links\" [[\"n1\" \"n2\"]]");

        assertThat(story(cut + WRITE)).anyMatch(line -> line.contains("FAULT: partition n1 to n2 (no probe"));
    }

    @Test
    void aMessageThatSpeaksOfAnotherKeyIsNotTold() throws IOException {
        assertThat(story(WRITE, "2.500 ms  gets from n1: Entry[key=x10, argument=7]"))
                .noneMatch(line -> line.contains("gets from"));
    }

    @Test
    void whatIsNoRecordStaysAsItIs() {
        assertThat(MessageWords.of("epoch 2: elected with 2 of 3 votes {n1=3, n2=[4]}"))
                .isEqualTo("epoch 2: elected with 2 of 3 votes {n1=3, n2=[4]}");
        assertThat(MessageWords.of("Held[previousIndex=1, value=Optional.empty, at={n1=3}]"))
                .isEqualTo("held (previous index 1, value none, at {n1=3})");
        assertThat(MessageWords.of("Store[stamp=9 of n2, operation=7, owner=0, members=Members[count=3]]"))
                .isEqualTo("store (owner n1, members (count 3))");
        assertThat(MessageWords.of("Snapshot[index=4, members=Members[addresses=[0, 2]]]"))
                .isEqualTo("snapshot (index 4, members [n1, n3])");
        assertThat(MessageWords.of("Append[entries=[Entry[epoch=3, function=, key=nil, argument=nil]]]"))
                .isEqualTo("append (entries [entry (epoch 3, begins the epoch)])");
        assertThat(MessageWords.of("PartRequest[read=ReadName[process=1, number=0], keys=[x81]]"))
                .isEqualTo("part request (keys [x81])");
    }
}
