package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.WriteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How stale each read is, from the definition: by every admissible order of the writes of its key. */
public final class StalenessOracle {

    /**
     * One read's staleness.
     *
     * @param positions from the first acknowledgement of a certainly newer write to the invocation of the read; 0 or more
     * @param versions how many of them had been acknowledged by then
     */
    public record Stale(int positions, int versions) {}

    private StalenessOracle() {}

    /** Of all reads that return what was written; empty if the writes of a key that is read have no order. */
    public static Optional<List<Stale>> staleness(SmallHistory history, WriteOrder assumption) {
        List<Stale> all = new ArrayList<>();
        for (int key = 0; key < history.keyCount(); key++) {
            VersionOrders orders = new VersionOrders(history, key);
            for (SmallOperation read : history.operations()) {
                if (!orders.goodRead(read)) {
                    continue;
                }
                if (!orders.exists(assumption, true, order -> true)) {
                    return Optional.empty();
                }
                int earliest = Integer.MAX_VALUE;
                int versions = 0;
                for (SmallOperation write : history.operations()) {
                    if (write.writes(key) && write.isOk() && isNewer(orders, assumption, write, read.readOf(key))) {
                        earliest = Math.min(earliest, write.completed);
                        versions += write.realTimeBefore(read) ? 1 : 0;
                    }
                }
                all.add(new Stale(Math.max(0, read.invoked - earliest), versions));
            }
        }
        return Optional.of(all);
    }

    private static boolean isNewer(VersionOrders orders, WriteOrder assumption, SmallOperation write, int value) {
        return write.written() != value
                && !orders.exists(assumption, true, order -> order.indexOf(write.written()) < order.indexOf(value));
    }
}
