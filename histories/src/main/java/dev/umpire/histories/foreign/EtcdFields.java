package dev.umpire.histories.foreign;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object as Go writes them: a field that is absent or null has its type's zero value. */
record EtcdFields(String source, long line, long column, Value object) {

    private Value field(String name) throws MalformedHistoryException {
        if (!(object instanceof Value.MapOf map)) {
            throw refused("found " + Quotes.of(object) + ", expected an object of an operation of etcd");
        }
        Map<Value, Value> entries = map.entries();
        return entries.getOrDefault(Value.of(name), Value.NIL);
    }

    boolean has(String name) throws MalformedHistoryException {
        return !field(name).isNil();
    }

    EtcdFields in(String name) throws MalformedHistoryException {
        Value value = field(name);
        return new EtcdFields(source, line, column, value.isNil() ? new Value.MapOf(Map.of()) : value);
    }

    List<EtcdFields> list(String name) throws MalformedHistoryException {
        Value value = field(name);
        List<EtcdFields> elements = new ArrayList<>();
        if (value instanceof Value.Sequence sequence) {
            for (Value element : sequence.elements()) {
                elements.add(new EtcdFields(source, line, column, element));
            }
        } else if (!value.isNil()) {
            throw refused("found " + Quotes.of(value) + " as \"" + name + "\", expected an array");
        }
        return elements;
    }

    long number(String name) throws MalformedHistoryException {
        Value value = field(name);
        if (value.isNil()) {
            return 0;
        }
        if (value instanceof Value.Int number) {
            return number.value();
        }
        throw refused("found " + Quotes.of(value) + " as \"" + name + "\", expected an integer of 64 bits");
    }

    /** A number that must be there. */
    long needed(String name) throws MalformedHistoryException {
        if (!has(name)) {
            throw refused("found no \"" + name + "\", expected it in an operation of etcd");
        }
        return number(name);
    }

    String text(String name) throws MalformedHistoryException {
        Value value = field(name);
        if (value.isNil()) {
            return "";
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        throw refused("found " + Quotes.of(value) + " as \"" + name + "\", expected a string");
    }

    boolean flag(String name) throws MalformedHistoryException {
        Value value = field(name);
        if (value.isNil()) {
            return false;
        }
        if (value instanceof Value.Bool flag) {
            return flag.value();
        }
        throw refused("found " + Quotes.of(value) + " as \"" + name + "\", expected true or false");
    }

    MalformedHistoryException refused(String problem) {
        return new MalformedHistoryException(source, line, column, problem + " (the operation that begins here)");
    }
}
