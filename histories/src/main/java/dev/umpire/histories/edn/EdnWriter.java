package dev.umpire.histories.edn;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.value.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes values as EDN, and events as Jepsen does: one map a line. */
public final class EdnWriter {
    private final Utf8Bytes out;

    public EdnWriter(Utf8Bytes out) {
        this.out = out;
    }

    /** A value as EDN text. */
    public static String text(Value value) {
        Utf8Bytes bytes = new Utf8Bytes();
        new EdnWriter(bytes).write(value);
        return bytes.toString();
    }

    /** Writes an event as one map and a line feed. */
    public void write(Event event) {
        out.put('{');
        int start = out.size();
        number("index", event.index(), start);
        number("time", event.time(), start);
        name("type", start).put(':').ascii(nameOf(event.type()));
        value("process", event.process(), start);
        value("session", event.session(), start);
        text("node", event.node(), start);
        word("f", event.function(), start);
        value("key", event.key(), start);
        value("value", event.value(), start);
        number("version", event.version(), start);
        number("position", event.position(), start);
        number("asOf", event.asOf(), start);
        word("phase", event.phase(), start);
        value("error", event.error(), start);
        for (Map.Entry<Value, Value> extra : event.extras().entrySet()) {
            if (out.size() > start) {
                out.put(',').put(' ');
            }
            write(extra.getKey());
            out.put(' ');
            write(extra.getValue());
        }
        out.put('}').put('\n');
    }

    private Utf8Bytes name(String name, int start) {
        if (out.size() > start) {
            out.put(',').put(' ');
        }
        return out.put(':').ascii(name).put(' ');
    }

    private void number(String name, OptionalLong number, int start) {
        if (number.isPresent()) {
            name(name, start).number(number.getAsLong());
        }
    }

    private void value(String name, Optional<Value> value, int start) {
        if (value.isPresent()) {
            name(name, start);
            write(value.get());
        }
    }

    private void text(String name, Optional<String> text, int start) {
        if (text.isPresent()) {
            name(name, start).quoted(text.get());
        }
    }

    private void word(String name, Optional<String> word, int start) {
        if (word.isPresent()) {
            name(name, start);
            if (isName(word.get())) {
                token(':', word.get());
            } else {
                out.quoted(word.get());
            }
        }
    }

    private static String nameOf(EventType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes one value.
     *
     * @throws IllegalArgumentException if a keyword, symbol or tag has a name that EDN cannot say
     */
    public void write(Value value) {
        if (value instanceof Value.Nil) {
            out.ascii("nil");
        } else if (value instanceof Value.Int number) {
            out.number(number.value());
        } else if (value instanceof Value.Text text) {
            out.quoted(text.value());
        } else if (value instanceof Value.Keyword keyword) {
            token(':', checked(keyword.name(), "keyword"));
        } else if (value instanceof Value.Sequence sequence) {
            all(sequence.elements(), sequence.round() ? "(" : "[", sequence.round() ? ')' : ']');
        } else if (value instanceof Value.MapOf map) {
            map(map);
        } else if (value instanceof Value.SetOf set) {
            all(set.elements(), "#{", '}');
        } else if (value instanceof Value.Tagged tagged) {
            tagged(tagged);
        } else if (value instanceof Value.Symbol symbol) {
            symbol(symbol);
        } else if (value instanceof Value.Char character) {
            character(character.codePoint());
        } else if (value instanceof Value.Real real) {
            real(real.value());
        } else {
            out.ascii(value.toString());
        }
    }

    private void all(Iterable<Value> elements, String opening, char closing) {
        out.ascii(opening);
        boolean first = true;
        for (Value element : elements) {
            if (!first) {
                out.put(' ');
            }
            first = false;
            write(element);
        }
        out.put(closing);
    }

    private void map(Value.MapOf map) {
        out.put('{');
        boolean first = true;
        for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
            if (!first) {
                out.put(',').put(' ');
            }
            first = false;
            write(entry.getKey());
            out.put(' ');
            write(entry.getValue());
        }
        out.put('}');
    }

    private void tagged(Value.Tagged tagged) {
        if (tagged.tag().equals(EdnAtoms.RATIO)
                && tagged.value() instanceof Value.Sequence ratio
                && ratio.elements().size() == 2
                && ratio.elements().get(0) instanceof Value.Int above
                && ratio.elements().get(1) instanceof Value.Int below
                && below.value() > 0) {
            out.number(above.value()).put('/').number(below.value());
            return;
        }
        if (!Character.isLetter(checked(tagged.tag(), "tag").codePointAt(0))) {
            throw new IllegalArgumentException("tag: found " + tagged.tag() + ", expected a letter first");
        }
        token('#', tagged.tag());
        out.put(' ');
        write(tagged.value());
    }

    private void symbol(Value.Symbol symbol) {
        String name = checked(symbol.name(), "symbol");
        char first = name.charAt(0);
        char second = name.length() > 1 ? name.charAt(1) : ' ';
        boolean numeric = Character.isDigit(first) || ((first == '-' || first == '+') && Character.isDigit(second));
        if (numeric || "#:\\^'`~@".indexOf(first) >= 0 || name.matches("nil|true|false")) {
            throw new IllegalArgumentException(
                    "symbol: found " + name + ", expected a name that EDN reads as a symbol");
        }
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            out.codePoint(c);
            i += Character.charCount(c);
        }
    }

    private void character(int c) {
        out.put('\\');
        switch (c) {
            case '\n' -> out.ascii("newline");
            case ' ' -> out.ascii("space");
            case '\t' -> out.ascii("tab");
            case '\r' -> out.ascii("return");
            case '\b' -> out.ascii("backspace");
            case '\f' -> out.ascii("formfeed");
            default -> {
                if (c < 0x20 || c == 0x7f || (c >= 0xd800 && c <= 0xdfff)) {
                    out.ascii(String.format(Locale.ROOT, "u%04x", c));
                } else {
                    out.codePoint(c);
                }
            }
        }
    }

    private void real(double real) {
        if (Double.isNaN(real)) {
            out.ascii("##NaN");
        } else if (Double.isInfinite(real)) {
            out.ascii(real > 0 ? "##Inf" : "##-Inf");
        } else {
            out.ascii(Double.toString(real));
        }
    }

    private void token(char first, String name) {
        out.put(first);
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            out.codePoint(c);
            i += Character.charCount(c);
        }
    }

    private static String checked(String name, String what) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    what + ": found '" + name + "', expected a name without spaces, brackets,"
                            + " quotes, commas, semicolons and control characters");
        }
        return name;
    }

    /** Whether a name can stand in EDN after a colon. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.charAt(0) == ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= 0x20 || c == 0x7f || TextScanner.isDelimiter(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
