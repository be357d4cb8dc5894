package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * All histories of some small transactions on two keys: any steps, a second write and reads after own writes among them; one
 * after another, all at the same time, or beside the first; in one to three sessions; all of them acknowledged, or one of
 * unknown outcome, or failed; with everything that the reads can have returned, lists in every order.
 */
public final class SmallTransactions {
    private static final int NOBODY = -1;

    private final int size;
    private final int steps;
    private final boolean lists;
    private final long stride;
    private final Consumer<DeedHistory> each;
    private final List<String> possible = new ArrayList<>();
    private long frames;
    private long count;

    private SmallTransactions(int size, int steps, boolean lists, int usualStride, Consumer<DeedHistory> each) {
        this.size = size;
        this.steps = steps;
        this.lists = lists;
        this.stride = Share.stride(usualStride);
        this.each = each;
        shapes("");
    }

    /**
     * Tells each history of one in so many frames (who does what and when), whatever its reads returned; returns how many.
     *
     * @param size how many transactions
     * @param steps how many steps each has at most
     */
    public static long forEach(int size, int steps, boolean lists, int usualStride, Consumer<DeedHistory> each) {
        SmallTransactions all = new SmallTransactions(size, steps, lists, usualStride, each);
        all.choose(new ArrayList<>());
        return all.count;
    }

    private void shapes(String begun) {
        if (!begun.isEmpty()) {
            possible.add(begun);
        }
        if (begun.length() < 2 * steps) {
            List.of("W0", "W1", "R0", "R1").forEach(step -> shapes(begun + step));
        }
    }

    private void choose(List<String> done) {
        if (done.size() < size) {
            for (String next : possible) {
                done.add(next);
                choose(done);
                done.remove(done.size() - 1);
            }
            return;
        }
        String all = String.join("", done);
        if (all.contains("W0") && all.contains("R") && all.indexOf('0') < (all.indexOf('1') & Integer.MAX_VALUE)) {
            sessions(done, new int[size], 0);
        }
    }

    private void sessions(List<String> done, int[] sessions, int chosen) {
        if (chosen == size) {
            for (Layout layout : Layout.values()) {
                outcomes(done, sessions, layout);
            }
            return;
        }
        int most = 0;
        for (int i = 0; i < chosen; i++) {
            most = Math.max(most, sessions[i] + 1);
        }
        for (int session = 0; session <= most; session++) {
            sessions[chosen] = session;
            sessions(done, sessions, chosen + 1);
        }
    }

    private enum Layout {
        ONE_AFTER_ANOTHER,
        TOGETHER,
        BESIDE_THE_FIRST
    }

    private void outcomes(List<String> done, int[] sessions, Layout layout) {
        for (int unsure = NOBODY; unsure < size; unsure++) {
            for (Outcome outcome : List.of(Outcome.INFO, Outcome.FAIL)) {
                if ((unsure != NOBODY || outcome == Outcome.INFO) && frames++ % stride == 0) {
                    answer(frame(done, sessions, layout, unsure, outcome), 0, 0);
                }
            }
        }
    }

    private List<Deed> frame(List<String> done, int[] sessions, Layout layout, int unsure, Outcome outcome) {
        List<Deed> deeds = new ArrayList<>();
        int next = 1;
        for (int i = 0; i < size; i++) {
            List<Step> itsSteps = new ArrayList<>();
            for (int at = 0; at < done.get(i).length(); at += 2) {
                boolean read = done.get(i).charAt(at) == 'R';
                Kind kind = read ? Kind.READ : lists ? Kind.APPEND : Kind.WRITE;
                itsSteps.add(new Step(kind, done.get(i).charAt(at + 1) - '0', read ? List.of() : List.of(next++)));
            }
            int invoked = layout == Layout.TOGETHER ? i : 2 * i;
            int completed = switch (layout) {
                case ONE_AFTER_ANOTHER -> 2 * i + 1;
                case TOGETHER -> size + i;
                case BESIDE_THE_FIRST -> i == 0 ? 2 * size : 2 * i + 1;
            };
            Outcome its = i == unsure ? outcome : Outcome.OK;
            int ended = its == Outcome.INFO ? History.NEVER : completed;
            deeds.add(new Deed(sessions[i], invoked, ended, its, itsSteps, History.ABSENT));
        }
        return deeds;
    }

    private void answer(List<Deed> deeds, int deed, int step) {
        if (deed == deeds.size()) {
            count++;
            each.accept(new DeedHistory(deeds, List.of(lists, lists)));
            return;
        }
        Deed its = deeds.get(deed);
        if (step == its.steps().size()) {
            answer(deeds, deed + 1, 0);
            return;
        }
        Step open = its.steps().get(step);
        if (open.kind() != Kind.READ || !its.isOk()) {
            answer(deeds, deed, step + 1);
            return;
        }
        for (List<Integer> value : values(deeds, open.key())) {
            List<Step> answered = new ArrayList<>(its.steps());
            answered.set(step, new Step(Kind.READ, open.key(), value));
            List<Deed> all = new ArrayList<>(deeds);
            all.set(
                    deed,
                    new Deed(its.session(), its.invoked(), its.completed(), its.outcome(), answered, its.version()));
            answer(all, deed, step + 1);
        }
    }

    /** Nothing, one value of a register, or some elements of a list in every order. */
    private List<List<Integer>> values(List<Deed> deeds, int key) {
        List<Integer> written = new ArrayList<>();
        deeds.forEach(deed -> written.addAll(deed.writesOf(key)));
        List<List<Integer>> values = new ArrayList<>(List.of(List.of()));
        if (lists) {
            longer(written, List.of(), values);
        } else {
            written.forEach(value -> values.add(List.of(value)));
        }
        return Collections.unmodifiableList(values);
    }

    private static void longer(List<Integer> written, List<Integer> begun, List<List<Integer>> values) {
        for (int element : written) {
            if (!begun.contains(element)) {
                List<Integer> more = new ArrayList<>(begun);
                more.add(element);
                values.add(List.copyOf(more));
                longer(written, more, values);
            }
        }
    }
}
