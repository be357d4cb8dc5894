package dev.umpire.checkers.counter;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/** Numbers of a recording that fit 64 bits. */
final class Amounts {
    private static final int BITS = 63;

    private Amounts() {}

    static Optional<Long> integer(Value value) {
        if (value instanceof Value.Int number) {
            return Optional.of(number.value());
        }
        return value instanceof Value.BigInt number && number.value().bitLength() <= BITS
                ? Optional.of(number.value().longValue())
                : Optional.empty();
    }
}
