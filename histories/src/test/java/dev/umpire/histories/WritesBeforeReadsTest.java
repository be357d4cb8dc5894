package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritesBeforeReadsTest {
    private static final String HEADER =
            "{\"umpire\":\"history\",\"version\":1,\"nodes\":[],\"initial\":null,\"realTime\":false}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write|1|read|null|1",
                "append|1|read|null|[1]",
                "add|1|read|null|[2,1]",
                "enqueue|1|dequeue|null|1",
                "enqueue|1|drain|null|[1,2]",
                "push|1|pop|null|1",
                "send|1|poll|null|[[0,1]]",
                "send|[[\"send\",\"x\",1]]|poll|[[\"poll\"]]|[[\"poll\",{\"x\":[[7,1]]}]]",
                "txn|[[\"append\",\"x\",1]]|txn|[[\"r\",\"x\",null]]|[[\"r\",\"x\",[1]]]",
                "txn|[[\"w\",\"x\",1]]|snapshot|[\"x\"]|{\"x\":1}",
                "cas|[0,1]|read|null|1",
                "write|1|cas|[1,2]|[1,2]"
            })
    void whatIsReadStandsBehindWhatWrites(String put, String argument, String take, String asked, String got)
            throws Exception {
        String text = HEADER
                + line("invoke", 0, take, asked)
                + line("ok", 0, take, got)
                + line("invoke", 1, put, argument)
                + line("ok", 1, put, argument);

        History history = History.parse(text);

        assertThat(history.size()).isEqualTo(2);
        assertThat(history.functionName(history.function(0))).isEqualTo(take);
        assertThat(history.invoked(1)).isLessThan(history.completed(0));
        assertThat(history.source().format()).isEqualTo("jsonl");
        assertThat(History.parse(text.replace("\"realTime\":false", "\"realTime\":true"))
                        .invoked(1))
                .isEqualTo(2);
    }

    private static String line(String type, int process, String function, String value) {
        return "{\"type\":\"%s\",\"process\":%d,\"f\":\"%s\",\"key\":\"x\",\"value\":%s}\n"
                .formatted(type, process, function, value);
    }

    @Test
    void whatWaitsForACircleIsNotTakenForPartOfIt() throws Exception {
        // sessions 1 and 2 read what the other writes next; session 0 reads what session 1 writes
        History history = History.parse(HEADER
                + line("invoke", 0, "read", "null")
                + line("ok", 0, "read", "1")
                + line("invoke", 1, "read", "null")
                + line("ok", 1, "read", "2")
                + line("invoke", 1, "write", "1")
                + line("ok", 1, "write", "1")
                + line("invoke", 2, "read", "null")
                + line("ok", 2, "read", "1")
                + line("invoke", 2, "write", "2")
                + line("ok", 2, "write", "2"));

        List<Integer> early = new ArrayList<>();
        for (int reader = 0; reader < history.size(); reader++) {
            for (int writer = 0; writer < history.size() && history.readCount(reader) == 1; writer++) {
                if (history.writeCount(writer) == 1
                        && history.writeValue(writer, 0) == history.readValue(reader, 0)
                        && history.invoked(writer) > history.completed(reader)) {
                    early.add(history.session(reader));
                }
            }
        }

        assertThat(early).hasSize(1);
        assertThat(history.sessionName(early.get(0))).isEqualTo(Value.of(1));
    }

    @Test
    void pairsOfKeyAndValueStayPairsAndABinaryFileIsOrderedToo() throws Exception {
        String lines = HEADER + """
                {"type":"invoke","process":0,"f":"read","value":["x",null]}
                {"type":"ok","process":0,"f":"read","value":["x",1]}
                {"type":"invoke","process":1,"f":"write","value":["x",1]}
                {"type":"ok","process":1,"f":"write","value":["x",1]}
                """;
        for (ReadOptions.Keys keys : ReadOptions.Keys.values()) {
            ReadOptions options = ReadOptions.DEFAULT.withKeys(keys);
            History history = History.parse(lines, options);
            boolean pairs = keys != ReadOptions.Keys.SINGLE;

            assertThat(history.keyName(0)).isEqualTo(pairs ? Value.of("x") : Value.NIL);
            assertThat(history.value(history.argument(1)))
                    .isEqualTo(pairs ? Value.of(1) : Value.of(List.of(Value.of("x"), Value.of(1))));
            assertThat(history.invoked(1)).isLessThan(history.completed(0));
            assertThat(binary(history, options).events()).containsExactlyElementsOf(history.events());
        }
    }

    private static History binary(History history, ReadOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryFiles.write(history, out, HistoryFormat.BINARY);
        return HistoryFiles.read(new ByteArrayInputStream(out.toByteArray()), "binary", options);
    }

    /** Against a search through all interleavings. */
    @Test
    void thereIsSuchAnOrderWhereItIsFound() throws Exception {
        int ordered = 0;
        int circles = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            List<List<Event>> sessions = sessions(new Random(seed));
            List<Event> file = shuffled(sessions, new Random(~seed));
            StringBuilder text = new StringBuilder(HEADER);
            file.forEach(event -> text.append(HistoryFiles.line(event)).append('\n'));

            List<Event> read = new ArrayList<>();
            History.parse(text.toString()).events().forEach(read::add);

            for (int s = 0; s < sessions.size(); s++) {
                Optional<Value> name = Optional.of(Value.of(s));
                assertThat(read.stream().filter(event -> event.process().equals(name)))
                        .as("session %s of seed %s", s, seed)
                        .containsExactlyElementsOf(sessions.get(s));
            }
            boolean exists = isThereAnOrder(sessions);
            assertThat(isInOrder(read)).as("seed %s", seed).isEqualTo(exists);
            if (isInOrder(file)) {
                assertThat(read).as("seed %s is left alone", seed).containsExactlyElementsOf(file);
            }
            ordered += exists && !isInOrder(file) ? 1 : 0;
            circles += exists ? 0 : 1;
        }
        assertThat(ordered).isGreaterThan(300);
        assertThat(circles).isGreaterThan(300);
    }

    private static List<List<Event>> sessions(Random random) {
        List<List<Event>> sessions = new ArrayList<>();
        int count = 2 + random.nextInt(2);
        for (int s = 0; s < count; s++) {
            List<Event> events = new ArrayList<>();
            int operations = 1 + random.nextInt(3);
            for (int o = 0; o < operations; o++) {
                boolean write = random.nextBoolean();
                Value value = Value.of(1 + random.nextInt(3));
                String function = write ? "write" : "read";
                events.add(Event.of(EventType.INVOKE)
                        .process(s)
                        .function(function)
                        .key(Value.of("x"))
                        .value(write ? value : Value.NIL)
                        .build());
                EventType type = write
                        ? List.of(EventType.OK, EventType.OK, EventType.INFO, EventType.FAIL)
                                .get(random.nextInt(4))
                        : EventType.OK;
                events.add(Event.of(type)
                        .process(s)
                        .function(function)
                        .key(Value.of("x"))
                        .value(value)
                        .build());
            }
            sessions.add(events);
        }
        return sessions;
    }

    private static List<Event> shuffled(List<List<Event>> sessions, Random random) {
        int[] next = new int[sessions.size()];
        List<Event> all = new ArrayList<>();
        int left = sessions.stream().mapToInt(List::size).sum();
        while (all.size() < left) {
            int s = random.nextInt(next.length);
            if (next[s] < sessions.get(s).size()) {
                all.add(sessions.get(s).get(next[s]++));
            }
        }
        return all;
    }

    private static boolean isThereAnOrder(List<List<Event>> sessions) {
        Set<Value> written = new HashSet<>();
        sessions.forEach(events -> written.addAll(writes(events)));
        return isThereAnOrder(sessions, new int[sessions.size()], written, new HashSet<>());
    }

    private static boolean isThereAnOrder(
            List<List<Event>> sessions, int[] next, Set<Value> written, Set<List<Integer>> tried) {
        if (!tried.add(Arrays.stream(next).boxed().toList())) {
            return false;
        }
        List<Event> told = new ArrayList<>();
        boolean all = true;
        for (int s = 0; s < next.length; s++) {
            told.addAll(writes(sessions.get(s).subList(0, next[s]), sessions.get(s)));
            all &= next[s] == sessions.get(s).size();
        }
        if (all) {
            return true;
        }
        Set<Value> before = new HashSet<>();
        told.forEach(event -> before.add(event.value().orElseThrow()));
        for (int s = 0; s < next.length; s++) {
            if (next[s] == sessions.get(s).size()) {
                continue;
            }
            Event event = sessions.get(s).get(next[s]);
            boolean read = event.type() == EventType.OK
                    && event.function().orElseThrow().equals("read")
                    && written.contains(event.value().orElseThrow());
            if (!read || before.contains(event.value().orElseThrow())) {
                int[] further = next.clone();
                further[s]++;
                if (isThereAnOrder(sessions, further, written, tried)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<Value> writes(List<Event> session) {
        Set<Value> values = new HashSet<>();
        writes(session, session).forEach(event -> values.add(event.value().orElseThrow()));
        return values;
    }

    /** The invocations among the events of writes that did not fail. */
    private static List<Event> writes(List<Event> events, List<Event> session) {
        List<Event> writes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).type() == EventType.INVOKE
                    && events.get(i).function().orElseThrow().equals("write")
                    && session.get(i + 1).type() != EventType.FAIL) {
                writes.add(events.get(i));
            }
        }
        return writes;
    }

    private static boolean isInOrder(List<Event> events) {
        Set<Value> written = new HashSet<>();
        Set<Value> all = new HashSet<>();
        for (int pass = 0; pass < 2; pass++) {
            written.clear();
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                boolean write = event.function().orElseThrow().equals("write");
                Value value = event.value().orElseThrow();
                if (write && event.type() == EventType.INVOKE && !isFailed(events, i)) {
                    written.add(value);
                    all.add(value);
                } else if (pass == 1
                        && !write
                        && event.type() == EventType.OK
                        && all.contains(value)
                        && !written.contains(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isFailed(List<Event> events, int invocation) {
        for (int i = invocation + 1; i < events.size(); i++) {
            if (events.get(i).process().equals(events.get(invocation).process())) {
                return events.get(i).type() == EventType.FAIL;
            }
        }
        return false;
    }
}
