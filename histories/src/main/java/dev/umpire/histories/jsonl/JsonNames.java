package dev.umpire.histories.jsonl;

import dev.umpire.histories.edn.EdnReader;
import dev.umpire.histories.edn.EdnWriter;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;

/**
 * Keys of an event that Umpire does not know, between EDN and JSON: {@code :op-index} there is {@code "op-index"} here;
 * {@code "two words"} is itself; any other value is its EDN text after {@code "#edn "}.
 */
final class JsonNames {
    private static final String ESCAPE = "#edn ";

    private JsonNames() {}

    static Value read(String name) throws MalformedHistoryException {
        if (name.startsWith(ESCAPE)) {
            return EdnReader.parse(name.substring(ESCAPE.length()));
        }
        return EdnWriter.isName(name) ? new Value.Keyword(name) : new Value.Text(name);
    }

    static String written(Value key) {
        if (key instanceof Value.Keyword keyword && EdnWriter.isName(keyword.name())) {
            return keyword.name();
        }
        if (key instanceof Value.Text text
                && !EdnWriter.isName(text.value())
                && !text.value().startsWith(ESCAPE)) {
            return text.value();
        }
        return ESCAPE + EdnWriter.text(key);
    }
}
