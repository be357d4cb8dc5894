package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Small histories of reads that return several values at once, and what was known of what in them, by definition. */
public final class SiblingDeeds {

    /** The completion of what never completes. */
    public static final int NEVER = Integer.MAX_VALUE;

    private SiblingDeeds() {}

    /** One operation; {@code value} is what it wrote to its key, negative if it read, {@code shown} what it read then. */
    public record Deed(
            int session,
            int key,
            int value,
            List<Integer> shown,
            int invoked,
            int completed,
            boolean failed,
            boolean isFinal) {
        public boolean writes() {
            return value >= 0;
        }

        public boolean ok() {
            return !failed && completed != NEVER;
        }

        /** Whether it is a read all of whose values were written by somebody who began before it ended, and did not fail. */
        public boolean isGoodRead(List<Deed> deeds) {
            return !writes()
                    && ok()
                    && shown.stream()
                            .allMatch(one -> deeds.stream()
                                    .anyMatch(
                                            d -> d.key == key && d.value == one && !d.failed && d.invoked < completed));
        }
    }

    /** By two operations, whether the first lies in the past of the second: the transitive closure of session order and reads-from. */
    public static boolean[][] before(List<Deed> deeds) {
        int n = deeds.size();
        boolean[][] before = new boolean[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                Deed from = deeds.get(a);
                Deed to = deeds.get(b);
                before[a][b] = !from.failed
                        && !to.failed
                        && ((from.session == to.session && from.completed < to.invoked)
                                || (from.writes()
                                        && to.ok()
                                        && from.key == to.key
                                        && to.shown.contains(from.value)
                                        && from.invoked < to.completed));
            }
        }
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    before[a][b] |= before[a][k] && before[k][b];
                }
            }
        }
        return before;
    }

    public static History history(List<Deed> deeds) throws MalformedHistoryException {
        return History.parse(json(deeds));
    }

    /** As JSON Lines. */
    public static String json(List<Deed> deeds) {
        StringBuilder events = new StringBuilder();
        for (int at = 0; at < 3 * deeds.size(); at++) {
            for (int i = 0; i < deeds.size(); i++) {
                Deed deed = deeds.get(i);
                String head = "{\"process\":" + i + ",\"session\":" + deed.session + ",\"key\":\""
                        + (deed.key == 0 ? "x" : "y") + "\",\"f\":\"" + (deed.writes() ? "write" : "read") + "\""
                        + (deed.isFinal ? ",\"phase\":\"final\"" : "") + ",\"type\":\"";
                String argument = deed.writes() ? String.valueOf(deed.value) : "null";
                if (deed.invoked == at) {
                    events.append(head)
                            .append("invoke\",\"value\":")
                            .append(argument)
                            .append("}\n");
                }
                if (deed.completed == at) {
                    String shown = deed.shown.stream().map(String::valueOf).collect(Collectors.joining(","));
                    events.append(head)
                            .append(deed.failed ? "fail" : "ok")
                            .append("\",\"value\":")
                            .append(
                                    deed.writes() || deed.shown.isEmpty()
                                            ? argument
                                            : deed.shown.get(0).toString())
                            .append(deed.writes() || deed.failed ? "" : ",\"siblings\":[" + shown + "]")
                            .append("}\n");
                }
            }
        }
        return events.toString();
    }

    /** The same, of which a read also returned what nobody wrote, or what was written later. */
    public static List<Deed> withAFault(List<Deed> deeds, Random random) {
        List<Deed> faulty = new ArrayList<>(deeds);
        int at = random.nextInt(deeds.size());
        Deed read = deeds.get(at);
        List<Integer> shown = new ArrayList<>(read.shown);
        int value = random.nextInt(deeds.size() + 1);
        if (!read.writes() && !shown.contains(value)) {
            shown.add(value);
            faulty.set(
                    at,
                    new Deed(
                            read.session,
                            read.key,
                            read.value,
                            shown,
                            read.invoked,
                            read.completed,
                            read.failed,
                            read.isFinal));
        }
        return faulty;
    }

    /** Some at random, in three sessions, on one key or two. */
    public static List<Deed> draw(Random random) {
        int n = 3 + random.nextInt(7);
        Intervals intervals = Intervals.draw(random, n, 3);
        int keys = 1 + random.nextInt(2);
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean write = i < n - 1 && random.nextInt(2) == 0;
            int key = random.nextInt(keys);
            List<Integer> shown = new ArrayList<>();
            for (Deed deed : deeds) {
                if (!write && deed.writes() && deed.key == key && random.nextInt(3) > 0) {
                    shown.add(0, deed.value);
                }
            }
            int fate = random.nextInt(9);
            deeds.add(new Deed(
                    intervals.lane(i),
                    key,
                    write ? i : -1,
                    shown,
                    intervals.invoked(i),
                    fate == 0 && write ? NEVER : intervals.completed(i),
                    fate == 1 && write,
                    !write && (i == n - 1 || random.nextInt(4) == 0)));
        }
        return deeds;
    }
}
