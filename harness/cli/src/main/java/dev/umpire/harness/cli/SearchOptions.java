package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.run.TimeLimit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an object is to linearizable and sequential, and how long a guarantee may be judged. */
final class SearchOptions {

    @Option(
            names = "--model",
            paramLabel = "M",
            completionCandidates = Candidates.ModelNames.class,
            description = {
                "For linearizable and sequential, what the store is: register, cas-register, multi-register,"
                        + " list-append, kv (put, get, append on strings), counter, g-set, set, fifo-queue,"
                        + " unordered-queue, stack, mutex, owned-mutex, fenced-lock or unique-id.",
                "Default: as the functions in the history say."
            })
    @Nullable
    String model;

    @Option(
            names = "--nil-reads",
            paramLabel = "MEANING",
            description = "What an ok read of nil says to linearizable and sequential: absent, there was nothing;"
                    + " unknown, its result is not known. Default: absent.")
    @Nullable
    String nilReads;

    @Option(
            names = "--time-limit",
            paramLabel = "60s",
            converter = Span.class,
            description = "How long each guarantee may be judged; what is not decided by then is UNKNOWN. Default: no"
                    + " limit of time, but one of steps.")
    @Nullable
    Duration timeLimit;

    /** The options with what was said here. */
    CheckOptions in(CheckOptions options) throws WrongUse {
        CheckOptions all = options;
        if (model != null) {
            all = all.withModel(named(model).name());
        }
        return nilReads == null ? all : all.with(meaning(nilReads));
    }

    private static Model<?> named(String name) throws WrongUse {
        return Models.named(name)
                .orElseThrow(() -> new WrongUse(Names.unknown(
                        "--model",
                        name,
                        Stream.concat(Models.names().stream(), Models.otherNames().stream())
                                .toList())));
    }

    /** The guarantees within the limit of time. Integrity, which takes one pass, has none. */
    List<Guarantee> limited(List<Guarantee> guarantees) throws WrongUse {
        Duration limit = timeLimit;
        if (limit == null) {
            return guarantees;
        }
        if (limit.isZero()) {
            throw new WrongUse("--time-limit: found 0, expected 1ms or more");
        }
        return guarantees.stream()
                .map(one -> one == Guarantee.INTEGRITY ? one : TimeLimit.on(one, limit))
                .toList();
    }

    private static NilReads meaning(String name) throws WrongUse {
        for (NilReads meaning : NilReads.values()) {
            if (meaning.optionName().equals(name)) {
                return meaning;
            }
        }
        throw new WrongUse(Names.unknown(
                "--nil-reads",
                name,
                Arrays.stream(NilReads.values()).map(NilReads::optionName).toList()));
    }
}
