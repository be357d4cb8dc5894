package dev.umpire.harness.cli.option;

import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** A scalar as it is typed: {@code nil}, {@code true}, {@code 0}, {@code 1.5}, {@code :empty}, {@code "0"}, {@code text}. */
public final class InitialValue {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,1000}");
    private static final Pattern REAL = Pattern.compile("[+-]?[0-9]{1,300}(\\.[0-9]{0,300})?([eE][+-]?[0-9]{1,3})?");

    private InitialValue() {}

    public static Value parse(String typed) {
        if (typed.equals("nil") || typed.equals("null")) {
            return Value.NIL;
        }
        if (typed.equals("true") || typed.equals("false")) {
            return Value.of(typed.equals("true"));
        }
        if (WHOLE.matcher(typed).matches()) {
            BigInteger number = new BigInteger(typed);
            return number.bitLength() < Long.SIZE ? Value.of(number.longValueExact()) : new Value.BigInt(number);
        }
        if (REAL.matcher(typed).matches()) {
            return new Value.Real(Double.parseDouble(typed));
        }
        if (typed.length() > 1 && typed.startsWith(":")) {
            return Value.keyword(typed.substring(1));
        }
        boolean quoted = typed.length() > 1 && typed.startsWith("\"") && typed.endsWith("\"");
        return Value.of(quoted ? typed.substring(1, typed.length() - 1) : typed);
    }
}
