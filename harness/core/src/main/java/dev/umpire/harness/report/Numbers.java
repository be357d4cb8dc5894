package dev.umpire.harness.report;

import java.util.Locale;

/** Numbers and times as people read them, the same on every machine. */
public final class Numbers {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long LONG_ENOUGH_FOR_WHOLE_MILLIS_NANOS = 10_000_000;

    private Numbers() {}

    /** {@code 12,040}. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 read}, {@code 12,040 reads}. */
    public static String counted(long number, String noun) {
        return grouped(number) + " " + (number == 1 ? noun : plural(noun));
    }

    /** {@code reads}, {@code entries}. */
    static String plural(String noun) {
        boolean consonantAndY = noun.endsWith("y") && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0;
        return consonantAndY ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    /** {@code 1,204 ms}; with a digit more where the whole span is short: {@code 1,204.3 ms}. */
    public static String millis(long nanos, long spanNanos) {
        String pattern = spanNanos < LONG_ENOUGH_FOR_WHOLE_MILLIS_NANOS ? "%,.1f ms" : "%,.0f ms";
        return String.format(Locale.ROOT, pattern, nanos / NANOS_PER_MILLI);
    }

    /** {@code 6.2 s}, and {@code 340 ms} below a second. */
    public static String seconds(long nanos) {
        return nanos < 1_000_000_000
                ? String.format(Locale.ROOT, "%,.0f ms", nanos / NANOS_PER_MILLI)
                : String.format(Locale.ROOT, "%,.1f s", nanos / 1e9);
    }

    /** Milliseconds with one digit after the point, as in the verdict object: {@code 1.9}. */
    public static String millisOneDigit(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
    }

    /** A share with four digits after the point, as in objects for programs: {@code 0.1812}. */
    static String fourDigits(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }

    /** {@code 99.2 %}; a share that is nearly all is never told as all, nor one that is nearly nothing as nothing. */
    public static String percent(double share) {
        if (share == 0 || share == 1) {
            return share == 0 ? "0 %" : "100 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, Math.max(0.1, share * 100)));
    }
}
