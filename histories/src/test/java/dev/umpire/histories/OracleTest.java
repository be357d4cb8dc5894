package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.edn.EdnReader;
import dev.umpire.histories.edn.EdnWriter;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import us.bpsm.edn.Keyword;
import us.bpsm.edn.parser.Parsers;

/** Our readers and writers against those of other people, on the values that both can say. */
class OracleTest {
    private static final long SEED = Long.getLong("umpire.test.seed", 20_261_123);

    @Test
    void jacksonReadsWhatWeWriteAsTheValueThatWeWrote() throws IOException {
        int compared = 0;
        for (long seed = SEED; seed < SEED + 3_000; seed++) {
            Value value = new RandomHistories(seed).value(3);
            if (!isJson(value)) {
                continue;
            }
            compared++;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Event event = Event.of(EventType.INVOKE)
                    .process(0)
                    .function("write")
                    .value(value)
                    .build();
            HistoryFiles.write(History.of(List.of(event)), out, HistoryFormat.JSONL);
            String line = out.toString(StandardCharsets.UTF_8).lines().toList().get(1);
            try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
                parser.nextToken();
                Value.MapOf whole = (Value.MapOf) fromJackson(parser);
                assertThat(whole.entries().get(Value.of("value")))
                        .as("seed " + seed + " " + line)
                        .isEqualTo(value);
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    @Test
    void ednJavaReadsWhatWeWriteAsTheValueThatWeWrote() throws MalformedHistoryException {
        int compared = 0;
        for (long seed = SEED; seed < SEED + 3_000; seed++) {
            Value value = new RandomHistories(seed).value(3);
            if (!isPlainEdn(value)) {
                continue;
            }
            compared++;
            String text = EdnWriter.text(value);
            Object other = Parsers.newParser(Parsers.defaultConfiguration()).nextValue(Parsers.newParseable(text));
            assertThat(fromEdnJava(other)).as("seed " + seed + " " + text).isEqualTo(value);
            assertThat(EdnReader.parse(text)).as("seed " + seed + " " + text).isEqualTo(value);
        }
        assertThat(compared).isGreaterThan(500);
    }

    private static boolean isJson(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return !sequence.round() && sequence.elements().stream().allMatch(OracleTest::isJson);
        }
        if (value instanceof Value.MapOf map) {
            return map.entries().size() != 1
                    && map.entries().keySet().stream().allMatch(Value.Text.class::isInstance)
                    && map.entries().values().stream().allMatch(OracleTest::isJson);
        }
        return value instanceof Value.Nil
                || value instanceof Value.Bool
                || value instanceof Value.Int
                || value instanceof Value.Text
                || (value instanceof Value.Real real
                        && !Double.isNaN(real.value())
                        && !Double.isInfinite(real.value()));
    }

    private static Value fromJackson(JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {
                return Value.NIL;
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return Value.of(parser.getBooleanValue());
            }
            case VALUE_NUMBER_INT -> {
                BigInteger exact = parser.getBigIntegerValue();
                return exact.bitLength() > 63 ? new Value.BigInt(exact) : Value.of(exact.longValue());
            }
            case VALUE_NUMBER_FLOAT -> {
                return new Value.Real(parser.getDoubleValue());
            }
            case VALUE_STRING -> {
                return Value.of(parser.getString());
            }
            case START_ARRAY -> {
                List<Value> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(fromJackson(parser));
                }
                return Value.of(elements);
            }
            default -> {
                Map<Value, Value> entries = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    entries.put(Value.of(name), fromJackson(parser));
                }
                return new Value.MapOf(entries);
            }
        }
    }

    private static boolean isPlainEdn(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return sequence.elements().stream().allMatch(OracleTest::isPlainEdn);
        }
        if (value instanceof Value.MapOf map) {
            return map.entries().keySet().stream().allMatch(OracleTest::isPlainEdn)
                    && map.entries().values().stream().allMatch(OracleTest::isPlainEdn);
        }
        if (value instanceof Value.Text text) {
            return text.value().chars().allMatch(c -> c >= 0x20 && c != 0x7f && !Character.isSurrogate((char) c));
        }
        return value instanceof Value.Nil
                || value instanceof Value.Bool
                || value instanceof Value.Int
                || (value instanceof Value.Keyword keyword && keyword.name().matches("[x*_]"))
                || (value instanceof Value.Real real
                        && !Double.isNaN(real.value())
                        && !Double.isInfinite(real.value()));
    }

    private static Value fromEdnJava(Object other) {
        if (other instanceof Boolean bool) {
            return Value.of(bool);
        } else if (other instanceof Long number) {
            return Value.of(number);
        } else if (other instanceof Double real) {
            return new Value.Real(real);
        } else if (other instanceof String text) {
            return Value.of(text);
        } else if (other instanceof Keyword keyword) {
            return Value.keyword(keyword.getName());
        } else if (other instanceof List<?> list) {
            List<Value> elements = new ArrayList<>();
            list.forEach(element -> elements.add(fromEdnJava(element)));
            return Value.of(elements);
        } else if (other instanceof Map<?, ?> map) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            map.forEach((key, value) -> entries.put(fromEdnJava(key), fromEdnJava(value)));
            return new Value.MapOf(entries);
        }
        return Value.NIL;
    }
}
