package dev.umpire.checkers.causal;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.TracedOrder;
import java.util.Arrays;
import java.util.Optional;

/** The operations that appended what the reads of a list show. */
final class ListSources {
    private final Register register;
    private final Optional<TracedOrder> traced;
    private final int[] operations;

    /** Those of no list if the register is none. */
    ListSources(Register register) {
        this.register = register;
        traced = TracedOrder.of(register);
        operations = new int[traced.map(TracedOrder::count).orElse(0)];
        traced.ifPresent(order -> Arrays.setAll(operations, place -> register.operationOfWrite(order.write(place))));
    }

    /** The operations that appended what a good read of the list shows, in its order. */
    int[] of(int access) {
        return register.apart(access)
                .map(writes ->
                        Arrays.stream(writes).map(register::operationOfWrite).toArray())
                .orElseGet(() -> Arrays.copyOf(operations, length(access)));
    }

    /** How many there are of all good reads together. */
    long elements() {
        long all = 0;
        for (int access = 0; access < register.size() && traced.isPresent(); access++) {
            if (register.isGoodRead(access)) {
                all += register.apart(access).isPresent() ? of(access).length : length(access);
            }
        }
        return all;
    }

    private int length(int access) {
        int source = register.source(access);
        return source < 0
                ? 0
                : traced.map(order -> (int) order.rank(source) + 1).orElse(0);
    }
}
