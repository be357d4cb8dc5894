package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.CheckerProvider;
import dev.umpire.checkers.verdict.CheckerUnavailableException;
import dev.umpire.checkers.verdict.OpenChecker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A checker of somebody else: it tells how it was opened, and is missing where an algorithm was asked for. */
public final class CheckerInTests implements CheckerProvider {
    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public String meaning() {
        return "Tells how it was asked";
    }

    @Override
    public List<String> guarantees() {
        return List.of("linearizable");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("place", "where", "heap-megabytes", "how much", "limit-millis", "how long");
    }

    @Override
    public OpenChecker open(Map<String, String> settings, List<String> classPath) throws CheckerUnavailableException {
        if (settings.containsKey("algorithm")) {
            throw new CheckerUnavailableException("--checker mirror: found no glass.\nAdd it:\n  glass:1.0");
        }
        String told = new TreeMap<>(settings) + " of " + classPath.size() + " jars";
        return new OpenChecker() {
            @Override
            public Verdict check(History history, CheckOptions options) {
                if (options.model().isPresent()) {
                    throw new IllegalStateException("it broke");
                }
                return new Verdict(
                        "linearizable", Answer.UNKNOWN, Optional.empty(), told, 1, 1, Optional.of(told), 0, List.of());
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }
}
