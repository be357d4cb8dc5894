package dev.umpire.checkers.causal;

import dev.umpire.checkers.words.Words;
import java.util.ArrayList;
import java.util.List;

/** Chains of causes in words. */
final class Chains {
    private final Nodes nodes;
    private final Words words;

    Chains(Nodes nodes) {
        this.nodes = nodes;
        words = Words.of(nodes.history);
    }

    Words words() {
        return words;
    }

    /** {@code session 3 wrote x=41 at n1 (1,204 ms to 1,209 ms, acknowledged)}. */
    String wrote(int node, int key) {
        return words.wrote(nodes.operation[node], key);
    }

    /** {@code session 3 read x at n2 (1,311 ms to 1,312 ms), which returned 37}, of a read by its place among all. */
    String read(int read) {
        return words.read(nodes.operation[nodes.reader[read]], nodes.readKey[read], nodes.readValue[read]);
    }

    /** The read of a key by which a node knows of another; a transaction may have read the key more than once. */
    private int readFrom(int node, int key, int source) {
        for (int r = nodes.readStart[node]; r < nodes.readStart[node + 1]; r++) {
            if (nodes.readKey[r] == key && nodes.readSource[r] == source) {
                return r;
            }
        }
        throw new IllegalArgumentException(
                "source: found node " + source + ", expected one that node " + node + " read key " + key + " from");
    }

    /** As {@link #read(int)}, of what the node read from another. */
    String readFromNode(int node, int key, int source) {
        return read(readFrom(node, key, source));
    }

    /** {@code session 3 read x at n2 (1,311 ms to 1,312 ms), which returned 37}: all that the node did. */
    String did(int node) {
        int o = nodes.operation[node];
        return words.session(o) + " " + words.deed(o) + " (" + words.span(o) + ")"
                + words.returned(o).map(returned -> ", which " + returned).orElse("");
    }

    /** What the node wrote to the key: {@code x=41}; of a list {@code 41 in x}. */
    String written(int node, int key) {
        var history = nodes.history;
        int o = nodes.operation[node];
        List<String> values = new ArrayList<>();
        for (int i = 0; i < history.writeCount(o); i++) {
            if (history.writeKey(o, i) == key) {
                values.add(words.value(history.writeValue(o, i)));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("key: found " + key + ", expected one that operation " + o + " wrote");
        }
        return nodes.isList(key)
                ? String.join(" and ", values) + " in " + words.key(key)
                : words.key(key) + "=" + values.get(values.size() - 1);
    }

    /** The steps from a write of a key to an operation that has been told before. */
    String toKnown(List<Integer> chain, int firstKey) {
        return tell(chain, firstKey, -1);
    }

    /** The steps from a write of a key to a write of another. */
    String toWrite(List<Integer> chain, int firstKey, int lastKey) {
        return tell(chain, firstKey, lastKey);
    }

    private String tell(List<Integer> chain, int firstKey, int lastKey) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < chain.size(); i++) {
            int node = chain.get(i);
            int readKey = i == 0 ? -1 : keyReadFrom(chain.get(i - 1), node);
            if (i == chain.size() - 1) {
                text.append(lastKey < 0 ? last(chain, readKey) : lastWrite(node, readKey, lastKey));
            } else if (i == 0) {
                text.append(wrote(node, firstKey));
            } else {
                int writtenKey = keyReadFrom(node, chain.get(i + 1));
                boolean readFirst = readKey >= 0 && writtenKey != readKey;
                text.append(readKey >= 0 ? "; " : "; after that ")
                        .append(readFirst ? readFromNode(node, readKey, chain.get(i - 1)) : wrote(node, writtenKey));
                if (readFirst && writtenKey >= 0) {
                    text.append(", and wrote ")
                            .append(written(node, writtenKey))
                            .append(" in the same ")
                            .append(noun(node));
                }
            }
        }
        return text.toString();
    }

    private String last(List<Integer> chain, int readKey) {
        int node = chain.get(chain.size() - 1);
        if (readKey < 0) {
            return "; after that, in the same session, came that " + noun(node);
        }
        return "; and that " + noun(node) + " itself returned " + valueRead(node, readKey, chain.get(chain.size() - 2));
    }

    private String lastWrite(int node, int readKey, int lastKey) {
        return readKey < 0
                ? "; after that " + wrote(node, lastKey)
                : "; " + wrote(node, lastKey) + ", having seen that";
    }

    private String valueRead(int node, int key, int source) {
        return words.key(key) + "=" + words.value(nodes.readValue[readFrom(node, key, source)]);
    }

    /** What the operation is called: {@code read}, {@code snapshot}, {@code cas}, {@code write}. */
    String noun(int node) {
        int function = nodes.history.function(nodes.operation[node]);
        return function < 0 ? "operation" : nodes.history.functionName(function);
    }

    /** A key that the second returned from the first, unless session order joins them anyway; -1 if there is none. */
    int keyReadFrom(int writer, int reader) {
        if (nodes.sessionOrder(writer, reader)) {
            return -1;
        }
        for (int r = nodes.readStart[reader]; r < nodes.readStart[reader + 1]; r++) {
            if (nodes.readSource[r] == writer) {
                return nodes.readKey[r];
            }
        }
        return -1;
    }
}
