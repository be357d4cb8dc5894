package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.checkers.lattice.Lattice;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.OpenChecker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.VerdictJson;
import dev.umpire.harness.report.ci.CheckedHistory;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        description = "Judge recorded histories: Umpire's JSON Lines, Jepsen's EDN, Jepsen's printed log.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Without --guarantees everything is judged that the history allows, weakest first, and the exit is 1 only where",
            "integrity is broken or a guarantee that --require names: every store breaks something.",
            "The format is detected from the content. A folder of a run stands for its history.jsonl, any other folder for the",
            "runs and files below it (.jsonl, .edn, .log, .json, .umpire, ...).",
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
            return checkPromiseFile(checked);
        }
        if (judge.arePromised()) {
            return checkPromises(checked);
        }
        List<String> needed = required == null ? List.of() : JudgeOptions.names(required);
        List<Guarantee> guarantees = search.limited(
                judge.areNamed()
                        ? judge.guaranteeNames().stream().map(Guarantee::named).toList()
                        : ladder(needed));
        judge.guaranteeNames();
        CheckOptions options = options(judge.askedWriteOrder().orElse(WriteOrder.REAL_TIME));
        ReadOptions how = reading.readOptions();
        Optional<OtherChecker.Opened> opened =
                other.open(judge.areNamed() ? judge.guaranteeNames() : needed, surroundings);
        if (opened.isPresent()) {
            return ask(opened.get(), how, options, checked);
        }
        Exit all = Exit.HELD;
        for (String file : files()) {
            all = all.and(check(file, how, guarantees, needed, options, checked));
        }
        return all;
    }

    /** What is to be judged, with the histories below a folder in the place of its name. */
    private List<String> files() throws WrongUse {
        List<String> files = new ArrayList<>();
        for (String one : named) {
            Path folder = surroundings.directory().resolve(one);
            if (one.equals("-") || !Files.isDirectory(folder) || HistoryFolder.isOne(folder)) {
                files.add(one);
                continue;
            }
            try {
                List<Path> below = HistoryFolder.histories(folder);
                if (below.isEmpty()) {
                    throw new WrongUse(one + ": found a folder without any history, expected runs, or files such as"
                            + " history.edn or history.jsonl");
                }
                below.forEach(file ->
                        files.add(Path.of(one).resolve(folder.relativize(file)).toString()));
            } catch (IOException e) {
                throw new WrongUse(one + ": found a folder that cannot be read: " + e.getMessage());
            }
        }
        return files;
    }

    /** A blank line between what is told of one history and of the next. */
    private void separate(List<CheckedHistory> checked) {
        if (!checked.isEmpty() && !judge.json && !summary) {
            surroundings.terminal().out().println();
        }
    }

    /** The history; empty if it was refused, which is told and noted. */
    private Optional<History> read(String name, ReadOptions how, List<CheckedHistory> checked) {
        return new RecordedFiles(
                        surroundings, judge.verbose, reason -> checked.add(new CheckedHistory.Refused(name, reason)))
                .read(name, how);
    }

    private CheckOptions options(WriteOrder order) throws WrongUse {
        return search.in(new CheckOptions(
                order,
                Math.max(CheckOptions.DEFAULT.anomalyLimit(), judge.anomalies),
                CheckOptions.DEFAULT.searchBudget()));
    }

    /** Judges each history by what the configuration of its run promises. */
    private Exit checkPromises(List<CheckedHistory> checked) throws WrongUse {
        if (other.isAsked()) {
            throw new WrongUse("--guarantees: found promise with --checker, expected names of guarantees");
        }
        ReadOptions how = reading.readOptions();
        Exit all = Exit.HELD;
        for (String file : files()) {
            RecordedPromise promise = RecordedPromise.of(file, surroundings, other.classPath.loader(surroundings));
            List<Guarantee> guarantees =
                    judge.guaranteeNames(Optional.of(promise.configuration()), promise.workload()).stream()
                            .map(Guarantee::named)
                            .toList();
            WriteOrder order = judge.askedWriteOrder().orElse(JudgeOptions.order(promise.writeOrder()));
            all = all.and(check(file, how, search.limited(guarantees), List.of(), options(order), checked));
        }
        return all;
    }

    /** Judges each history by what a file promises of it. */
    private Exit checkPromiseFile(List<CheckedHistory> checked) throws WrongUse {
        if (judge.areNamed() || required != null || other.isAsked()) {
            throw new WrongUse("--promise: found --guarantees, --require or --checker beside it, expected it alone");
        }
        judge.guaranteeNames();
        Promises promises = promise.read(surroundings);
        LocalDate today = surroundings.now().get().toLocalDate();
        ReadOptions how = reading.readOptions();
        Exit all = Exit.HELD;
        for (String file : files()) {
            Promises.Promise meant = promise.of(promises, file, surroundings);
            separate(checked);
            Optional<History> history = read(file, how, checked);
            if (history.isEmpty()) {
                all = all.and(Exit.FAILED);
                continue;
            }
            List<Guarantee> guarantees =
                    meant.judged().stream().map(Guarantee::named).toList();
            WriteOrder order = judge.askedWriteOrder().orElse(JudgeOptions.order(meant.writeOrder()));
            Judgement judgement = surroundings
                    .judge()
                    .judge(history.get(), search.limited(guarantees), options(order))
                    .requiring(meant.required(today));
            checked.add(new CheckedHistory.Decided(file, history.get(), judgement, List.of()));
            present(history.get(), judgement, Optional.empty());
            if (!summary) {
                VerdictPage page = page();
                page.label("promise", SafeText.visible(meant.name()) + " of " + SafeText.visible(promise.file()));
                PromiseOptions.known(meant, judgement.judged(), today).forEach(line -> page.label("known", line));
            }
            Exit exit = exit(judgement, surroundings.terminal(), judge.verbose);
            all = all.and(PromiseOptions.exit(exit, meant, judgement.judged(), today));
        }
        return all;
    }

    private VerdictPage page() {
        Terminal terminal = surroundings.terminal();
        return new VerdictPage(terminal, judge.json ? terminal.err() : terminal.out(), judge);
    }

    /** Asks somebody else's checker, and nobody beside it. */
    private Exit ask(OtherChecker.Opened opened, ReadOptions how, CheckOptions options, List<CheckedHistory> checked)
            throws WrongUse {
        Exit all = Exit.HELD;
        try (OpenChecker checker = opened.checker()) {
            for (String file : files()) {
                separate(checked);
                Optional<History> history = read(file, how, checked);
                if (history.isEmpty()) {
                    all = all.and(Exit.FAILED);
                    continue;
                }
                Judgement judgement =
                        Judgement.by(checker, opened.name(), history.get(), options, surroundings.nanos());
                checked.add(new CheckedHistory.Decided(file, history.get(), judgement, List.of()));
                present(history.get(), judgement, Optional.empty());
                all = all.and(exit(judgement, surroundings.terminal(), judge.verbose));
            }
        }
        return all;
    }

    /** Everything that has a checker, and what is required beside that, weakest first. */
    private static List<Guarantee> ladder(List<String> needed) {
        Map<String, Guarantee> all = new LinkedHashMap<>();
        all.put(Guarantee.INTEGRITY.name(), Guarantee.INTEGRITY);
        Guarantee.all().forEach(one -> all.put(one.name(), one));
        needed.forEach(name -> all.putIfAbsent(name, Guarantee.named(name)));
        return all.values().stream()
                .sorted(Comparator.comparingInt(one -> Lattice.height(one.name())))
                .toList();
    }

    private Exit check(
            String name,
            ReadOptions how,
            List<Guarantee> guarantees,
            List<String> needed,
            CheckOptions options,
            List<CheckedHistory> checked) {
        separate(checked);
        Optional<History> history = read(name, how, checked);
        if (history.isEmpty()) {
            return Exit.FAILED;
        }
        Judgement judgement = surroundings.judge().judge(history.get(), guarantees, options);
        if (judge.areNamed()) {
            checked.add(new CheckedHistory.Decided(name, history.get(), judgement, List.of()));
            present(history.get(), judgement, Optional.empty());
            return exit(judgement, surroundings.terminal(), judge.verbose);
        }
        Judgement counted = judgement.requiring(Set.copyOf(needed));
        checked.add(new CheckedHistory.Decided(name, history.get(), counted, List.of()));
        Ladder ladder = Ladder.of(
                counted.judged().stream().map(Judged::verdict).toList(),
                options.writeOrder(),
                history.get().functionId("cas") != History.NONE);
        present(history.get(), counted, Optional.of(ladder));
        boolean anyDecided =
                !ladder.strongestHeld().isEmpty() || !ladder.firstBroken().isEmpty();
        Exit exit = exit(counted, surroundings.terminal(), judge.verbose);
        return exit == Exit.UNDECIDED && needed.isEmpty() && anyDecided ? Exit.HELD : exit;
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

    private void present(History history, Judgement judgement, Optional<Ladder> ladder) {
        if (summary) {
            return;
        }
        Terminal terminal = surroundings.terminal();
        VerdictPage page = page();
        page.label("history", head(history));
        warnings(history.source(), page);
        LintCommand.line(history).ifPresent(line -> page.label("lint", line));
        if (judge.json) {
            terminal.out()
                    .println(ladder.map(one -> VerdictJson.of(history, judgement, one))
                            .orElseGet(() -> VerdictJson.of(history, judgement)));
            return;
        }
        page.line("");
        page.table(
                judgement.judged().stream()
                        .filter(one -> ladder.isEmpty() || one.verdict().answer() != Answer.UNKNOWN)
                        .toList(),
                judgement.failures());
        if (ladder.isPresent()) {
            page.line("");
            page.ladder(ladder.get());
        }
        if (!history.nemesisEvents().isEmpty()) {
            page.evidence(history);
        }
        List<Verdict> told = ladder.map(Ladder::firstBroken)
                .orElseGet(
                        () -> judgement.judged().stream().map(Judged::verdict).toList());
        page.anomalies(history, told);
        if (judge.anomalies == 1 && told.stream().anyMatch(one -> one.answer() == Answer.INVALID)) {
            page.line("");
            page.line("more with --anomalies 10, for programs with --json");
        }
    }

    private static String head(History history) {
        Source source = history.source();
        List<String> parts = new ArrayList<>();
        parts.add(SafeText.visible(source.name()));
        parts.add(format(source.format()));
        parts.add(Numbers.counted(history.size(), "operation"));
        parts.add(Numbers.counted(history.sessionCount(), "session"));
        parts.add(Numbers.counted(history.keyCount(), "key"));
        if (history.nodeCount() > 0) {
            parts.add(Numbers.counted(history.nodeCount(), "node"));
        }
        lasted(history).ifPresent(nanos -> parts.add(Numbers.seconds(nanos)));
        return String.join(" · ", parts);
    }

    private static String format(String format) {
        return switch (format) {
            case "jsonl" -> "JSON Lines";
            case "binary" -> "Umpire's binary format";
            case "edn" -> "Jepsen EDN";
            case "jepsen-log" -> "Jepsen's printed log";
            case "etcd" -> "operations of etcd's robustness tests";
            case "dbcop", "dbcop-json" -> "dbcop";
            case "plume" -> "Plume";
            case "awdit" -> "AWDIT";
            default -> SafeText.visible(format);
        };
    }

    private static Optional<Long> lasted(History history) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int operation = 0; operation < history.size(); operation++) {
            long invoked = history.invokedNanos(operation);
            long ended = history.endedNanos(operation);
            if (invoked != History.ABSENT) {
                first = Math.min(first, invoked);
                last = Math.max(last, Math.max(invoked, ended));
            }
        }
        return last > first && first != Long.MAX_VALUE ? Optional.of(last - first) : Optional.empty();
    }

    private static void warnings(Source source, VerdictPage page) {
        String label = "warnings";
        if (!source.complete()) {
            page.label(
                    label,
                    "the recording has no trailer: it was interrupted; "
                            + (source.droppedBytes() == 0
                                    ? "no line of it is torn"
                                    : Numbers.counted(source.droppedBytes(), "byte")
                                            + " of a torn last line were dropped"));
            label = "";
        }
        for (String warning : source.warnings()) {
            page.label(label.isEmpty() ? "          " : label, SafeText.visible(warning));
            label = "";
        }
    }
}
