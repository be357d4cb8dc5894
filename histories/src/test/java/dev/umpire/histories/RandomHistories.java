package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Draws events that pair up, with every field that an event may have, and values of every kind. */
final class RandomHistories {
    private static final List<EventType> COMPLETIONS = List.of(EventType.OK, EventType.FAIL, EventType.INFO);

    private final Random random;

    RandomHistories(long seed) {
        random = new Random(seed);
    }

    List<Event> events(int count) {
        List<Event> events = new ArrayList<>();
        boolean[] open = new boolean[4];
        boolean keyed = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            int process = random.nextInt(open.length + 1);
            if (process == open.length) {
                events.add(fields(
                                Event.of(EventType.INFO)
                                        .process(random.nextBoolean() ? Value.keyword("nemesis") : Value.of("nemesis")),
                                keyed)
                        .build());
                continue;
            }
            EventType type = open[process] ? COMPLETIONS.get(random.nextInt(3)) : EventType.INVOKE;
            open[process] = !open[process];
            Event.Builder event = Event.of(type);
            if (process > 0) {
                event.process(process == 3 ? Value.of("three") : Value.of(process));
            }
            if (type == EventType.INVOKE || random.nextInt(3) > 0) {
                event.function(random.nextInt(4) == 0 ? "own function" : "write");
            }
            events.add(fields(event, keyed).build());
        }
        return events;
    }

    private Event.Builder fields(Event.Builder event, boolean keyed) {
        if (random.nextInt(3) == 0) {
            event.index(random.nextInt(3) == 0 ? random.nextLong() | 1 : random.nextInt(30));
        }
        if (random.nextBoolean()) {
            event.time(random.nextInt(1_000));
        }
        if (random.nextInt(4) == 0) {
            event.session(random.nextInt(3));
        }
        if (random.nextBoolean()) {
            event.node("n" + random.nextInt(3));
        }
        if (keyed && random.nextBoolean()) {
            event.key(random.nextInt(4) == 0 ? named() : Value.of(random.nextInt(2)));
        }
        if (random.nextInt(4) > 0) {
            event.value(value(3));
        }
        if (random.nextInt(5) == 0) {
            event.version(random.nextInt(9));
        }
        if (random.nextInt(5) == 0) {
            event.position(random.nextInt(9));
        }
        if (random.nextInt(5) == 0) {
            event.asOf(random.nextInt(9));
        }
        if (random.nextInt(6) == 0) {
            event.phase(random.nextBoolean() ? "final" : "main part");
        }
        if (random.nextInt(6) == 0) {
            event.error(value(2));
        }
        if (random.nextInt(6) == 0) {
            event.extra(Value.keyword("op-index"), value(2)).extra(Value.of("two words"), value(1));
        }
        if (random.nextInt(9) == 0) {
            event.extra(Value.of("op-index"), Value.NIL).extra(value(2), Value.of(1));
        }
        return event;
    }

    private Value named() {
        Value value = value(1);
        return value.isNil() ? Value.of(0) : value;
    }

    Value value(int depth) {
        int kind = random.nextInt(depth > 0 ? 20 : 13);
        return switch (kind) {
            case 0 -> Value.NIL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong());
            case 3 -> Value.of(random.nextInt(20) - 5);
            case 4 -> new Value.BigInt(new BigInteger(random.nextInt(90), random).negate());
            case 5 -> new Value.Real(REALS[random.nextInt(REALS.length)]);
            case 6 -> new Value.Real(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            case 7 -> new Value.BigReal(new BigDecimal(new BigInteger(70, random), random.nextInt(40) - 20));
            case 8 -> Value.of(text());
            case 9 ->
                Value.of(List.of("", "plain", "#edn", "two words", "a\"b\\c").get(random.nextInt(5)));
            case 10 -> new Value.Char(CHARACTERS[random.nextInt(CHARACTERS.length)]);
            case 11 -> Value.keyword(NAMES[random.nextInt(NAMES.length)]);
            case 12 -> new Value.Symbol(NAMES[random.nextInt(NAMES.length)]);
            case 13, 14 -> new Value.Sequence(values(depth - 1), kind == 13);
            case 15 -> new Value.SetOf(new LinkedHashSet<>(values(depth - 1)));
            case 16 -> new Value.Tagged(random.nextBoolean() ? "inst" : "my.ns/Tag", value(depth - 1));
            case 17 -> map(depth, Set.of());
            case 18 -> map(depth, Set.of("a", "b c", "#edn"));
            default -> new Value.MapOf(Map.of(Value.of("#edn"), value(depth - 1)));
        };
    }

    private Value map(int depth, Set<String> names) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (String name : names) {
            entries.put(Value.of(name), value(depth - 1));
        }
        if (names.isEmpty()) {
            for (int i = random.nextInt(3); i > 0; i--) {
                entries.put(value(depth - 1), value(depth - 1));
            }
        }
        return new Value.MapOf(entries);
    }

    private List<Value> values(int depth) {
        List<Value> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(depth));
        }
        return values;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** With both halves of a surrogate pair, which may come apart. */
    private static final String ALPHABET = "ab:\"\\/\n\r\t\b\f\u0000\u001f\u007f\u00e9\u20ac\ud83d\ude00\u2028{}[],;#";

    private static final int[] CHARACTERS = {
        'a', '"', '\\', '(', ' ', ',', '\n', '\t', '\r', '\b', '\f', 0, 0x7f, 0xe9, 0x20ac, 0x1f600, 0xd800, 'u', 'n'
    };
    private static final String[] NAMES = {"x", "a.b/c-d", "<init>", "fn__1#", "\u00e9t\u00e9", "a:b", "*", "_", "k'"};
    private static final double[] REALS = {
        0.0,
        -0.0,
        1.0,
        -1.5,
        1e300,
        1e-300,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
}
