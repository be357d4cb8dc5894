package dev.umpire.harness.cli.option;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as they are typed; what is none is told with what is expected, in the words of the other values. */
public final class NumberValues {
    private static final String WHOLE = "a whole number";

    private NumberValues() {}

    /** Lets all options of the command and of its subcommands that are numbers be read so. */
    public static void registerWith(CommandLine command) {
        ITypeConverter<Integer> integers = reading(Integer::valueOf, WHOLE + ", at most " + Integer.MAX_VALUE);
        ITypeConverter<Long> longs = reading(Long::valueOf, WHOLE);
        ITypeConverter<Double> doubles = reading(NumberValues::finite, "a number");
        command.registerConverter(int.class, integers).registerConverter(Integer.class, integers);
        command.registerConverter(long.class, longs).registerConverter(Long.class, longs);
        command.registerConverter(double.class, doubles).registerConverter(Double.class, doubles);
    }

    private static <T> ITypeConverter<T> reading(Function<String, T> number, String expected) {
        return text -> {
            try {
                return number.apply(text.strip());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("found " + text + ", expected " + expected);
            }
        };
    }

    private static Double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }
}
