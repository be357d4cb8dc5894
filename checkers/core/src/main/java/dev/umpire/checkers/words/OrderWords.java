package dev.umpire.checkers.words;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.Locale;

/** Why it is known that one write of a key is older than another. */
public final class OrderWords {
    private final Words words;
    private final Register register;
    private final OrderSource source;

    public OrderWords(Words words, Register register, OrderSource source) {
        this.words = words;
        this.register = register;
        this.source = source;
    }

    /**
     * A clause; {@code source.before(older, newer)} must hold.
     *
     * <p>{@code 37 was written by session 5 and acknowledged at 1,120 ms, 84 ms before 41 was invoked, so it is older
     * (real-time write order)}.
     */
    public String older(int older, int newer) {
        int first = register.operationOfWrite(older);
        int second = register.operationOfWrite(newer);
        String old = value(older);
        if (source.reported().isPresent()) {
            ReportedVersions reported = source.reported().get();
            String kind = reported.kind().name().toLowerCase(Locale.ROOT);
            return "the store reported " + kind + " " + reported.number(older) + " for " + old + " and "
                    + reported.number(newer) + " for " + value(newer) + ", so " + old + " is older";
        }
        if (source.traced().isPresent()) {
            return source.traced().get().isShown(newer)
                    ? "reads of the list show " + old + " before " + value(newer) + ", so " + old + " is older"
                    : "reads of the list show " + old + " without " + value(newer) + ", so " + old + " is older";
        }
        String written = old + " was written by " + words.session(first);
        if (source.assumption() == WriteOrder.SESSION) {
            return written + ", which invoked " + value(newer) + " only after the acknowledgement, so it is older ("
                    + source.assumption().phrase() + ")";
        }
        return written + " and acknowledged at " + words.ended(first) + ", " + words.gapBefore(first, second) + " "
                + value(newer) + " was invoked, so it is older ("
                + source.assumption().phrase() + ")";
    }

    /** The value of a write, or the initial value. */
    public String value(int write) {
        History history = register.history();
        return words.value(
                write == Register.INITIAL ? history.initialValue() : register.written(register.accessOfWrite(write)));
    }
}
