package dev.umpire.targets.etcd;

import dev.umpire.harness.target.StoredText;
import dev.umpire.histories.value.Value;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How keys of a workload lie in etcd's own, all behind one prefix, which is empty where the whole store is the run's.
 *
 * <p>A register or counter is one key, {@code x7/}. A list has a key for each element, {@code x7/l/12}, in the order of their
 * creation, and a set likewise, {@code x7/s/12}: adding one is one request, and one range reads all of it at one revision.
 */
final class Keyspace {

    private static final String LIST = "l/";
    private static final String SET = "s/";

    private final String prefix;

    Keyspace(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** A key by which a run is seen while it has written nothing: no key of a workload is called so, as those end in a slash. */
    String mark() {
        return prefix + "run";
    }

    /** Fills in a range over all keys. */
    ObjectNode all(ObjectNode range) {
        char last = prefix.charAt(prefix.length() - 1);
        return range.put("key", bytes(prefix))
                .put("range_end", bytes(prefix.substring(0, prefix.length() - 1) + (char) (last + 1)));
    }

    /** The key of a register. */
    String register(Value key) {
        return prefix + URLEncoder.encode(key.toString(), StandardCharsets.UTF_8) + "/";
    }

    /** The key of an element of a list. */
    String listElement(Value key, Value element) {
        return register(key) + LIST + URLEncoder.encode(element.toString(), StandardCharsets.UTF_8);
    }

    /** The key of an element of a set. */
    String setElement(Value key, Value element) {
        return register(key) + SET + URLEncoder.encode(element.toString(), StandardCharsets.UTF_8);
    }

    /** Bytes as the gateway takes them. */
    static String bytes(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of bytes as the gateway gives them. */
    static String text(JsonNode field) {
        return new String(Base64.getDecoder().decode(field.asString("")), StandardCharsets.UTF_8);
    }

    /** A number, which the gateway gives as a text and leaves out where it is 0. */
    static long number(JsonNode field) {
        return Long.parseLong(field.asString("0"));
    }

    /** Fills in a range over all that belongs to a key, oldest first. */
    void range(ObjectNode range, Value key, boolean serializable) {
        String from = register(key);
        // the next text after all that begin so: names hold no slash, and 0 follows it
        String end = from.substring(0, from.length() - 1) + "0";
        range.put("key", bytes(from))
                .put("range_end", bytes(end))
                .put("sort_order", "ASCEND")
                .put("sort_target", "CREATE")
                .put("serializable", serializable);
    }

    /**
     * What a range returned.
     *
     * @param value nil where there is nothing
     * @param version the revision at which it was changed last; empty for nothing, and for sets, which shrink without a trace
     */
    record Found(Value value, OptionalLong version) {}

    Found found(JsonNode range, Value key) {
        String own = register(key);
        List<Value> list = new ArrayList<>();
        Set<Value> set = new LinkedHashSet<>();
        Value register = Value.NIL;
        long newest = 0;
        for (JsonNode pair : range.path("kvs")) {
            String rest = text(pair.path("key")).substring(own.length());
            newest = Math.max(newest, number(pair.path("mod_revision")));
            if (rest.startsWith(LIST)) {
                // one that was put twice was appended twice
                for (long put = 0; put < number(pair.path("version")); put++) {
                    list.add(StoredText.value(decoded(rest.substring(LIST.length()))));
                }
            } else if (rest.startsWith(SET)) {
                set.add(StoredText.value(decoded(rest.substring(SET.length()))));
            } else {
                register = StoredText.value(text(pair.path("value")));
            }
        }
        if (!set.isEmpty()) {
            return new Found(new Value.SetOf(set), OptionalLong.empty());
        }
        OptionalLong version = newest == 0 ? OptionalLong.empty() : OptionalLong.of(newest);
        return new Found(list.isEmpty() ? register : Value.of(list), version);
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }
}
