package dev.umpire.checkers.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys are sets, lists, counters and queues. */
class CollectionsTest {

    /** Operations such as {@code add ok 7 7}, one after the other, of the key x unless it is a transaction. */
    private static History history(String operations) {
        StringBuilder events = new StringBuilder();
        int process = 0;
        for (String operation : operations.split("; ", -1)) {
            String[] words = operation.split(" ", 4);
            String key = words[0].equals("txn") ? "" : "\"key\":\"x\",";
            String head = "{\"process\":" + process++ + ",\"f\":\"" + words[0] + "\"," + key + "\"type\":";
            events.append(head + "\"invoke\",\"value\":" + words[2] + "}\n");
            events.append(head + "\"" + words[1] + "\",\"value\":" + words[3] + "}\n");
        }
        try {
            return History.parse(events.toString());
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add ok 7 7; read ok null [7] | collection",
                "add ok 7 7; remove ok 7 7; read ok null [] | collection",
                "append ok 7 7; read ok null [7] | collection",
                "add ok 7 7 | collection",
                "add ok 7 7; read ok null 7 | counter",
                "increment ok null null; read ok null 1 | counter",
                "increment ok null null; decrement ok null null; read ok null 0 | counter",
                "increment ok null null; read ok null [1] | neither",
                "add ok 7 7; append ok 8 8; read ok null [7,8] | neither",
                "add ok 7 7; read ok null 7; read ok null [7] | neither",
                "add ok 7 7; read ok null \"seven\" | neither",
                "add ok 7 7; write ok 8 8; read ok null [7] | neither",
                "add ok 7 7; write fail 8 8; read ok null [7] | collection",
                "add ok 7 7; frob ok 8 8; read ok null [7] | neither",
                "add ok 7 7; txn ok [[\"w\",\"x\",8]] [[\"w\",\"x\",8]]; read ok null [7] | neither",
                "remove ok 7 7; increment ok null null; read ok null 1 | neither"
            })
    void whatWasDoneAndReadSaysWhatTheKeyHolds(String operations, String what) {
        Elements elements = new Elements(history(operations));
        assertThat(elements.holds(0)).as("collection").isEqualTo(what.equals("collection"));
        assertThat(elements.isCounter(0)).as("counter").isEqualTo(what.equals("counter"));
        assertThat(elements.any()).as("any").isEqualTo(what.equals("collection"));
    }

    @Test
    void aSetTellsWhoAddedRemovedAndReadIt() {
        Elements elements =
                new Elements(history("add fail 9 9; add ok 7 7; add info 7 7; remove ok 7 7; read ok null [7]"));
        Elements.Key key = elements.key(0);
        assertThat(key.isList()).isFalse();
        assertThat(key.reads()).containsExactly(4);
        assertThat(key.elements())
                .containsExactly(Map.entry(Value.of(7), new Elements.Changes(List.of(1, 2), List.of(3))));
        assertThat(key.changes()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(elements.failedAdd(0, Value.of(9))).contains(0);
        assertThat(elements.failedAdd(0, Value.of(7))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add ok [0,1] [0,1]; read ok null [1] | true",
                "add ok [0,1] [0,1]; read ok null [[0,1]] | false",
                "add ok [0,1] [0,1]; read ok null [] | false",
                "add ok 1 1; read ok null [1] | false",
                "add ok [0,1] [0,1]; add ok 2 2; read ok null [1] | false"
            })
    void pairsThatAreReadAsPlainElementsAreMixed(String operations, boolean mixed) {
        Elements elements = new Elements(history(operations));
        assertThat(elements.isMixed(elements.key(0))).isEqualTo(mixed);
    }

    @Test
    void onlyAnEmptyCollectionHoldsNothingFromTheStart() {
        assertThat(Elements.holdsFromTheStart(Value.NIL)).isFalse();
        assertThat(Elements.holdsFromTheStart(Value.of(List.of()))).isFalse();
        assertThat(Elements.holdsFromTheStart(new Value.SetOf(Set.of()))).isFalse();
        assertThat(Elements.holdsFromTheStart(Value.of(List.of(Value.of(1))))).isTrue();
        assertThat(Elements.holdsFromTheStart(new Value.SetOf(Set.of(Value.of(1)))))
                .isTrue();
        assertThat(Elements.holdsFromTheStart(Value.of(0))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enqueue ok 7 7; dequeue ok null 7 | true",
                "dequeue ok null 7 | true",
                "dequeue ok null null | false",
                "enqueue ok 7 7; drain ok null [7] | true",
                "enqueue ok 7 7; drain ok null null | true",
                "enqueue ok 7 7; drain ok null 7 | false",
                "enqueue ok null null; dequeue ok null null | false",
                "enqueue ok 7 7; read ok null 7 | false",
                "enqueue ok 7 7; write ok 7 7 | false",
                "enqueue ok 7 7; write fail 7 7 | true",
                "enqueue ok 7 7; txn ok [[\"r\",\"x\",null]] [[\"r\",\"x\",7]] | false",
                "enqueue ok 7 7; txn ok [[\"w\",\"x\",8]] [[\"w\",\"x\",8]] | false"
            })
    void aQueueIsWhatIsOnlyFilledAndEmptied(String operations, boolean queue) {
        Queues queues = new Queues(history(operations));
        assertThat(queues.holds(0)).isEqualTo(queue);
        assertThat(queues.any()).isEqualTo(queue);
    }

    @Test
    void aQueueTellsWhoFilledAndEmptiedIt() {
        Queues.Queue queue = new Queues(
                        history(
                                "enqueue fail 9 9; enqueue ok 7 7; dequeue ok null 7; dequeue info null null;"
                                        + " drain info null null; dequeue ok null null; drain ok null [8,8]; drain ok null null"))
                .queueOf(0);
        assertThat(queue.enqueues()).containsOnlyKeys(Value.of(7));
        assertThat(queue.takes().get(Value.of(7))).containsExactly(2);
        assertThat(queue.takes().get(Value.of(8))).containsExactly(6, 6);
        assertThat(queue.unknownDequeues()).containsExactly(3);
        assertThat(queue.unknownDrains()).containsExactly(4);
        assertThat(queue.emptied()).containsExactly(5, 6, 7);
        assertThat(queue.failedEnqueue(Value.of(9))).isEqualTo(Optional.of(0));
        assertThat(queue.failedEnqueue(Value.of(7))).isEmpty();
    }
}
