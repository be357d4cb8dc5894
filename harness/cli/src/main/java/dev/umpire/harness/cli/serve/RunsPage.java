package dev.umpire.harness.cli.serve;

import dev.umpire.harness.report.Markup;
import dev.umpire.harness.report.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All runs in a table that is searched, filtered and sorted by its address alone, so that it needs no script. */
final class RunsPage {
    private static final int MOST_ROWS = 200;
    private static final String SEARCH = "q";
    private static final String TARGET = "target";
    private static final String VERDICT = "verdict";
    private static final String SORT = "sort";
    private static final String FROM = "from";
    private static final String DOWN = "-";
    private static final String NEWEST_FIRST = DOWN + "time";

    /** What can be sorted by, in the order of the columns; ties fall to the newer run. */
    private static final Map<String, Comparator<ServedRun>> ORDERS = orders();

    private final List<ServedRun> runs;
    private final Request request;
    private final Markup page;

    private RunsPage(List<ServedRun> runs, String store, Request request) {
        this.runs = runs;
        this.request = request;
        page = Frame.begin("Runs in " + store);
    }

    private static Map<String, Comparator<ServedRun>> orders() {
        Map<String, Comparator<ServedRun>> orders = new LinkedHashMap<>();
        orders.put("time", ServedRun.BY_TIME);
        orders.put(TARGET, Comparator.comparing(ServedRun::target));
        orders.put(VERDICT, Comparator.comparing(ServedRun::state));
        orders.put("operations", Comparator.comparing(ServedRun::operations));
        return Collections.unmodifiableMap(orders);
    }

    static Reply of(List<ServedRun> runs, String store, Request request) {
        return new RunsPage(runs, store, request).page();
    }

    private Reply page() {
        filter();
        List<ServedRun> passed = runs.stream()
                .filter(run -> run.matches(request.first(SEARCH)))
                .filter(run -> isChosen(TARGET, run.target()))
                .filter(run -> isChosen(VERDICT, run.state().words()))
                .sorted(order())
                .toList();
        int from = from();
        List<ServedRun> shown = passed.stream().skip(from).limit(MOST_ROWS).toList();
        page.element("p", count(from, shown.size(), passed.size()), "role", "status");
        if (!shown.isEmpty()) {
            table(shown);
        }
        turn("the runs before these", from - MOST_ROWS, from > 0);
        turn("the runs after these", from + MOST_ROWS, from + MOST_ROWS < passed.size());
        return Frame.end(200, page);
    }

    private boolean isChosen(String filter, String value) {
        return request.first(filter).isEmpty() || request.first(filter).equals(value);
    }

    private String count(int from, int shown, int passed) {
        if (runs.isEmpty()) {
            return "No run is kept here yet.";
        }
        String some = shown == passed
                ? ""
                : Numbers.grouped(from + 1L) + " to " + Numbers.grouped(from + (long) shown) + " of ";
        return shown == 0 ? "No run passes the filters." : some + Numbers.counted(passed, "run");
    }

    private int from() {
        String from = request.first(FROM);
        return from.matches("[0-9]{1,6}") ? Integer.parseInt(from) : 0;
    }

    private String sort() {
        String sort = request.first(SORT);
        return ORDERS.containsKey(sort.replaceFirst("^" + DOWN, "")) ? sort : NEWEST_FIRST;
    }

    private Comparator<ServedRun> order() {
        String sort = sort();
        Comparator<ServedRun> order = Objects.requireNonNull(ORDERS.get(sort.replaceFirst("^" + DOWN, "")), sort);
        return (sort.startsWith(DOWN) ? order.reversed() : order).thenComparing(ServedRun.BY_TIME.reversed());
    }

    private void filter() {
        page.open("form", "class", "filter", "role", "search", "aria-label", "Runs", "action", "/");
        page.raw("<label>search")
                .open("input", "type", "search", "name", SEARCH, "size", "24", "value", request.first(SEARCH))
                .raw("</label>");
        choice(TARGET, runs.stream().map(ServedRun::target));
        choice(VERDICT, runs.stream().map(run -> run.state().words()));
        page.open("input", "type", "hidden", "name", SORT, "value", sort());
        page.element("button", "show").raw("<a href=\"/\">show all</a>").close("form");
    }

    private void choice(String name, Stream<String> values) {
        page.open("label").text(name).open("select", "name", name);
        page.element("option", "all", "value", "");
        values.filter(value -> !value.isEmpty()).distinct().sorted().forEach(value -> {
            if (value.equals(request.first(name))) {
                page.element("option", value, "value", value, "selected", "");
            } else {
                page.element("option", value, "value", value);
            }
        });
        page.raw("</select></label>");
    }

    private void table(List<ServedRun> shown) {
        page.open("form", "action", "/" + Pages.COMPARE).open("table").raw("<thead><tr>");
        page.element("th", "A, B", "scope", "col");
        ORDERS.keySet().forEach(this::head);
        for (String plain : List.of("workload", "nemesis", "seed", "broken")) {
            page.element("th", plain, "scope", "col");
        }
        page.raw("</tr></thead>\n<tbody>\n");
        shown.forEach(this::row);
        page.raw("</tbody>\n").close("table");
        page.element("button", "compare the two that are chosen").close("form");
    }

    private void head(String column) {
        String sort = sort();
        boolean up = sort.equals(column);
        boolean down = sort.equals(DOWN + column);
        page.open("th", "scope", "col", "aria-sort", up ? "ascending" : down ? "descending" : "none");
        String arrow = up ? " ↑" : down ? " ↓" : "";
        page.element("a", column + arrow, "href", address(down ? column : DOWN + column, 0))
                .raw("</th>");
    }

    private void row(ServedRun run) {
        page.raw("<tr><td>")
                .open(
                        "input",
                        "type",
                        "checkbox",
                        "name",
                        Pages.RUN,
                        "value",
                        run.name(),
                        "aria-label",
                        "compare " + run.name())
                .raw("</td><th scope=\"row\">")
                .element("a", run.time(), "href", Request.address(Pages.RUN, run.name()))
                .raw("</th>");
        page.element("td", run.target());
        page.element("td", run.state().words(), "class", run.state().style());
        page.element("td", run.operations() < 0 ? "" : Numbers.grouped(run.operations()));
        page.element("td", run.plan().map(plan -> plan.workload().name()).orElse(""));
        page.element(
                "td",
                run.plan()
                        .map(plan -> String.join(", ", plan.nemesis().names()))
                        .orElse(""));
        page.element("td", run.plan().map(plan -> Long.toString(plan.seed())).orElse(""));
        page.element("td", run.trouble().orElse(String.join(", ", run.broken())))
                .close("tr");
    }

    private void turn(String label, int from, boolean there) {
        if (there) {
            page.open("p").element("a", label, "href", address(sort(), from)).close("p");
        }
    }

    private String address(String sort, int from) {
        List<String> pairs = new ArrayList<>();
        for (String name : List.of(SEARCH, TARGET, VERDICT)) {
            if (!request.first(name).isEmpty()) {
                pairs.add(name + "=" + Request.encoded(request.first(name)));
            }
        }
        pairs.add(SORT + "=" + Request.encoded(sort));
        if (from > 0) {
            pairs.add(FROM + "=" + from);
        }
        return pairs.stream().collect(Collectors.joining("&", "/?", ""));
    }
}
