package dev.umpire.harness.cli.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as they are typed: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1.5s}, {@code 1h}. */
public final class Span implements ITypeConverter<Duration> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

    @Override
    public Duration convert(String text) {
        Matcher matcher = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            BigDecimal millis = new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(MILLIS.getOrDefault(matcher.group(2), 1L)))
                    .setScale(0, RoundingMode.HALF_UP);
            if (millis.compareTo(BigDecimal.valueOf(LONGEST_MILLIS)) <= 0) {
                return Duration.ofMillis(millis.longValueExact());
            }
        }
        throw new TypeConversionException(
                "found " + text + ", expected a duration such as 500ms, 30s, 2m (at most 365 days)");
    }

    /** The shortest way to type these milliseconds. */
    public static String typed(long millis) {
        if (millis > 0 && millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis > 0 && millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    /**
     * From the shortest to the longest, {@code 2s..5s}; one duration alone is both.
     *
     * @param leastMillis 0 or more
     * @param mostMillis at least {@code leastMillis}
     */
    public record Range(long leastMillis, long mostMillis) {

        /** As it is typed. */
        public String typed() {
            return leastMillis == mostMillis
                    ? Span.typed(leastMillis)
                    : Span.typed(leastMillis) + ".." + Span.typed(mostMillis);
        }
    }

    /** Reads {@link Range ranges}. */
    public static final class RangeConverter implements ITypeConverter<Range> {
        @Override
        public Range convert(String text) {
            int dots = text.indexOf("..");
            Span span = new Span();
            long least = span.convert(dots < 0 ? text : text.substring(0, dots)).toMillis();
            long most =
                    dots < 0 ? least : span.convert(text.substring(dots + 2)).toMillis();
            if (least > most) {
                throw new TypeConversionException("found " + text + ", expected the shorter duration first");
            }
            return new Range(least, most);
        }
    }
}
