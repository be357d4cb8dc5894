package dev.umpire.checkers.convergence;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static dev.umpire.checkers.oracle.Verdicts.counted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Durability of the messages of logs. */
class LogsTest {

    private static Verdict check(String lines) {
        return check(lines, WriteOrder.REAL_TIME);
    }

    /** Lines such as {@code 1 send 7@0 ok} and {@code 2 poll 7@0,8@1 ok}, one after the other; {@code poll!} is final. */
    private static Verdict check(String lines, WriteOrder order) {
        StringBuilder events = new StringBuilder();
        int process = 100;
        for (String line : lines.strip().split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            boolean poll = words[1].startsWith("poll");
            String head = "{:process " + process++ + ", :session " + words[0] + ", :f :" + (poll ? "poll" : "send")
                    + (words[1].equals("poll!") ? ", :phase \"final\"" : "") + ", :key \"p\", :type ";
            String[] records = words[2].equals("-") ? new String[0] : words[2].split(",", -1);
            String message = poll ? "nil" : words[2].split("@", -1)[0];
            String pairs = List.of(records).stream()
                    .map(record -> record.split("@", -1))
                    .map(pair -> "[" + pair[pair.length - 1] + " " + pair[0] + "]")
                    .collect(Collectors.joining(" "));
            events.append(head).append(":invoke, :value ").append(message).append("}\n");
            events.append(head)
                    .append(":")
                    .append(words[3])
                    .append(", :value ")
                    .append(poll ? "[" + pairs + "]" : words[2].contains("@") ? pairs : message)
                    .append("}\n");
        }
        try {
            return Durability.check(History.parse(events.toString()), CheckOptions.DEFAULT.with(order));
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aMessageIsLostWhenAHigherOffsetWasPolledAndItNever() {
        String lines = """
                1 send 7@0 ok
                1 send 8@1 ok
                2 poll 8@1 ok
                """;
        assertBroken(
                check(lines),
                "LOST_ELEMENT",
                "lost",
                "session 1 sent 7 to \"p\" (event 0 to event 1, acknowledged at offset 0), but nobody polled it, though session"
                        + " 2 polled 8 at offset 1 of \"p\" (event 4 to event 5)",
                0,
                2);
    }

    /** Who is told where to begin asks for nothing before it, and says of it that it is lost only where he passed over it. */
    @Test
    void aMessageIsNotLostWhereAConsumerWasToldToBeginBehindIt() throws MalformedHistoryException {
        String sent = """
                {:process 0, :type :invoke, :f :send, :key "p", :value 7}
                {:process 0, :type :ok, :f :send, :key "p", :value [0 7]}
                {:process 0, :type :invoke, :f :send, :key "p", :value 8}
                {:process 0, :type :ok, :f :send, :key "p", :value [1 8]}
                {:process 0, :type :invoke, :f :send, :key "p", :value 9}
                {:process 0, :type :ok, :f :send, :key "p", :value [2 9]}
                {:process 1, :type :invoke, :f :seek, :key "p", :value 1}
                {:process 1, :type :ok, :f :seek, :key "p", :value 1}
                {:process 1, :type :invoke, :f :poll, :key "p"}
                """;
        String all = sent + "{:process 1, :type :ok, :f :poll, :key \"p\", :value [[1 8] [2 9]]}";
        String without = all.replace("[1 8] [2 9]]}", "[2 9]]}");

        assertThat(Durability.check(History.parse(all), CheckOptions.DEFAULT).answer())
                .isEqualTo(Answer.UNKNOWN);
        assertThat(Durability.check(History.parse(without), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
        assertThat(Durability.check(
                                History.parse(all.replace("[[1 8] [2 9]]}", "[[0 7] [2 9]]}")), CheckOptions.DEFAULT)
                        .answer())
                .as("passed over 8")
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void aMessageIsLostWhenTheLogWasReadToItsEndAndItNever() {
        String lines = """
                1 send 7 ok
                1 send 8 ok
                2 poll 7@0 ok
                2 POLL - ok
                """;
        assertBroken(
                check(lines.replace("POLL", "poll!")),
                "LOST_ELEMENT",
                "lost",
                "session 1 sent 8 to \"p\" (event 2 to event 3, acknowledged), but nobody polled it, though session 2 read to"
                        + " the end of \"p\" (event 6 to event 7)",
                1,
                3);
        assertThat(check(lines.replace("POLL", "poll")).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check(lines.replace("POLL -", "poll! 8@1")).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines.replace("POLL", "poll!").replace("8 ok", "8 info"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void eachCopyOfAMessageThatWasAcknowledgedTwiceHasToBeThere() {
        String lines = """
                1 send 7@0 ok
                1 send 7@1 ok
                1 send 8@2 ok
                2 poll 7@0,POLLED8@2 ok
                """;
        assertBroken(
                check(lines.replace("POLLED", "")),
                "LOST_ELEMENT",
                "lost",
                "session 1 sent 7 to \"p\" (event 2 to event 3, acknowledged at offset 1), but of 2 such messages that were"
                        + " acknowledged polls found 1, though session 2 polled 8 at offset 2 of \"p\" (event 6 to event 7)",
                0,
                1,
                3);
        assertThat(check(lines.replace("POLLED", "7@1,")).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void whatAPollOfUnknownOutcomeMayHaveGotIsLostOnlyWhereAConsumerPassedOverIt() {
        String lines = """
                1 send 7@0 ok
                1 send 8@1 ok
                1 send 9@2 ok
                2 poll 7@0 ok
                3 poll - info
                2 poll 9@2 ok
                """;
        assertBroken(
                check(lines),
                "LOST_ELEMENT",
                "lost",
                "session 1 sent 8 to \"p\" (event 2 to event 3, acknowledged at offset 1), but nobody is known to have polled"
                        + " it, though session 2 polled 7 at offset 0 of \"p\" (event 6 to event 7) and next session 2"
                        + " polled 9 at offset 2 of \"p\" (event 10 to event 11)",
                1,
                3,
                5);
        assertThat(check(lines.replace("2 poll 9", "4 poll 9")).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check(lines.replace("3 poll -", "2 poll -")).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check(lines.replace("2 poll 9@2", "2 poll! -")).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void whatWasPolledIsThereHoweverManyPollsOfUnknownOutcomeThereAre() {
        String lines = """
                1 send 7@0 ok
                1 send 8@1 ok
                1 send 9@2 ok
                3 poll - info
                2 poll 7@0,8@1 ok
                2 poll! 9@2 ok
                """;
        Verdict verdict = check(lines);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(3);

        Verdict unknown = check(lines.replace("7@0,8@1", "7@0").replace("2 poll! 9@2", "4 poll! 9@2"));
        assertThat(unknown.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown.obliged()).isEqualTo(2);
        assertThat(unknown.reason())
                .hasValue(
                        "key \"p\" has 1 acknowledged message that nobody is known to have polled, first 8, and a poll of"
                                + " unknown outcome may have got what others did not");
    }

    @Test
    void ofAMessageThatWasAcknowledgedTwiceOneCopyMayBeLostAndTheOtherUnknown() {
        String lines = """
                1 send 7@0 ok
                1 send 8@1 ok
                1 send 9@2 ok
                1 send 8 ok
                2 poll 7@0 ok
                3 poll - info
                2 poll! 9@2 ok
                """;
        assertBroken(
                check(lines),
                "LOST_ELEMENT",
                "lost",
                "session 1 sent 8 to \"p\" (event 2 to event 3, acknowledged at offset 1), but nobody is known to have polled"
                        + " it, though session 2 polled 7 at offset 0 of \"p\" (event 8 to event 9) and next session 2"
                        + " polled 9 at offset 2 of \"p\" (event 12 to event 13)",
                1,
                4,
                6);
    }

    /** What a poll begins behind, because it was told so, it does not say to be lost, and not to be there either. */
    @Test
    void aPollThatIsFinalSaysNothingOfWhatItsConsumerWasToldToPassOver() throws MalformedHistoryException {
        String lines = """
                {:process 0, :type :invoke, :f :send, :key "p", :value 7}
                {:process 0, :type :ok, :f :send, :key "p", :value [0 7]}
                {:process 0, :type :invoke, :f :send, :key "p", :value 8}
                {:process 0, :type :ok, :f :send, :key "p", :value [1 8]}
                {:process 1, :type :invoke, :f :seek, :key "p", :value 1}
                {:process 1, :type :ok, :f :seek, :key "p", :value 1}
                {:process 1, :type :invoke, :f :poll, :key "p", :phase "final"}
                {:process 1, :type :ok, :f :poll, :key "p", :value [POLLED[1 8]], :phase "final"}
                """;
        Verdict verdict = Durability.check(History.parse(lines.replace("POLLED", "")), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValue(
                        "key \"p\" has 1 acknowledged message that nobody is known to have polled, first 7, and consumers"
                                + " were told where to go on");
        assertThat(Durability.check(History.parse(lines.replace("POLLED", "[0 7] ")), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void aMessageThatNobodySentIsAPhantom() {
        assertBroken(
                check("""
                        1 send 7 fail
                        2 poll 7@0 ok
                        """),
                "PHANTOM_ELEMENT",
                "phantom",
                "session 2 polled 7 at offset 0 of \"p\" (event 2 to event 3), which nobody can have sent",
                1);
    }

    @Test
    void aMessageAtTwoOffsetsThatWasSentOnceIsDuplicated() {
        assertBroken(
                check("""
                        1 send 7@0 ok
                        2 poll 7@0,7@1 ok
                        """),
                "DUPLICATED_ELEMENT",
                "duplicated",
                "7 was sent 1 time and stands at 2 offsets of \"p\": session 1 sent 7 to \"p\" (event 0 to event 1,"
                        + " acknowledged at offset 0), and session 2 polled 7 at offset 1 of \"p\" (event 2 to event 3)",
                0,
                1);
    }

    @Test
    void messagesAgainstTheOrderInWhichTheyWereSentAreReordered() {
        String lines = """
                1 send 7 ok
                3 send 8@0 ok
                2 poll 8@0,7@1 ok
                """;
        assertBroken(
                check(lines),
                "REORDERED_ELEMENTS",
                "reordered",
                "session 1 sent 7 to \"p\" (event 0 to event 1, acknowledged), before session 3 sent 8 to \"p\" (event 2 to"
                        + " event 3, acknowledged at offset 0), but 8 stands at offset 0, before 7 at offset 1",
                0,
                1,
                2);
        assertThat(check(lines, WriteOrder.SESSION).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines.replace("3 send", "1 send"), WriteOrder.SESSION).answer())
                .isEqualTo(Answer.INVALID);
        assertThat(check(lines.replace("3 send", "1 send"), WriteOrder.NONE).answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void withoutAPollNothingIsObliged() {
        assertThat(check("1 send 7@0 ok").answer()).isEqualTo(Answer.UNKNOWN);
    }

    /** One operation, one after the other; a send has one record, whose offset is -1 where nobody says it. */
    private record Deed(boolean poll, boolean isFinal, String outcome, List<int[]> records) {
        String line() {
            String all = records.stream()
                    .map(record -> record[0] + (record[1] < 0 ? "" : "@" + record[1]))
                    .collect(Collectors.joining(","));
            String who = poll ? outcome.equals("info") ? "3 poll " : isFinal ? "2 poll! " : "2 poll " : "1 send ";
            return who + (all.isEmpty() ? "-" : all) + " " + outcome;
        }
    }

    @Test
    void onRandomHistoriesEveryMessageIsCountedAsTheDefinitionSays() {
        long seed = Long.getLong("umpire.seed", 20261126L);
        int[] answers = new int[3];
        for (int run = 0; run < Share.of(3_000); run++) {
            List<Deed> deeds = draw(new Random(seed * 1_000_003 + run));
            String lines = deeds.stream().map(Deed::line).collect(Collectors.joining("\n"));
            Verdict verdict = check(lines);
            String history = "umpire.seed=" + seed + " run " + run + ":\n" + lines;
            Defined defined = defined(deeds);
            assertThat(counted(verdict)).as(history).isEqualTo(defined.counted());
            assertThat(verdict.answer()).as(history).isEqualTo(defined.answer());
            answers[List.of(Answer.values()).indexOf(verdict.answer())]++;
        }
        assertThat(answers).as("VALID, INVALID, UNKNOWN").doesNotContain(0);
    }

    private record Defined(Map<String, Long> counted, Answer answer) {}

    private static Defined defined(List<Deed> deeds) {
        Map<String, Long> count = new TreeMap<>();
        List<Integer> sends = new ArrayList<>();
        List<int[]> polled = new ArrayList<>();
        List<int[]> known = new ArrayList<>();
        int end = -1;
        for (int i = 0; i < deeds.size(); i++) {
            Deed deed = deeds.get(i);
            if (!deed.poll && !deed.outcome.equals("fail")) {
                sends.add(i);
            }
            if (deed.outcome.equals("ok")) {
                deed.records.stream().filter(record -> record[1] >= 0).forEach(known::add);
                polled.addAll(deed.poll ? deed.records : List.of());
                end = deed.isFinal ? i : end;
            }
        }
        boolean doubted = deeds.stream().anyMatch(deed -> deed.poll && deed.outcome.equals("info"));
        boolean undecided = false;
        long judged = 0;
        // message, which send, offset
        List<int[]> placed = new ArrayList<>();
        for (int m = 0; m < 8; m++) {
            int message = m;
            List<Integer> own = sends.stream()
                    .filter(i -> deeds.get(i).records.get(0)[0] == message)
                    .toList();
            long expected = 0;
            long due = 0;
            for (int i : own) {
                int offset = deeds.get(i).records.get(0)[1];
                boolean behind = offset >= 0 && polled.stream().anyMatch(record -> record[1] > offset);
                boolean passedOver = offset >= 0
                        && IntStream.range(1, polled.size())
                                .anyMatch(next -> polled.get(next - 1)[1] < offset && offset < polled.get(next)[1]);
                if (deeds.get(i).outcome.equals("ok") && (i < end || behind)) {
                    expected++;
                    due += !doubted || passedOver ? 1 : 0;
                }
            }
            List<Integer> found = polled.stream()
                    .filter(record -> record[0] == message)
                    .map(record -> record[1])
                    .distinct()
                    .toList();
            List<Integer> places = known.stream()
                    .filter(record -> record[0] == message)
                    .map(record -> record[1])
                    .distinct()
                    .toList();
            tally(count, "lost", found.size() < due);
            undecided |= found.size() < expected;
            judged += Math.max(due, Math.min(found.size(), expected));
            tally(count, "phantom", own.isEmpty() && !found.isEmpty());
            tally(count, "duplicated", !own.isEmpty() && places.size() > own.size());
            if (own.size() == 1 && places.size() == 1 && placed.stream().noneMatch(one -> one[2] == places.get(0))) {
                placed.add(new int[] {m, own.get(0), places.get(0)});
            }
        }
        for (int[] one : placed) {
            tally(
                    count,
                    "reordered",
                    placed.stream()
                            .anyMatch(other -> other[2] > one[2]
                                    && other[1] < one[1]
                                    && deeds.get(other[1]).outcome.equals("ok")));
        }
        Answer unbroken = undecided || judged == 0 ? Answer.UNKNOWN : Answer.VALID;
        return new Defined(count, count.isEmpty() ? unbroken : Answer.INVALID);
    }

    private static void tally(Map<String, Long> count, String figure, boolean isSo) {
        if (isSo) {
            count.merge(figure, 1L, Long::sum);
        }
    }

    /** Sends in the order of the messages, then polls, in which now and then something is wrong. */
    private static List<Deed> draw(Random random) {
        List<Deed> sends = new ArrayList<>();
        List<int[]> log = new ArrayList<>();
        int messages = 1 + random.nextInt(5);
        for (int m = 0; m < messages; m++) {
            String outcome = List.of("ok", "ok", "ok", "info", "fail").get(random.nextInt(5));
            int message = random.nextInt(6) == 0 ? 0 : m;
            boolean told = outcome.equals("ok") && random.nextBoolean();
            sends.add(new Deed(false, false, outcome, List.of(new int[] {message, told ? log.size() : -1})));
            if (outcome.equals("ok") || (outcome.equals("info") && random.nextBoolean())) {
                log.add(new int[] {message, log.size()});
            }
        }
        List<Deed> deeds = new ArrayList<>(sends);
        for (int polls = random.nextInt(3); polls >= 0; polls--) {
            List<int[]> records = new ArrayList<>(log);
            if (!records.isEmpty() && random.nextInt(2) == 0) {
                int at = random.nextInt(records.size());
                switch (random.nextInt(3)) {
                    case 0 -> records.remove(at);
                    case 1 -> records.add(new int[] {records.get(at)[0], log.size() + random.nextInt(2)});
                    default -> records.set(at, new int[] {random.nextInt(messages), records.get(at)[1]});
                }
            }
            deeds.add(new Deed(true, polls == 0 && random.nextBoolean(), "ok", records));
        }
        if (random.nextInt(3) == 0) {
            deeds.add(
                    sends.size() + random.nextInt(deeds.size() - sends.size() + 1),
                    new Deed(true, false, "info", List.of()));
        }
        return deeds;
    }
}
