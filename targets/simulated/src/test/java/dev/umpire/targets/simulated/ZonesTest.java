package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZonesTest {

    @Test
    void aStaleReadAfterAnAcknowledgedWriteIsNotLinearizable() {
        assertThat(Zones.overlapping(history("""
                        0 invoke write 1
                        0 ok     write 1
                        0 invoke write 2
                        0 ok     write 2
                        1 invoke read  -
                        1 ok     read  1
                        """))).containsExactly("x values 1 and 2");
    }

    @Test
    void readsOfAWriteUnderWayMayNotGoBack() {
        assertThat(Zones.overlapping(history("""
                        0 invoke write 1
                        0 ok     write 1
                        0 invoke write 2
                        1 invoke read  -
                        1 ok     read  2
                        1 invoke read  -
                        1 ok     read  1
                        0 info   write 2
                        """))).hasSize(1);
    }

    @Test
    void theInitialValueAfterAnAcknowledgedWriteIsNotLinearizable() {
        assertThat(Zones.overlapping(history("""
                        0 invoke write 1
                        0 ok     write 1
                        1 invoke read  -
                        1 ok     read  -
                        """))).hasSize(1);
    }

    @Test
    void concurrentOperationsMayTakeEffectInAnyOrder() {
        assertThat(Zones.overlapping(history("""
                        0 invoke write 1
                        1 invoke read  -
                        2 invoke write 2
                        1 ok     read  2
                        0 ok     write 1
                        2 ok     write 2
                        1 invoke read  -
                        1 ok     read  1
                        """))).isEmpty();
    }

    /** One event a line: process, type, function, value; one key. */
    private static History history(String text) {
        List<Event> events = new ArrayList<>();
        Map<String, Long> processes = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.trim().split(" +", -1);
            Value value = words[3].equals("-") ? Value.NIL : Value.of(Long.parseLong(words[3]));
            events.add(Event.of(EventType.valueOf(words[1].toUpperCase(java.util.Locale.ROOT)))
                    .index(events.size())
                    .process(processes.computeIfAbsent(words[0], Long::parseLong))
                    .function(words[2])
                    .key(Value.of("x"))
                    .value(value)
                    .build());
        }
        return History.of(events);
    }
}
