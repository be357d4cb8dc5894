package dev.umpire.checkers.words;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time that a guarantee bounds, as it stands behind the colon of its name.
 *
 * @param nanos 0 or more
 * @param text as it was asked for: {@code 500ms}, {@code 10s}
 */
public record TimeBound(long nanos, String text) {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,12})(us|ms|s)");

    public TimeBound {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos: found " + nanos + ", expected 0 or more");
        }
    }

    /**
     * The time of a text: a whole number and {@code us}, {@code ms} or {@code s}.
     *
     * @param guarantee whose bound it is, for the message
     * @throws IllegalArgumentException if it is none, or too large a time
     */
    public static TimeBound parse(String guarantee, String text) {
        return find(guarantee, text)
                .orElseThrow(() -> new IllegalArgumentException(guarantee + ": found the bound " + Visible.text(text)
                        + ", expected a whole number and a unit: 200us, 500ms or 10s"));
    }

    /**
     * As {@link #parse}; empty if the text has another shape.
     *
     * @throws IllegalArgumentException if it is too large a time
     */
    public static Optional<TimeBound> find(String guarantee, String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        long unitNanos = switch (matcher.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            default -> 1_000_000_000L;
        };
        if (number > Long.MAX_VALUE / unitNanos) {
            throw new IllegalArgumentException(
                    guarantee + ": found the bound " + text + ", expected at most 292 years");
        }
        return Optional.of(new TimeBound(number * unitNanos, text));
    }
}
