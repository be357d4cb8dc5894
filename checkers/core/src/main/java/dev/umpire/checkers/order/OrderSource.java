package dev.umpire.checkers.order;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.Optional;

/**
 * Where the order of a register's writes is known from.
 *
 * @param assumption what is assumed where nothing was reported
 * @param reported what the store reported; it is trusted, and then nothing is assumed
 */
public record OrderSource(WriteOrder assumption, Optional<ReportedVersions> reported) {

    /** Reported, where every acknowledged write has a version or every one a position; else assumed. */
    public static OrderSource of(Register register, WriteOrder assumption) {
        return new OrderSource(assumption, ReportedVersions.of(register));
    }

    /** Assumed, whatever was reported. */
    public static OrderSource assumed(WriteOrder assumption) {
        return new OrderSource(assumption, Optional.empty());
    }

    public boolean isReported() {
        return reported.isPresent();
    }

    /** Whether this source alone, without any other write between, puts the first write before the second. */
    public boolean before(Register register, int first, int second) {
        if (reported.isPresent()) {
            return reported.get().before(first, second);
        }
        if (assumption == WriteOrder.NONE) {
            return false;
        }
        int a = register.accessOfWrite(first);
        int b = register.accessOfWrite(second);
        return register.completed(a) < register.invoked(b)
                && (assumption == WriteOrder.REAL_TIME || register.session(a) == register.session(b));
    }
}
