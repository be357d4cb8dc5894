package dev.umpire.harness.sql;

import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a transfer changes.
 *
 * @param bank whose accounts they are
 * @param changes by account, what its balance has more afterwards
 */
record Transfer(String bank, SortedMap<String, Long> changes) {

    /**
     * As it was asked.
     *
     * @throws IllegalArgumentException if it names no two accounts and an amount
     */
    static Transfer of(Request request) {
        Map<Value, Value> asked = request.argument() instanceof Value.MapOf map ? map.entries() : Map.of();
        Value from = asked.getOrDefault(Value.of(Request.FROM), Value.NIL);
        Value to = asked.getOrDefault(Value.of(Request.TO), Value.NIL);
        Value amount = asked.getOrDefault(Value.of(Request.AMOUNT), Value.NIL);
        if (from.equals(Value.NIL) || to.equals(Value.NIL) || !(amount instanceof Value.Int moved)) {
            throw new IllegalArgumentException(
                    "argument: found " + request.argument() + ", expected {from account, to account, amount number}");
        }
        SortedMap<String, Long> changes = new TreeMap<>();
        changes.merge(SqlStatements.text(from), -moved.value(), Long::sum);
        changes.merge(SqlStatements.text(to), moved.value(), Long::sum);
        return new Transfer(SqlStatements.text(request.requireKey()), changes);
    }
}
