package dev.umpire.histories.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value of a history: an immutable tree of EDN's kinds of data, of which JSON's are a subset.
 *
 * <p>Equality is structural and exact: {@code 1} and {@code 1.0} differ, a {@link Sequence} written with round brackets
 * equals one written with square ones (as in Clojure), maps and sets are equal whatever their order. Iteration order is
 * the order in the file.
 */
public sealed interface Value {

    /** Nothing: EDN's {@code nil}, JSON's {@code null}. The initial value of a key unless a history says otherwise. */
    record Nil() implements Value {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** An integer of 64 bits. */
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** An integer too large for {@link Int}, or written with EDN's {@code N}. */
    record BigInt(BigInteger value) implements Value {
        @Override
        public String toString() {
            return value + "N";
        }
    }

    /** A floating-point number; equal when the bits are, so that NaN equals itself. */
    record Real(double value) implements Value {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A decimal number written with EDN's {@code M}. */
    record BigReal(BigDecimal value) implements Value {
        @Override
        public String toString() {
            return value + "M";
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public String toString() {
            return value;
        }
    }

    /** One character of EDN, as its code point. */
    record Char(int codePoint) implements Value {
        @Override
        public String toString() {
            return Character.toString(codePoint);
        }
    }

    /** EDN's {@code :name} or {@code :namespace/name}; {@code name} is without the colon. */
    record Keyword(String name) implements Value {
        @Override
        public String toString() {
            return ":" + name;
        }
    }

    /** EDN's bare word. */
    record Symbol(String name) implements Value {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A vector or list; how it was bracketed is no part of its equality. */
    record Sequence(List<Value> elements, boolean round) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sequence sequence && elements.equals(sequence.elements);
        }

        @Override
        public int hashCode() {
            return elements.hashCode();
        }

        @Override
        public String toString() {
            return elements.toString();
        }
    }

    /** A set, in the order of the file. */
    record SetOf(Set<Value> elements) implements Value {
        public SetOf {
            elements = Collections.unmodifiableSet(new LinkedHashSet<>(elements));
        }

        @Override
        public String toString() {
            return "#" + elements;
        }
    }

    /** A map, in the order of the file. */
    record MapOf(Map<Value, Value> entries) implements Value {
        public MapOf {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String toString() {
            return entries.toString();
        }
    }

    /** EDN's {@code #tag value}, kept and never evaluated. */
    record Tagged(String tag, Value value) implements Value {
        @Override
        public String toString() {
            return "#" + tag + " " + value;
        }
    }

    /** The one {@link Nil}. */
    // Two threads could block each other only if one of them met Nil first, by its constructor: use this constant.
    @SuppressWarnings("ClassInitializationDeadlock")
    Nil NIL = new Nil();

    /** The integer that it is, of whatever size; empty for everything else. */
    default Optional<BigInteger> integer() {
        if (this instanceof Int number) {
            return Optional.of(BigInteger.valueOf(number.value()));
        }
        return this instanceof BigInt number ? Optional.of(number.value()) : Optional.empty();
    }

    static Value of(long value) {
        return new Int(value);
    }

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Value of(String value) {
        return new Text(value);
    }

    /** A sequence in square brackets. */
    static Value of(List<Value> elements) {
        return new Sequence(elements, false);
    }

    static Value keyword(String name) {
        return new Keyword(name);
    }

    /** Whether this is {@link Nil}. */
    default boolean isNil() {
        return this instanceof Nil;
    }
}
