package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.DistinctPairs;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.survey.DatasheetSurvey;
import dev.umpire.harness.target.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a datasheet is made of and where it goes, as options. */
final class SheetOptions {
    private static final Duration USUAL_TIME = Duration.ofSeconds(20);
    private static final double USUAL_RATE_PER_SECOND = 500;

    @Option(
            names = "--faults",
            paramLabel = "A,B",
            description =
                    "These rows alone: names of faults ('umpire list nemeses', without shapes of partitions), none, or all that the promise covers."
                            + " Default: every one.")
    @Nullable
    String faults;

    @Option(
            names = "--time",
            paramLabel = "20s",
            converter = Span.class,
            description = "Of a real store: how long each run lasts. Default: 20s.")
    @Nullable
    Duration time;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Of a real store: operations a second over all sessions; 0: as fast as they are answered. Default: 500.")
    @Nullable
    Double rate;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            parameterConsumer = DistinctPairs.class,
            description =
                    "Of a real store: a setting beside the configuration, none that the configuration has otherwise;"
                            + " may be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--page", paramLabel = "FILE", description = "Write the datasheet as a page, too.")
    @Nullable
    String page;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Put the rows into the table of a Markdown file, too, in the place of older ones of the same"
                    + " configurations.")
    @Nullable
    String markdown;

    @Option(
            names = "--write-promise",
            paramLabel = "FILE",
            description = {
                "Write a file of promises, for --promise of run and check, and for tests: each configuration is held to what it"
                        + " documents, and to what no run broke under a fault that its promise covers and every run of the"
                        + " row 'all' kept. Other promises there stay, and so do known anomalies."
            })
    @Nullable
    String promise;

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    /** Refuses what has no meaning for a target. */
    void require(Target target) throws WrongUse {
        if (target.simulated() && (time != null || rate != null || !settings.isEmpty())) {
            throw new WrongUse((time != null ? "--time" : rate != null ? "--rate" : "--set") + ": found it with "
                    + target.name() + ", expected a real store: runs in virtual time are as long as seeds need");
        }
    }

    /** Whether a row is wanted. */
    Predicate<String> wanted() throws WrongUse {
        if (faults == null) {
            return fault -> true;
        }
        List<String> names = Names.split(faults);
        for (String name : names) {
            Names.require("--faults", name, DatasheetSurvey.faults());
        }
        return names::contains;
    }

    Duration time() {
        return time == null ? USUAL_TIME : time;
    }

    double ratePerSecond() {
        return rate == null ? USUAL_RATE_PER_SECOND : rate;
    }
}
