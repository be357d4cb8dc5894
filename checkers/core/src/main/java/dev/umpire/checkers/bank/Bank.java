package dev.umpire.checkers.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was seen of one bank. */
final class Bank {
    private final List<Reading> readings = new ArrayList<>();
    private Optional<String> strange = Optional.empty();

    /** Notes why the bank cannot be judged; the first reason stays. */
    void note(Optional<String> why) {
        strange = strange.or(() -> why);
    }

    Optional<String> strange() {
        return strange;
    }

    /** In the order of their invocations. */
    List<Reading> readings() {
        return readings;
    }
}
