package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a store promises of a run, for those who read its verdicts beside it.
 *
 * @param by who promises it, for people: {@code configuration sl-token}
 * @param guarantees names of what is promised, each once
 * @param writeOrder name of the write order assumption under which it is promised
 * @param beyond names of the faults and settings of the run, {@code clock} and {@code reads=leader}, under which it is not
 *     promised; empty: it covers all of them
 */
public record Promised(String by, List<String> guarantees, String writeOrder, List<String> beyond) {
    public Promised {
        guarantees = guarantees.stream()
                .map(one -> Guarantee.named(one).name())
                .distinct()
                .toList();
        beyond = List.copyOf(beyond);
    }

    /**
     * What a configuration promises of a run.
     *
     * @param strikes the faults of the run
     * @param departures settings of the run that are not the configuration's, from {@link SettingsResolver#departures}
     */
    public static Promised of(
            Configuration configuration, Collection<FaultKind> strikes, Collection<String> departures) {
        return new Promised(
                "configuration " + configuration.name(),
                configuration.promise(),
                configuration.writeOrder(),
                Stream.concat(
                                strikes.stream()
                                        .filter(kind -> !configuration.faults().contains(kind))
                                        .map(FaultKind::optionName)
                                        .sorted(),
                                departures.stream())
                        .toList());
    }

    /**
     * What a file of promises holds a run to, whatever strikes it.
     *
     * @param file as people know it
     */
    public static Promised of(Promise promise, String file) {
        return new Promised(promise.name() + " of " + file, promise.judged(), promise.writeOrder(), List.of());
    }
}
