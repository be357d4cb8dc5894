package dev.umpire.checkers.staleness;

import dev.umpire.checkers.words.TimeBound;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How stale a read may be.
 *
 * @param unit what is bounded: time, or the number of newer acknowledged writes
 * @param amount nanoseconds or versions; 0 or more
 * @param text as it was asked for: {@code 500ms}, {@code 3versions}
 */
public record Bound(Unit unit, long amount, String text) {

    /** What a bound counts. */
    public enum Unit {
        /** Nanoseconds from the acknowledgement of the first newer write to the invocation of the read. */
        NANOS,
        /** Newer writes that were acknowledged before the read was invoked. */
        VERSIONS
    }

    private static final Pattern VERSIONS = Pattern.compile("(\\d{1,12})versions?");

    public Bound {
        if (amount < 0) {
            throw new IllegalArgumentException("amount: found " + amount + ", expected 0 or more");
        }
    }

    /**
     * The bound of a text: a whole number and {@code us}, {@code ms}, {@code s} or {@code versions}.
     *
     * @throws IllegalArgumentException if it is none, or too large a time
     */
    public static Bound parse(String text) {
        Matcher versions = VERSIONS.matcher(text);
        if (versions.matches()) {
            return new Bound(Unit.VERSIONS, Long.parseLong(versions.group(1)), text);
        }
        return TimeBound.find(BoundedStaleness.NAME, text)
                .map(time -> new Bound(Unit.NANOS, time.nanos(), text))
                .orElseThrow(() -> new IllegalArgumentException(BoundedStaleness.NAME + ": found the bound "
                        + Visible.text(text) + ", expected a whole number and a unit: 200us, 500ms, 2s or 3versions"));
    }

    /** {@code 500 ms}, {@code 3 versions}. */
    String words() {
        return unit == Unit.NANOS ? Words.duration(amount) : Words.count(amount, "version", "versions");
    }
}
