package dev.umpire.checkers.knossos;

import dev.umpire.checkers.knossos.analysis.Algorithm;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.verdict.CheckerProvider;
import dev.umpire.checkers.verdict.CheckerUnavailableException;
import dev.umpire.checkers.verdict.OpenChecker;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Offers Knossos to the command line. */
public final class KnossosProvider implements CheckerProvider {
    /** {@code own-process} or {@code in-process}. */
    public static final String PLACE = "place";
    /** {@code competition}, {@code wgl} or {@code linear}. */
    public static final String ALGORITHM = "algorithm";
    /** Heap of the other process in megabytes. */
    public static final String HEAP = "heap-megabytes";
    /** How long one history may take, in milliseconds. */
    public static final String LIMIT = "limit-millis";

    private static final String OWN_PROCESS = "own-process";
    private static final String IN_PROCESS = "in-process";

    @Override
    public String name() {
        return "knossos";
    }

    @Override
    public String meaning() {
        return "Jepsen's linearizability checker, if it is on the class path";
    }

    @Override
    public List<String> guarantees() {
        return List.of(Linearizable.NAME);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(PLACE, OWN_PROCESS + ", which is killed when its time is over, or " + IN_PROCESS);
        settings.put(ALGORITHM, "competition, wgl or linear");
        settings.put(HEAP, "heap of the other process");
        settings.put(LIMIT, "how long one history may take");
        return settings;
    }

    @Override
    public OpenChecker open(Map<String, String> settings, List<String> classPath) throws CheckerUnavailableException {
        KnossosOptions options = KnossosOptions.DEFAULT.withClassPath(classPath);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String value = setting.getValue();
            options = switch (setting.getKey()) {
                case PLACE -> options.withInProcess(isInProcess(value));
                case ALGORITHM -> options.with(algorithm(value));
                case HEAP -> options.withHeapMegabytes(number(HEAP, value));
                case LIMIT -> options.withLimitMillis(number(LIMIT, value));
                default ->
                    throw new IllegalArgumentException("found the setting " + setting.getKey() + ", expected one of "
                            + String.join(", ", settings().keySet()));
            };
        }
        return KnossosChecker.open(options);
    }

    private static boolean isInProcess(String value) {
        return switch (value) {
            case IN_PROCESS -> true;
            case OWN_PROCESS -> false;
            default ->
                throw new IllegalArgumentException(
                        "--knossos: found " + value + ", expected " + OWN_PROCESS + " or " + IN_PROCESS);
        };
    }

    private static Algorithm algorithm(String value) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.optionName().equals(value)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("--knossos-algorithm: found " + value + ", expected one of "
                + String.join(
                        ", ",
                        Arrays.stream(Algorithm.values())
                                .map(Algorithm::optionName)
                                .toList()));
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": found " + value + ", expected a whole number", e);
        }
    }
}
