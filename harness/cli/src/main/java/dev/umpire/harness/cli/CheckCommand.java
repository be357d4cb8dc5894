package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.checkers.lattice.Lattice;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.OpenChecker;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.report.MissingEvidence;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.ci.CheckedHistory;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire check}: what recorded histories keep. */
@Command(
        name = "check",
        description = {
            "Judge recorded histories: Umpire's JSON Lines and binary files, Jepsen's EDN, JSON and printed logs, etcd's"
                    + " robustness reports, files of dbcop, Plume and AWDIT."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Without --guarantees everything is judged that the history allows, weakest first, and the exit is 1 only where"
                    + " integrity is broken or a guarantee that --require names: every store breaks something.",
            "What evidence a run lacked, by its verdict.json, plan.json and recording, is told as missing, and leaves it undecided as"
                    + " it did when it ended.",
            "The format is detected from the content. A folder of a run stands for its history.jsonl, any other folder for the"
                    + " runs and files below it (.jsonl, .edn, .log, .json, .umpire, ...).",
            "",
            "Examples:",
            "  umpire check runs/latest",
            "  umpire check runs/latest --require monotonic-reads,consistent-prefix",
            "  umpire check history.edn --guarantees read-your-writes,monotonic-reads",
            "  umpire check register.log --initial 0 --write-order session",
            "  umpire check register.edn --checker knossos --classpath knossos.jar:clojure.jar:...",
            "  umpire check *.edn --json | jq .verdict",
            "  umpire check runs --promise umpire.promise.json",
            "  umpire check runs --summary --require causal --junit-xml umpire.xml"
        })
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final JudgingStatus status;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Histories, or folders of them; each is judged on its own.")
    List<String> named = new ArrayList<>();

    @Mixin
    JudgeOptions judge = new JudgeOptions();

    @Option(
            names = "--require",
            paramLabel = "A,B,C",
            completionCandidates = Candidates.Guarantees.class,
            description = "Judge everything, and let the exit tell whether these hold and integrity is not broken.")
    @Nullable
    String required;

    @Mixin
    PromiseOptions promise = new PromiseOptions();

    @Option(names = "--summary", description = "Nothing but the table with a line for each history.")
    boolean summary;

    @Mixin
    CiOptions ci = new CiOptions();

    @Mixin
    SearchOptions search = new SearchOptions();

    @Mixin
    OtherChecker other = new OtherChecker();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.status = new JudgingStatus(surroundings.terminal(), surroundings.nanos());
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            if (required != null && judge.areNamed()) {
                throw new WrongUse("--require: found --guarantees beside it, expected one of the two");
            }
            if (summary && judge.json) {
                throw new WrongUse("--summary: found --json beside it, expected one of the two");
            }
            List<CheckedHistory> checked = new ArrayList<>();
            Exit exit = checkAll(checked);
            if (summary || (checked.size() > 1 && !judge.json)) {
                if (!summary) {
                    terminal.out().println();
                }
                SummaryTable.of(checked, terminal).forEach(terminal.out()::println);
            }
            return exit.and(ci.write(checked, surroundings)).code();
        } catch (WrongUse e) {
            // what is missing for another checker takes several lines
            String message = String.valueOf(e.getMessage())
                    .lines()
                    .map(SafeText::visible)
                    .collect(Collectors.joining(System.lineSeparator()));
            terminal.err().println("umpire check: " + message);
            return Exit.FAILED.code();
        }
    }

    /** @param checked takes what became of each history */
    private Exit checkAll(List<CheckedHistory> checked) throws WrongUse {
        if (promise.isAsked()) {
            return checkEach(byPromiseFile(), checked);
        }
        if (judge.arePromised()) {
            return checkEach(byPromiseOfRun(), checked);
        }
        List<String> needed = required == null ? List.of() : JudgeOptions.names(required);
        List<String> asked = judge.guaranteeNames();
        CheckOptions options = options(judge.askedWriteOrder().orElse(WriteOrder.REAL_TIME));
        Optional<OtherChecker.Opened> opened = other.open(judge.areNamed() ? asked : needed, surroundings);
        if (opened.isPresent()) {
            return checkByOther(opened.get(), options, checked);
        }
        return checkEach(judge.areNamed() ? byName(asked, options) : byLadder(needed, options), checked);
    }

    private Exit checkEach(WayOfJudging way, List<CheckedHistory> checked) throws WrongUse {
        ReadOptions how = reading.readOptions();
        Exit all = Exit.HELD;
        for (String file : HistoryFolder.expanded(named, surroundings)) {
            WayOfJudging.Judge ready = way.judgeOf(file);
            if (!checked.isEmpty() && !judge.json && !summary) {
                surroundings.terminal().out().println();
            }
            Optional<History> history = read(file, how, checked);
            all = all.and(history.isEmpty() ? Exit.FAILED : check(file, history.get(), ready, checked));
        }
        return all;
    }

    private Exit check(String file, History history, WayOfJudging.Judge ready, List<CheckedHistory> checked) {
        WayOfJudging.Outcome outcome = status.during(() -> ready.judge(history));
        List<String> missing = MissingEvidence.of(surroundings.directory().resolve(file), history);
        checked.add(new CheckedHistory.Decided(file, history, outcome.judgement(), missing, outcome.promised()));
        if (!summary) {
            new HistoryPage(surroundings.terminal(), judge).present(history, outcome, missing);
        }
        Exit exit = outcome.weighing().apply(exit(outcome.judgement(), surroundings.terminal(), judge.verbose));
        return missing.isEmpty() ? exit : exit.and(Exit.UNDECIDED);
    }

    /** The history; empty if it was refused, which is told and noted. */
    private Optional<History> read(String name, ReadOptions how, List<CheckedHistory> checked) {
        return new RecordedFiles(
                        surroundings, judge.verbose, reason -> checked.add(new CheckedHistory.Refused(name, reason)))
                .read(name, how);
    }

    /** @param promised the name of the write order where none was asked for */
    private CheckOptions options(String promised) throws WrongUse {
        Optional<WriteOrder> asked = judge.askedWriteOrder();
        return options(asked.isPresent() ? asked.get() : JudgeOptions.order(promised));
    }

    private CheckOptions options(WriteOrder order) throws WrongUse {
        return search.in(new CheckOptions(
                order,
                Math.max(CheckOptions.DEFAULT.anomalyLimit(), judge.anomalies),
                CheckOptions.DEFAULT.searchBudget()));
    }

    /** By what the configuration of its run promises. */
    private WayOfJudging byPromiseOfRun() throws WrongUse {
        if (other.isAsked()) {
            throw new WrongUse("--guarantees: found promise with --checker, expected names of guarantees");
        }
        return file -> {
            RecordedPromise promised = RecordedPromise.of(file, surroundings, other.classPath.loader(surroundings));
            List<String> names = judge.guaranteeNames(Optional.of(promised.configuration()), promised.workload());
            return byName(names, options(promised.writeOrder())).judgeOf(file);
        };
    }

    /** By what a file promises of it. */
    private WayOfJudging byPromiseFile() throws WrongUse {
        if (judge.areNamed() || required != null || other.isAsked()) {
            throw new WrongUse("--promise: found --guarantees, --require or --checker beside it, expected it alone");
        }
        judge.guaranteeNames();
        Promises promises = promise.read(surroundings);
        LocalDate today = surroundings.now().get().toLocalDate();
        ClassLoader loader = other.classPath.loader(surroundings);
        return file -> {
            Promises.Promise meant = promise.of(promises, file, surroundings, loader);
            List<Guarantee> guarantees = judged(guarantees(meant.judged()));
            CheckOptions options = options(meant.writeOrder());
            return history -> promise.outcome(meant, surroundings.judge().judge(history, guarantees, options), today);
        };
    }

    private WayOfJudging byName(List<String> names, CheckOptions options) throws WrongUse {
        List<Guarantee> guarantees = judged(guarantees(names));
        return file -> history -> WayOfJudging.Outcome.of(surroundings.judge().judge(history, guarantees, options));
    }

    /** By everything that the history allows. */
    private WayOfJudging byLadder(List<String> needed, CheckOptions options) throws WrongUse {
        List<Guarantee> guarantees = judged(ladder(needed));
        return file -> history -> {
            Judgement judgement =
                    surroundings.judge().judge(history, guarantees, options).requiring(Set.copyOf(needed));
            Ladder ladder =
                    Ladder.of(judgement.judged().stream().map(Judged::verdict).toList(), options.writeOrder());
            boolean isEnough = needed.isEmpty()
                    && !(ladder.strongestHeld().isEmpty()
                            && ladder.firstBroken().isEmpty());
            return new WayOfJudging.Outcome(
                    judgement,
                    Optional.of(ladder),
                    List.of(),
                    exit -> exit == Exit.UNDECIDED && isEnough ? Exit.HELD : exit,
                    Optional.empty());
        };
    }

    /** Asks somebody else's checker, and nobody beside it. */
    private Exit checkByOther(OtherChecker.Opened opened, CheckOptions options, List<CheckedHistory> checked)
            throws WrongUse {
        try (OpenChecker checker = opened.checker()) {
            return checkEach(
                    file -> history -> WayOfJudging.Outcome.of(
                            Judgement.by(checker, opened.name(), history, options, surroundings.nanos())),
                    checked);
        }
    }

    /** Within the limit of time, and told while it goes on. */
    private List<Guarantee> judged(List<Guarantee> guarantees) throws WrongUse {
        return status.telling(search.limited(guarantees));
    }

    private static List<Guarantee> guarantees(List<String> names) {
        return names.stream().map(Guarantee::named).toList();
    }

    /** Everything that has a checker, and what is required beside that, weakest first. */
    static List<Guarantee> ladder(List<String> needed) {
        Map<String, Guarantee> all = new LinkedHashMap<>();
        all.put(Guarantee.INTEGRITY.name(), Guarantee.INTEGRITY);
        Guarantee.all().forEach(one -> all.put(one.name(), one));
        needed.forEach(name -> all.putIfAbsent(name, Guarantee.named(name)));
        return all.values().stream()
                .sorted(Comparator.comparingInt(one -> Lattice.height(one.name())))
                .toList();
    }

    /** The exit of a judgement; tells what failed. */
    static Exit exit(Judgement judgement, Terminal terminal, boolean verbose) {
        Exit exit = judgement.judged().isEmpty() && !judgement.failures().isEmpty()
                ? Exit.FAILED
                : Exit.of(judgement.answer());
        for (CheckerFailure failure : judgement.failures()) {
            terminal.err().println("umpire: " + SafeText.visible(failure.sentence()));
            if (verbose) {
                failure.cause().printStackTrace(terminal.err());
            }
            exit = exit.and(Exit.FAILED);
        }
        return exit;
    }
}
