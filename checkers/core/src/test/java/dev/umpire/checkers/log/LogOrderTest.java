package dev.umpire.checkers.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.Verdicts;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogOrderTest {

    /** One operation; a send holds one record, whose offset is -1 where nobody says it. */
    private record Deed(int session, String function, String outcome, List<int[]> records) {}

    /** Lines such as {@code 1 send 7@0 ok} and {@code 2 poll 7@0,8@1 ok}, one after the other; a partition p. */
    private static List<Deed> deeds(String lines) {
        List<Deed> deeds = new ArrayList<>();
        for (String line : lines.strip().split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            List<int[]> records = new ArrayList<>();
            for (String record : words[2].split(",", -1)) {
                if (!record.equals("-")) {
                    String[] at = record.split("@", -1);
                    records.add(new int[] {Integer.parseInt(at[0]), at.length == 1 ? -1 : Integer.parseInt(at[1])});
                }
            }
            deeds.add(new Deed(Integer.parseInt(words[0]), words[1], words[3], records));
        }
        return deeds;
    }

    private static String edn(List<Deed> deeds) {
        StringBuilder events = new StringBuilder();
        int process = 100;
        for (Deed deed : deeds) {
            String head = "{:process " + process++ + ", :session " + deed.session + ", :f :" + deed.function
                    + ", :key \"p\", :type ";
            String message = deed.function.equals("send") ? "" + deed.records.get(0)[0] : "nil";
            events.append(head).append(":invoke, :value ").append(message).append("}\n");
            String result = deed.function.equals("poll")
                    ? deed.records.stream()
                            .map(record -> "[" + record[1] + " " + record[0] + "]")
                            .collect(Collectors.joining(" ", "[", "]"))
                    : deed.function.equals("send") && deed.records.get(0)[1] >= 0
                            ? "[" + deed.records.get(0)[1] + " " + message + "]"
                            : message;
            events.append(head)
                    .append(":")
                    .append(deed.outcome)
                    .append(", :value ")
                    .append(deed.outcome.equals("ok") ? result : message)
                    .append("}\n");
        }
        return events.toString();
    }

    private static Verdict check(String lines) {
        return check(deeds(lines));
    }

    private static Verdict check(List<Deed> deeds) {
        try {
            return LogOrder.check(History.parse(edn(deeds)), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertBroken(String lines, String kind, String sentence, Integer... operations) {
        Verdict verdict = check(lines);
        Verdicts.assertBroken(verdict, kind, sentence, operations);
        assertMinimal(deeds(lines), verdict.anomalies().get(0));
    }

    /** No operation of the witness may be missing. */
    private static void assertMinimal(List<Deed> deeds, Anomaly anomaly) {
        List<Deed> witness =
                anomaly.operations().stream().sorted().map(deeds::get).toList();
        assertThat(Verdicts.isMinimal(
                        witness, some -> !some.isEmpty() && check(some).answer() == Answer.INVALID))
                .as(anomaly.toString())
                .isTrue();
    }

    @Test
    void whatStandsAtAnOffsetIsTheSameForEverybody() {
        assertBroken(
                """
                1 send 7@0 ok
                1 send 8 ok
                2 poll 8@0 ok
                """,
                "DIVERGENT_OFFSET",
                "offset 0 of \"p\" holds two messages: session 1 sent 7 to \"p\" (event 0 to event 1, acknowledged at offset"
                        + " 0), and session 2 polled 8 at offset 0 of \"p\" (event 4 to event 5)",
                0,
                2);
    }

    @Test
    void aMessageThatWasSentOnceStandsAtOneOffset() {
        assertBroken(
                """
                1 send 7@0 ok
                2 poll 7@0,7@1 ok
                """,
                "DUPLICATED_MESSAGE",
                "7 was sent 1 time and stands at 2 offsets of \"p\": session 1 sent 7 to \"p\" (event 0 to event 1,"
                        + " acknowledged at offset 0), and session 2 polled 7 at offset 1 of \"p\" (event 2 to event 3)",
                0,
                1);
        assertThat(check("""
                1 send 7@0 ok
                1 send 7 info
                2 poll 7@0,7@1 ok
                """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aSessionNeverGoesBack() {
        assertBroken(
                """
                1 send 7@0 ok
                1 send 8@1 ok
                2 poll 7@0,8@1 ok
                2 poll 8@1 ok
                """,
                "BACKWARD_POLL",
                "session 2 polled 8 at offset 1 of \"p\" (event 4 to event 5), and after that session 2 polled 8 at offset"
                        + " 1 of \"p\" (event 6 to event 7)",
                2,
                3);
        assertBroken(
                """
                1 send 7@0 ok
                1 send 8@1 ok
                2 poll 8@1,7@0 ok
                """,
                "BACKWARD_POLL",
                "session 2 polled 8 at offset 1 of \"p\" (event 4 to event 5), and in the same poll after that 7 at offset"
                        + " 0",
                2);
    }

    @Test
    void aSessionThatIsToldWhereToGoOnMayGoBack() {
        for (String move : List.of("assign", "seek", "subscribe")) {
            assertThat(check("""
                    1 send 7@0 ok
                    2 poll 7@0 ok
                    2 MOVE - ok
                    2 poll 7@0 ok
                    """.replace("MOVE", move)).answer()).isEqualTo(Answer.VALID);
        }
    }

    @Test
    void aPollOrMoveOfUnknownOutcomeMayHappenAtAnyTimeFromItsInvocationOn() {
        String lines = """
                1 send 7@0 ok
                1 send 8@1 ok
                1 send 9@2 ok
                DOUBT
                2 poll 7@0 ok
                2 poll 9@2 ok
                """;
        assertThat(check(lines.replace("DOUBT", "2 poll 6@5 fail")).answer()).isEqualTo(Answer.INVALID);
        for (String doubt : List.of("2 poll - info", "2 assign - info", "2 seek - info", "2 subscribe - info")) {
            assertThat(check(lines.replace("DOUBT", doubt)).answer()).as(doubt).isEqualTo(Answer.VALID);
        }
    }

    @Test
    void whatAMemberPolledBeforeItSubscribedBindsNoGroup() {
        String lines = """
                1 send 6@0 ok
                1 send 7@1 ok
                1 send 8@2 ok
                2 assign - ok
                2 poll 8@2 ok
                2 subscribe - ok
                2 poll 6@0 ok
                """;
        assertThat(check(lines).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines + "2 poll 8@2 ok").answer()).isEqualTo(Answer.INVALID);
        assertThat(check(lines + "2 seek - ok\n2 poll 8@2 ok").answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void pollsOfOneSessionThatOverlapHaveNoOrder() throws MalformedHistoryException {
        String lines = """
                {:process 0, :session 1, :type :invoke, :f :send, :key :p, :value 7}
                {:process 0, :session 1, :type :ok, :f :send, :key :p, :value [1 7]}
                {:process 1, :session 2, :type :invoke, :f :poll, :key :p}
                {:process 2, :session 2, :type :invoke, :f :poll, :key :p}
                {:process 2, :session 2, :type :ok, :f :poll, :key :p, :value [[0 6]]}
                {:process 1, :session 2, :type :ok, :f :poll, :key :p, :value [[1 7]]}
                {:process 1, :session 2, :type :invoke, :f :poll, :key :p}
                {:process 1, :session 2, :type :ok, :f :poll, :key :p, :value [[2 8]]}
                """;
        Verdict verdict = LogOrder.check(History.parse(lines), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith(
                                "key :p was polled by session 2, of which polls or moves overlap, so that nobody knows in"
                                        + " what order it got its messages"));
    }

    @Test
    void whatWasAcknowledgedIsNotSkipped() {
        String lines = """
                1 send 7@0 ok
                1 send 8@1 OUTCOME
                1 send 9@2 ok
                2 poll 7@0 ok
                2 poll 9@2 ok
                """;
        assertBroken(
                lines.replace("OUTCOME", "ok"),
                "SKIPPED_MESSAGE",
                "session 2 polled 7 at offset 0 of \"p\" (event 6 to event 7), and the next that it polled was 9 at offset 2"
                        + " (event 8 to event 9): it passed over what session 1 sent 8 to \"p\" (event 2 to event 3,"
                        + " acknowledged at offset 1)",
                1,
                3,
                4);
        assertThat(check(lines.replace("OUTCOME", "info")).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines.replace("OUTCOME", "fail")).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines.replace("OUTCOME", "ok").replace("2 poll 9", "2 poll - info\n2 poll 9"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void anotherPollCanSayWhereASkippedMessageStands() {
        assertBroken(
                """
                1 send 7 ok
                1 send 8 ok
                1 send 9 ok
                3 poll 8@1 ok
                2 poll 7@0,9@2 ok
                """,
                "SKIPPED_MESSAGE",
                "session 2 polled 7 at offset 0 of \"p\" (event 8 to event 9), and the next that it polled was 9 at offset 2:"
                        + " it passed over what session 1 sent 8 to \"p\" (event 2 to event 3, acknowledged); session 3"
                        + " polled 8 at offset 1 of \"p\" (event 6 to event 7)",
                1,
                3,
                4);
    }

    @Test
    void aGroupSkipsWhatNoneOfItsMembersGot() {
        String lines = """
                2 subscribe - ok
                3 subscribe - ok
                1 send 7@0 ok
                1 send 8@1 ok
                1 send 9@2 ok
                2 poll 7@0 ok
                3 poll 9@2 ok
                2 poll 7@0 ok
                """;
        Verdict verdict = check(lines);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("SKIPPED_MESSAGE");
            assertThat(anomaly.operations()).containsExactly(3, 5, 6);
            assertThat(anomaly.sentence()).contains("the next that a member of the group polled was 9 at offset 2");
        });
        assertThat(check(lines + "3 poll 8@1 ok").answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines + "3 poll - info").answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void stepsOfTransactionsAreSendsAndPolls() throws MalformedHistoryException {
        String lines = """
                {:process 0, :type :invoke, :f :txn, :value [[:send :p 7] [:poll]]}
                {:process 0, :type :ok, :f :txn, :value [[:send :p [0 7]] [:poll {}]]}
                {:process 1, :type :invoke, :f :poll, :value [[:poll]]}
                {:process 1, :type :ok, :f :poll, :value [[:poll {:p [[0 8] [1 9]], :q [[5 1]]}]]}
                {:process 1, :type :invoke, :f :send, :value [[:send :q 1]]}
                {:process 1, :type :fail, :f :send, :value [[:send :q 1]]}
                """;
        Verdict verdict = LogOrder.check(History.parse(lines), CheckOptions.DEFAULT);
        assertThat(verdict.obliged()).isEqualTo(3);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("DIVERGENT_OFFSET");
            assertThat(anomaly.key()).isEqualTo(":p");
            assertThat(anomaly.operations()).containsExactly(0, 1);
        });
    }

    @Test
    void whatWasPolledWithoutOffsetsCannotBeJudged() throws MalformedHistoryException {
        Verdict verdict = LogOrder.check(History.parse("""
                {:process 0, :type :invoke, :f :poll, :key :p}
                {:process 0, :type :ok, :f :poll, :key :p, :value [7 8]}
                """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("key :p was polled and returned 7, which is no pair [offset message]"));
    }

    @Test
    void withoutAPollNothingIsObliged() {
        assertThat(check("1 send 7@0 ok").answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void onRandomHistoriesEveryKindIsFoundWhereTheDefinitionFindsIt() {
        long seed = Long.getLong("umpire.seed", 20261126L);
        int[] answers = new int[2];
        for (int run = 0; run < Share.of(3_000); run++) {
            Random random = new Random(seed * 1_000_003 + run);
            List<Deed> deeds = draw(random);
            Verdict verdict = check(deeds);
            List<String> kinds = verdict.anomalies().stream()
                    .map(Anomaly::kind)
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(kinds)
                    .as("umpire.seed=" + seed + " run " + run + ":\n" + edn(deeds))
                    .isEqualTo(defined(deeds));
            if (!deeds.stream().allMatch(deed -> deed.records.isEmpty())) {
                answers[verdict.answer() == Answer.INVALID ? 1 : 0]++;
            }
        }
        assertThat(answers[0]).isGreaterThan(Share.seen(300));
        assertThat(answers[1]).isGreaterThan(Share.seen(300));
    }

    /** The kinds of anomaly, from the definition: pairs of records, each against each. */
    private static List<String> defined(List<Deed> deeds) {
        List<String> kinds = new ArrayList<>();
        List<Deed> sends = deeds.stream()
                .filter(d -> d.function.equals("send") && !d.outcome.equals("fail"))
                .toList();
        List<int[]> known = new ArrayList<>();
        for (Deed deed : deeds) {
            if (deed.outcome.equals("ok")) {
                deed.records.stream().filter(record -> record[1] >= 0).forEach(known::add);
            }
        }
        if (known.stream().anyMatch(a -> known.stream().anyMatch(b -> a[1] == b[1] && a[0] != b[0]))) {
            kinds.add("DIVERGENT_OFFSET");
        }
        TreeMap<Integer, Integer> acknowledged = new TreeMap<>();
        for (int m = 0; m < 8; m++) {
            int message = m;
            long sent =
                    sends.stream().filter(d -> d.records.get(0)[0] == message).count();
            List<Integer> places = known.stream()
                    .filter(record -> record[0] == message)
                    .map(record -> record[1])
                    .distinct()
                    .toList();
            if (sent > 0 && places.size() > sent) {
                kinds.add("DUPLICATED_MESSAGE");
            }
            for (Deed send : sends) {
                if (send.records.get(0)[0] == message && send.outcome.equals("ok")) {
                    int offset = send.records.get(0)[1];
                    if (offset >= 0) {
                        acknowledged.put(offset, message);
                    } else if (sent == 1 && places.size() == 1) {
                        acknowledged.put(places.get(0), message);
                    }
                }
            }
        }
        TreeSet<Integer> gotByMembers = new TreeSet<>();
        TreeSet<Integer> gotByOthers = new TreeSet<>();
        boolean groupDoubted = false;
        for (int session = 2; session < 5; session++) {
            int one = session;
            List<Deed> own = deeds.stream()
                    .filter(d -> d.session == one && !d.outcome.equals("fail"))
                    .toList();
            boolean everSubscribed = own.stream().anyMatch(d -> d.function.equals("subscribe"));
            groupDoubted |=
                    everSubscribed && own.stream().anyMatch(d -> d.function.equals("seek") || d.outcome.equals("info"));
            List<List<int[]>> runs = new ArrayList<>(List.of(new ArrayList<>()));
            boolean member = false;
            boolean lost = false;
            for (Deed deed : own) {
                List<int[]> run = runs.get(runs.size() - 1);
                if (!deed.function.equals("poll")) {
                    lost |= deed.outcome.equals("info");
                    member = deed.function.equals("seek") ? member : deed.function.equals("subscribe");
                    runs.add(new ArrayList<>());
                } else if (deed.outcome.equals("info")) {
                    // it may get what stands between any two records from now on
                    run.add(new int[] {-1, -1});
                } else {
                    if (member || lost) {
                        run = new ArrayList<>();
                        runs.add(run);
                    }
                    run.addAll(deed.records);
                    // -2: here a poll ends
                    run.add(new int[] {-2, -2});
                    for (int[] record : deed.records) {
                        (member ? gotByMembers : gotByOthers).add(everSubscribed ? record[1] : -9);
                    }
                }
            }
            boolean doubt = false;
            for (List<int[]> run : runs) {
                int last = -1;
                boolean next = false;
                for (int[] record : run) {
                    doubt |= record[1] == -1;
                    next |= record[1] < 0;
                    if (record[1] < 0) {
                        continue;
                    }
                    if (last >= 0 && record[1] <= last) {
                        kinds.add("BACKWARD_POLL");
                    } else if (last >= 0
                            && !(doubt && next)
                            && !acknowledged.subMap(last + 1, record[1]).isEmpty()) {
                        kinds.add("SKIPPED_MESSAGE");
                    }
                    last = record[1];
                    next = false;
                }
            }
        }
        if (!groupDoubted
                && acknowledged.keySet().stream()
                        .anyMatch(offset -> !gotByMembers.contains(offset)
                                && !gotByOthers.contains(offset)
                                && gotByMembers.lower(offset) != null
                                && gotByMembers.higher(offset) != null)) {
            kinds.add("SKIPPED_MESSAGE");
        }
        return kinds.stream().distinct().sorted().toList();
    }

    /** A log that is right, now and then with something wrong in what is polled. */
    private static List<Deed> draw(Random random) {
        List<Deed> sends = new ArrayList<>();
        List<int[]> log = new ArrayList<>();
        int messages = 2 + random.nextInt(5);
        for (int m = 0; m < messages; m++) {
            String outcome = List.of("ok", "ok", "ok", "info", "fail").get(random.nextInt(5));
            int message = random.nextInt(6) == 0 ? 0 : m;
            boolean landed = outcome.equals("ok") || (outcome.equals("info") && random.nextBoolean());
            boolean told = outcome.equals("ok") && random.nextBoolean();
            sends.add(new Deed(1, "send", outcome, List.of(new int[] {message, told ? log.size() : -1})));
            if (landed) {
                log.add(new int[] {message, log.size()});
            }
        }
        boolean wrong = random.nextInt(3) > 0;
        List<Deed> polls = new ArrayList<>();
        for (int session = 2; session < 5; session++) {
            if (random.nextInt(4) == 0) {
                polls.add(new Deed(session, "subscribe", "ok", List.of()));
            }
            int at = random.nextInt(2);
            while (at < log.size()) {
                int fate = random.nextInt(12);
                if (fate == 0) {
                    polls.add(new Deed(session, "poll", random.nextBoolean() ? "info" : "fail", List.of()));
                    at += random.nextInt(2);
                    continue;
                }
                if (fate == 1) {
                    String move = List.of("seek", "assign", "subscribe", "unsubscribe")
                            .get(random.nextInt(4));
                    String outcome = List.of("ok", "ok", "info", "fail").get(random.nextInt(4));
                    polls.add(new Deed(session, move, outcome, List.of()));
                    at = outcome.equals("fail") ? at : random.nextInt(log.size());
                }
                int end = Math.min(log.size(), at + random.nextInt(4));
                List<int[]> records = new ArrayList<>(log.subList(at, end));
                at = Math.max(at + 1, end);
                if (wrong && !records.isEmpty() && random.nextInt(4) == 0) {
                    switch (random.nextInt(4)) {
                        case 0 -> records.remove(random.nextInt(records.size()));
                        case 1 -> Collections.swap(records, 0, records.size() - 1);
                        case 2 -> records.set(0, new int[] {random.nextInt(messages), records.get(0)[1]});
                        default -> at = random.nextInt(log.size() + 1);
                    }
                }
                polls.add(new Deed(session, "poll", "ok", records));
            }
        }
        List<Deed> all = new ArrayList<>(sends);
        all.addAll(polls);
        return all;
    }
}
