package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An anomaly as a space-time diagram: a lane for each session and below them one for each node, time to the right, faults
 * shaded, the witness in a strong colour and with its numbers in the order in which it is told.
 *
 * <p>What clients cannot see is drawn where it can have been: a request reaches its node and leaves it in the middle of the
 * operation, and a dotted line leads from the node that was given a value to the node that returned it.
 *
 * <p>Time is that of the recording if every operation of the picture has one and it never runs backwards there, else the
 * order of events.
 */
final class SpaceTime {
    private static final double WIDTH = 960;
    private static final double LEFT = 130;
    private static final double RIGHT = 20;
    private static final double TOP = 30;
    private static final double SESSION_LANE = 46;
    private static final double NODE_LANE = 30;
    private static final double BAR = 14;
    private static final double NARROWEST = 5;
    private static final double FOOT = 34;
    private static final int TICKS = 6;
    private static final int LONGEST_LABEL = 16;

    private final History history;
    private final Anomaly anomaly;
    private final List<Integer> operations;
    private final Words words;
    private final boolean byTime;
    private final Map<Integer, Integer> sessions = new LinkedHashMap<>();
    private final Map<Integer, Integer> nodes = new LinkedHashMap<>();
    private final double least;
    private final double most;
    private final Markup svg = new Markup();

    SpaceTime(History history, Anomaly anomaly, List<Integer> operations, Words words) {
        this.history = history;
        this.anomaly = anomaly;
        this.operations = operations;
        this.words = words;
        byTime = timesRun();
        double first = Double.MAX_VALUE;
        double last = -Double.MAX_VALUE;
        for (int operation : anomaly.operations()) {
            sessions.putIfAbsent(history.session(operation), sessions.size());
        }
        for (int operation : operations) {
            sessions.putIfAbsent(history.session(operation), sessions.size());
            first = Math.min(first, from(operation));
            last = Math.max(last, to(operation));
        }
        operations.stream()
                .map(history::node)
                .filter(node -> node != History.NONE)
                .sorted()
                .forEach(node -> nodes.putIfAbsent(node, nodes.size()));
        least = first;
        most = last > first ? last : first + 1;
    }

    /** The picture as an SVG element, with the faults that were in force in its time. */
    String svg(List<Fault> faults) {
        double lanesEnd = TOP + sessions.size() * SESSION_LANE + nodes.size() * NODE_LANE;
        double height = lanesEnd + FOOT;
        svg.open(
                "svg",
                "class",
                "space-time",
                "viewBox",
                "0 0 " + Markup.length(WIDTH) + " " + Markup.length(height),
                "role",
                "group",
                "aria-label",
                "Operations around the anomaly, a lane for each session and node: " + anomaly.sentence(),
                "data-left",
                Markup.length(LEFT),
                "data-right",
                Markup.length(WIDTH - RIGHT),
                "data-from",
                told(least),
                "data-to",
                told(most),
                "data-timed",
                Boolean.toString(byTime));
        sessions.keySet().forEach(session -> line("lane", LEFT, sessionY(session), WIDTH - RIGHT, sessionY(session)));
        nodes.keySet().forEach(node -> line("lane", LEFT, nodeY(node), WIDTH - RIGHT, nodeY(node)));
        svg.raw("<g class=\"moving\">\n");
        faults.stream().filter(this::isSeen).forEach(fault -> shade(fault, lanesEnd));
        operations.forEach(this::messages);
        carried();
        for (int operation : operations) {
            if (!anomaly.operations().contains(operation)) {
                bar(operation, "");
            }
        }
        for (int i = 0; i < anomaly.operations().size(); i++) {
            bar(anomaly.operations().get(i), Integer.toString(i + 1));
        }
        svg.close("g");
        labels(height);
        axis(height - 22);
        return svg.close("svg").toString();
    }

    /** What a script needs of a moment, to name it: microseconds as elsewhere on the page, or a position. */
    private String told(double moment) {
        return Long.toString(byTime ? Math.floorDiv((long) moment - words.originNanos(), 1_000) : Math.round(moment));
    }

    private void labels(double height) {
        cover(0, LEFT, height);
        cover(WIDTH - RIGHT, RIGHT, height);
        sessions.keySet()
                .forEach(session ->
                        label("session " + clipped(history.sessionName(session).toString()), sessionY(session)));
        nodes.keySet().forEach(node -> label("node " + clipped(history.nodeName(node)), nodeY(node)));
    }

    private static String clipped(String name) {
        return SafeText.clipped(name, LONGEST_LABEL);
    }

    /** What is moved out of the picture disappears below its margins. */
    private void cover(double x, double width, double height) {
        svg.raw("<rect class=\"cover\" x=\"" + Markup.length(x) + "\" y=\"0\" width=\"" + Markup.length(width)
                + "\" height=\"" + Markup.length(height) + "\"/>");
    }

    private void label(String label, double y) {
        text(label, "label", "start", 4, y + 4);
    }

    private double sessionY(int session) {
        return TOP + sessions.getOrDefault(session, 0) * SESSION_LANE + SESSION_LANE / 2;
    }

    private double nodeY(int node) {
        return TOP + sessions.size() * SESSION_LANE + nodes.getOrDefault(node, 0) * NODE_LANE + NODE_LANE / 2;
    }

    private void messages(int operation) {
        if (history.node(operation) != History.NONE) {
            double session = sessionY(history.session(operation));
            svg.raw("<polyline class=\"message" + (isWitness(operation) ? " witness" : "") + "\" points=\""
                    + point(x(from(operation)), session) + " "
                    + point(x(middle(operation)), nodeY(history.node(operation))) + " "
                    + point(x(to(operation)), session) + "\"/>");
        }
    }

    private static String point(double x, double y) {
        return Markup.length(x) + "," + Markup.length(y);
    }

    /** Values that were given to one node and returned by another. */
    private void carried() {
        Map<Long, Integer> writers = new LinkedHashMap<>();
        for (int operation : operations) {
            for (int i = 0; i < history.writeCount(operation); i++) {
                writers.put(valueOf(history.writeKey(operation, i), history.writeValue(operation, i)), operation);
            }
        }
        for (int reader : operations) {
            for (int i = 0; i < history.readCount(reader); i++) {
                Integer writer = writers.get(valueOf(history.readKey(reader, i), history.readValue(reader, i)));
                if (writer != null && areOfTwoNodes(writer, reader)) {
                    line(
                            isWitness(reader) ? "carried witness" : "carried",
                            x(middle(writer)),
                            nodeY(history.node(writer)),
                            x(middle(reader)),
                            nodeY(history.node(reader)));
                }
            }
        }
    }

    private static long valueOf(int key, int value) {
        return ((long) key << 32) | value;
    }

    private boolean areOfTwoNodes(int writer, int reader) {
        int from = history.node(writer);
        int to = history.node(reader);
        return from != to && from != History.NONE && to != History.NONE;
    }

    private boolean isWitness(int operation) {
        return anomaly.operations().contains(operation);
    }

    private void bar(int operation, String number) {
        double left = x(from(operation));
        double width = Math.max(NARROWEST, x(to(operation)) - left);
        double y = sessionY(history.session(operation)) - BAR / 2;
        svg.open("a", "href", "#op-" + history.index(operation));
        svg.element("title", sentence(operation));
        rect(
                (number.isEmpty() ? "other" : "witness")
                        + (history.outcome(operation) == Outcome.OK ? "" : " open")
                        + (history.writeCount(operation) > 0 ? " write" : ""),
                left,
                y,
                width,
                BAR);
        if (!number.isEmpty()) {
            boolean late = left > WIDTH * 0.7;
            double at = late ? left + width : left;
            text(number + " " + words.deed(operation), "witness-label", late ? "end" : "start", at, y - 3);
            text(words.ending(operation), "witness-label", late ? "end" : "start", at, y + BAR + 11);
        }
        svg.close("a");
    }

    private String sentence(int operation) {
        return words.session(operation) + " " + words.deed(operation) + ", " + words.span(operation) + ", "
                + words.ending(operation);
    }

    private boolean isSeen(Fault fault) {
        return fault.confirmedAt().isPresent() && begin(fault) <= most && healed(fault) >= least;
    }

    private double begin(Fault fault) {
        return byTime ? fault.confirmedNanos().orElse(0) : fault.confirmedAt().orElse(0);
    }

    private double healed(Fault fault) {
        if (!byTime) {
            return fault.healedAt().orElse(History.NEVER);
        }
        return fault.healedNanos().isPresent() ? fault.healedNanos().getAsLong() : Double.MAX_VALUE;
    }

    /** Its time over all lanes, and once more over those of the nodes that it strikes. */
    private void shade(Fault fault, double lanesEnd) {
        double left = x(Math.max(begin(fault), least));
        double width = Math.max(1, x(Math.min(healed(fault), most)) - left);
        svg.open("g").element("title", fault.kind() + " " + fault.strikes());
        rect("fault", left, TOP - 12, width, lanesEnd - TOP + 12);
        Set<String> struck = Arrays.stream(fault.strikes().split(", | to ", -1)).collect(Collectors.toSet());
        nodes.keySet().stream()
                .filter(node -> struck.contains(history.nodeName(node)))
                .forEach(node -> rect("struck", left, nodeY(node) - NODE_LANE / 2, width, NODE_LANE));
        text(fault.kind() + " " + SafeText.clipped(fault.strikes()), "fault-label", "start", left + 3, TOP - 15);
        svg.close("g");
    }

    private void axis(double y) {
        line("axis", LEFT, y, WIDTH - RIGHT, y);
        for (int tick = 0; tick < TICKS; tick++) {
            double at = least + (most - least) * tick / (TICKS - 1);
            line("axis", x(at), y, x(at), y + 4);
            String text = byTime
                    ? Numbers.millis((long) at - words.originNanos(), (long) (most - least) / TICKS)
                    : "event " + Math.round(at);
            text(text, "tick", tick == 0 ? "start" : tick == TICKS - 1 ? "end" : "middle", x(at), y + 16);
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

    private double middle(int operation) {
        return (from(operation) + to(operation)) / 2;
    }

    private double x(double at) {
        return LEFT + (at - least) / (most - least) * (WIDTH - LEFT - RIGHT);
    }

    private void text(String text, String style, String anchor, double x, double y) {
        svg.element("text", text, "class", style, "text-anchor", anchor, "x", Markup.length(x), "y", Markup.length(y));
    }

    private void rect(String style, double x, double y, double width, double height) {
        svg.raw("<rect class=\"" + style + "\" x=\"" + Markup.length(x) + "\" y=\"" + Markup.length(y) + "\" width=\""
                + Markup.length(width) + "\" height=\"" + Markup.length(height) + "\" rx=\"2\"/>");
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        svg.raw("<line class=\"" + style + "\" x1=\"" + Markup.length(x1) + "\" y1=\"" + Markup.length(y1) + "\" x2=\""
                + Markup.length(x2) + "\" y2=\"" + Markup.length(y2) + "\"/>");
    }
}
