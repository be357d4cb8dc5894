package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Words;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code report.html}: a run on one page that needs no network. From top to bottom: the verdicts, what was asked, what was
 * seen, each anomaly in words and as a space-time diagram with what the nodes wrote in its time, how stale reads were, the run
 * over time, its keys, the operations, each with the anchor {@code #op-57} (57 is the number that the recording gave its
 * invocation), and the ends of the nodes' logs.
 *
 * <p>Without a script the page is complete but for what is drawn over time, and of a history of more than
 * {@value #MOST_OPERATIONS} operations it lists those around the anomalies alone. With it, all of up to 120,000 operations
 * can be filtered, and a sample of more; the page says which.
 */
public final class HtmlReport {
    static final int MOST_OPERATIONS = 2_000;
    private static final int LONGEST_LOG_LINE = 400;

    private final Run run;
    private final History history;
    private final Words words;
    private final List<Fault> faults;
    private final Cells cells;
    private final TimeAxis axis;
    private final RunLogs logs;
    private final List<String> commands;
    private final SortedSet<Integer> embedded = new TreeSet<>();
    private final Markup page;

    private HtmlReport(Run run, RunLogs logs, List<String> commands, String script) {
        this.run = run;
        this.logs = logs;
        this.commands = commands;
        history = run.history();
        words = Words.of(history);
        faults = Fault.of(history);
        cells = new Cells(history);
        axis = new TimeAxis(history, words);
        page = PageFrame.begin(
                Phrases.answer(run.answer()) + " · " + run.plan().target() + " · seed "
                        + run.plan().seed(),
                script);
    }

    /** The page of a run without logs and commands. The same run gives the same page. */
    public static String of(Run run) {
        return of(run, RunLogs.NONE, List.of());
    }

    /** The value of Content-Security-Policy under which a page of this version works, and no script but its own. */
    public static String policy() {
        return PageFrame.policy(PageFrame.script());
    }

    /**
     * The page. The same run with the same logs and commands gives the same page.
     *
     * @param commands lines for a shell that make the run again, or something of it
     */
    static String of(Run run, RunLogs logs, List<String> commands) {
        String script = PageFrame.script();
        return new HtmlReport(run, logs, commands, script).page(script);
    }

    private String page(String script) {
        new SummarySections(run, commands, page).write();
        anomalies();
        Measurements measured = new Measurements(
                history,
                axis,
                CheckOptions.DEFAULT.with(WriteOrder.named(run.plan().writeOrder())),
                run.positionUnit().isPresent());
        distributions(measured);
        page.raw("<div id=\"over-time\"></div>\n<div id=\"keys\"></div>\n");
        operations();
        logs();
        return PageFrame.end(page, new PageData(history, axis, embedded, lagUnit()).json(faults, measured), script);
    }

    private void anomalies() {
        for (Judged judged : run.judged()) {
            Verdict verdict = judged.verdict();
            if (verdict.answer() != Answer.INVALID) {
                continue;
            }
            page.element("h2", verdict.guarantee() + ": " + Phrases.anomalies(verdict));
            int told = verdict.anomalies().size();
            if (told < verdict.anomalyCount()) {
                page.element("p", "The first " + told + " of them, the shortest first.");
            }
            verdict.anomalies().forEach(this::anomaly);
        }
    }

    private void anomaly(Anomaly anomaly) {
        page.open("section", "class", "anomaly").element("h3", anomaly.kind());
        page.element("p", anomaly.sentence(), "class", "sentence");
        page.open("table").raw("<tbody>\n");
        for (int i = 0; i < anomaly.operations().size(); i++) {
            int operation = anomaly.operations().get(i);
            page.raw("<tr>").element("td", Integer.toString(i + 1)).raw("<td>");
            link(operation);
            page.raw("</td>");
            Stream.of(words.session(operation), words.deed(operation), words.span(operation), words.ending(operation))
                    .forEach(cell -> page.element("td", cell));
            page.close("tr");
        }
        page.raw("</tbody>\n").close("table");
        Surrounding around = Surrounding.of(history, anomaly);
        embedded.addAll(around.operations());
        page.raw("<figure>").raw(new SpaceTime(history, anomaly, around.operations(), words).svg(faults));
        page.element(
                "figcaption",
                "Each bar is an operation from its invocation to its end; dashed: failed or unknown; filled: a write. A thin"
                        + " line leads to its node and back, drawn in its middle as nobody knows when it was there; a dotted"
                        + " one follows a value from the node that was given it to the node that returned it. "
                        + (around.leftOut() == 0
                                ? ""
                                : Numbers.counted(around.leftOut(), "other operation")
                                        + " of that time, on other keys and sessions or further away, left out."));
        page.raw("</figure>\n");
        logsDuring(anomaly);
        page.close("section");
    }

    private void logsDuring(Anomaly anomaly) {
        Optional<LogWindow> time = LogWindow.of(history, faults, anomaly);
        if (logs.during().isEmpty() || time.isEmpty()) {
            return;
        }
        RunLogs.Excerpt excerpt = logs.during().get(time.get());
        if (excerpt == null) {
            page.element(
                    "p",
                    "What the nodes wrote " + time.get().words() + " is in their logs; it stands here for the first "
                            + Numbers.counted(logs.during().size(), "anomaly") + " alone.");
            return;
        }
        if (excerpt.lines().isEmpty()) {
            return;
        }
        page.open("details", "class", "log", "open", "open")
                .element(
                        "summary",
                        "What the nodes wrote " + time.get().words() + ": "
                                + Numbers.counted(excerpt.lines().size(), "line")
                                + (excerpt.leftOut() == 0
                                        ? ""
                                        : ", the last of each node; " + Numbers.grouped(excerpt.leftOut())
                                                + " before them left out"));
        page.lines(excerpt.lines()).close("details");
    }

    private void link(int operation) {
        page.element("a", "op " + history.index(operation), "href", "#op-" + history.index(operation));
    }

    private void distributions(Measurements measured) {
        distribution(
                "How stale reads were",
                "Time from the first acknowledgement of a newer value to the read's invocation; a lower bound where the order"
                        + " of writes is inferred.",
                Share.of(measured.staleMicros().values(), 1_000),
                "fresh",
                bound -> Numbers.millis(bound * 1_000, Long.MAX_VALUE));
        String unit = run.positionUnit().orElse("");
        distribution(
                "How far replicas were behind the one that was furthest",
                "In " + lagUnit()
                        + " of the store's order, from the furthest place that any client had been told to where the replica"
                        + " stood that answered; a lower bound. " + whoTold(),
                Share.of(measured.behind().values(), 1),
                "level",
                bound -> Numbers.counted(bound, unit));
    }

    /** Upon how much it rests how far replicas were behind, in sentences. */
    private String whoTold() {
        SortedSet<String> functions = new TreeSet<>();
        boolean placed = false;
        int told = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            placed |= history.position(operation) != History.ABSENT;
            if (history.asOf(operation) != History.ABSENT) {
                told++;
                functions.add(history.functionName(history.function(operation)));
            }
        }
        long acknowledged = IntStream.range(0, history.size())
                .filter(operation -> history.outcome(operation) == Outcome.OK
                        && functions.contains(history.functionName(history.function(operation))))
                .count();
        return "It is told by " + Numbers.grouped(told) + " of "
                + Numbers.counted(acknowledged, "acknowledged operation") + " (" + String.join(", ", functions) + ")"
                + (placed ? "." : ", and no other tells a place: replicas are measured against each other alone.");
    }

    /** In what it is told how far a replica is behind: {@code entries}. */
    private String lagUnit() {
        return run.positionUnit().map(Numbers::plural).orElse("");
    }

    private void distribution(
            String title, String meaning, List<Share> shares, String zero, LongFunction<String> bound) {
        if (shares.isEmpty()) {
            return;
        }
        page.element("h2", title).element("p", meaning).open("table").head("", "operations", "share", "");
        page.raw("<tbody>\n");
        for (Share share : shares) {
            String name = share.upTo() == 0 ? zero : "up to " + bound.apply(share.upTo());
            page.raw("<tr>").element("th", name, "scope", "row").element("td", Numbers.grouped(share.count()));
            page.element("td", Numbers.percent(share.share())).raw("<td>");
            page.element("span", "", "class", "share", "style", "width:" + Markup.length(12 * share.share()) + "rem");
            page.raw("</td>").close("tr");
        }
        page.raw("</tbody>\n").close("table");
    }

    private void operations() {
        page.open("section", "id", "operations").element("h2", "Operations");
        if (history.size() <= MOST_OPERATIONS) {
            for (int operation = 0; operation < history.size(); operation++) {
                embedded.add(operation);
            }
        } else {
            page.element(
                    "p",
                    embedded.size() + " of " + Numbers.counted(history.size(), "operation")
                            + " stand here, those around the anomalies; all of them are in history.jsonl.",
                    "class",
                    "without-script");
        }
        page.open("table").head("operation", "session", "node", "what", "key", "value", "when", "end");
        page.raw("<tbody>\n");
        for (int operation : embedded) {
            page.open("tr", "id", "op-" + history.index(operation));
            page.element("td", "op " + history.index(operation));
            Stream.of(
                            cells.session(operation),
                            cells.node(operation),
                            cells.function(operation),
                            cells.key(operation),
                            cells.value(operation),
                            words.span(operation),
                            cells.outcome(operation))
                    .forEach(cell -> page.element("td", cell));
            page.close("tr");
        }
        page.raw("</tbody>\n").close("table").close("section");
    }

    private void logs() {
        List<NodeLog> written =
                logs.ends().stream().filter(log -> !log.isEmpty()).toList();
        if (written.isEmpty()) {
            return;
        }
        page.element("h2", "What the nodes wrote");
        for (NodeLog log : written) {
            page.raw("<details>")
                    .element("summary", log.node() + ".log, " + lines(log))
                    .lines(log.lines().stream()
                            .map(line -> SafeText.clipped(line, LONGEST_LOG_LINE))
                            .toList())
                    .close("details");
        }
    }

    private static String lines(NodeLog log) {
        String lines = Numbers.counted(log.lines().size(), "line");
        return log.leftOutBytes() == 0
                ? lines
                : "its last " + lines + "; " + Numbers.counted(log.leftOutBytes(), "byte") + " before them left out";
    }
}
