package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An anomaly as a picture: one lane a session, time to the right, faults shaded across, the witness in a strong colour and
 * with its numbers in the order in which it is told.
 *
 * <p>Time is that of the recording if every operation of the picture has one and it never runs backwards there, else the
 * order of events.
 */
final class Timeline {
    private static final double WIDTH = 960;
    private static final double LEFT = 110;
    private static final double RIGHT = 20;
    private static final double TOP = 30;
    private static final double LANE = 46;
    private static final double BAR = 14;
    private static final double NARROWEST = 5;
    private static final int TICKS = 6;

    private final History history;
    private final Anomaly anomaly;
    private final List<Integer> operations;
    private final List<Fault> faults;
    private final Words words;
    private final boolean byTime;
    private final Map<Integer, Integer> lanes = new LinkedHashMap<>();
    private final double least;
    private final double most;

    Timeline(History history, Anomaly anomaly, List<Integer> operations, List<Fault> faults, Words words) {
        this.history = history;
        this.anomaly = anomaly;
        this.operations = operations;
        this.faults = faults;
        this.words = words;
        byTime = timesRun();
        double first = Double.MAX_VALUE;
        double last = -Double.MAX_VALUE;
        for (int operation : anomaly.operations()) {
            lanes.putIfAbsent(history.session(operation), lanes.size());
        }
        for (int operation : operations) {
            lanes.putIfAbsent(history.session(operation), lanes.size());
            first = Math.min(first, from(operation));
            last = Math.max(last, to(operation));
        }
        least = first;
        most = last > first ? last : first + 1;
    }

    /** The picture as an SVG element. */
    String svg() {
        Markup svg = new Markup();
        double height = TOP + lanes.size() * LANE + 34;
        svg.open(
                "svg",
                "viewBox",
                "0 0 " + Markup.length(WIDTH) + " " + Markup.length(height),
                "role",
                "img",
                "aria-label",
                "Operations around the anomaly, one lane a session: " + anomaly.sentence());
        shade(svg, height);
        lanes.forEach((session, lane) -> {
            double y = TOP + lane * LANE + LANE / 2;
            svg.raw("<line class=\"lane\"" + line(LEFT, y, WIDTH - RIGHT, y) + "/>");
            svg.element(
                    "text",
                    "session " + SafeText.clipped(history.sessionName(session).toString()),
                    "class",
                    "label",
                    "x",
                    "4",
                    "y",
                    Markup.length(y + 4));
        });
        for (int operation : operations) {
            if (!anomaly.operations().contains(operation)) {
                bar(svg, operation, "");
            }
        }
        for (int i = 0; i < anomaly.operations().size(); i++) {
            bar(svg, anomaly.operations().get(i), Integer.toString(i + 1));
        }
        axis(svg, height - 22);
        return svg.close("svg").toString();
    }

    private void bar(Markup svg, int operation, String number) {
        Integer lane = lanes.get(history.session(operation));
        if (lane == null) {
            return;
        }
        double left = x(from(operation));
        double width = Math.max(NARROWEST, x(to(operation)) - left);
        double y = TOP + lane * LANE + (LANE - BAR) / 2;
        boolean witness = !number.isEmpty();
        svg.open("a", "href", "#op-" + history.index(operation));
        svg.element("title", line(operation));
        svg.open(
                "rect",
                "class",
                (witness ? "witness" : "other")
                        + (history.outcome(operation) == Outcome.OK ? "" : " open")
                        + (history.writeCount(operation) > 0 ? " write" : ""),
                "x",
                Markup.length(left),
                "y",
                Markup.length(y),
                "width",
                Markup.length(width),
                "height",
                Markup.length(BAR),
                "rx",
                "2");
        svg.close("rect");
        if (witness) {
            svg.element(
                    "text",
                    number + " " + words.deed(operation),
                    "class",
                    "witness-label",
                    "text-anchor",
                    left > WIDTH * 0.7 ? "end" : "start",
                    "x",
                    Markup.length(left > WIDTH * 0.7 ? left + width : left),
                    "y",
                    Markup.length(y - 3));
            svg.element(
                    "text",
                    words.ending(operation),
                    "class",
                    "witness-label",
                    "text-anchor",
                    left > WIDTH * 0.7 ? "end" : "start",
                    "x",
                    Markup.length(left > WIDTH * 0.7 ? left + width : left),
                    "y",
                    Markup.length(y + BAR + 11));
        }
        svg.close("a");
    }

    private String line(int operation) {
        return words.session(operation) + " " + words.deed(operation) + ", " + words.span(operation) + ", "
                + words.ending(operation);
    }

    private void shade(Markup svg, double height) {
        for (Fault fault : faults) {
            if (fault.confirmedAt().isEmpty()) {
                continue;
            }
            double from = byTime
                    ? fault.confirmedNanos().orElse(0)
                    : fault.confirmedAt().get();
            double to = byTime ? healedNanos(fault) : fault.healedAt().orElse(History.NEVER);
            if (from <= most && to >= least) {
                double left = x(Math.max(from, least));
                double right = x(Math.min(to, most));
                svg.open("g").element("title", fault.kind() + " " + fault.strikes());
                svg.open(
                        "rect",
                        "class",
                        "fault",
                        "x",
                        Markup.length(left),
                        "y",
                        Markup.length(TOP - 12),
                        "width",
                        Markup.length(Math.max(1, right - left)),
                        "height",
                        Markup.length(height - TOP - 20));
                svg.close("rect");
                svg.element(
                        "text",
                        fault.kind() + " " + SafeText.clipped(fault.strikes()),
                        "class",
                        "fault-label",
                        "x",
                        Markup.length(left + 3),
                        "y",
                        Markup.length(TOP - 15));
                svg.close("g");
            }
        }
    }

    private static double healedNanos(Fault fault) {
        return fault.healedNanos().isPresent() ? fault.healedNanos().getAsLong() : Double.MAX_VALUE;
    }

    private void axis(Markup svg, double y) {
        svg.raw("<line class=\"axis\"" + line(LEFT, y, WIDTH - RIGHT, y) + "/>");
        for (int tick = 0; tick < TICKS; tick++) {
            double at = least + (most - least) * tick / (TICKS - 1);
            double x = x(at);
            svg.raw("<line class=\"axis\"" + line(x, y, x, y + 4) + "/>");
            String text = byTime
                    ? Numbers.millis((long) at - words.originNanos(), (long) (most - least) / TICKS)
                    : "event " + Math.round(at);
            svg.element(
                    "text",
                    text,
                    "class",
                    "tick",
                    "text-anchor",
                    tick == 0 ? "start" : tick == TICKS - 1 ? "end" : "middle",
                    "x",
                    Markup.length(x),
                    "y",
                    Markup.length(y + 16));
        }
    }

    private boolean timesRun() {
        List<Long> times = new ArrayList<>();
        for (int operation : operations) {
            long invoked = history.invokedNanos(operation);
            long ended = history.endedNanos(operation);
            if (invoked == History.ABSENT || (ended != History.ABSENT && ended < invoked)) {
                return false;
            }
            if (!times.isEmpty() && invoked < times.get(times.size() - 1)) {
                return false;
            }
            times.add(invoked);
        }
        return !times.isEmpty();
    }

    private double from(int operation) {
        return byTime ? history.invokedNanos(operation) : history.invoked(operation);
    }

    private double to(int operation) {
        if (byTime) {
            long ended = history.endedNanos(operation);
            return ended == History.ABSENT ? history.invokedNanos(operation) : ended;
        }
        return Surrounding.end(history, operation);
    }

    private double x(double at) {
        return LEFT + (at - least) / (most - least) * (WIDTH - LEFT - RIGHT);
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return " x1=\"" + Markup.length(x1) + "\" y1=\"" + Markup.length(y1) + "\" x2=\"" + Markup.length(x2)
                + "\" y2=\"" + Markup.length(y2) + "\"";
    }
}
