package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Transactions as a store recorded them that runs them one after the other, or that lets some of them read what was there a few
 * transactions before (so that two may miss each other's writes), or returns a wrong list now and then.
 */
public final class RandomTransactions {

    /** How right the store is. */
    public enum Store {
        RIGHT,
        /** Some transactions read an old state; their own writes they see. */
        READS_OLD_STATES,
        /** Now and then one read returns less, or more, than there was. */
        WRONG_NOW_AND_THEN
    }

    private final Random random;
    private final boolean lists;
    private final Store store;
    private final int keys;
    private int next = 1;

    private RandomTransactions(long seed, boolean lists, Store store) {
        this.random = new Random(seed);
        this.lists = lists;
        this.store = store;
        this.keys = 2 + random.nextInt(2);
    }

    /**
     * A history, the same for the same arguments.
     *
     * @param most how many transactions there are at most; at least half of them
     */
    public static DeedHistory drawn(long seed, boolean lists, Store store, int most) {
        return new RandomTransactions(seed, lists, store).draw(most);
    }

    /** A transaction that takes effect at a moment; at -1 never. */
    private record Drawn(Deed deed, int effect) {}

    private DeedHistory draw(int most) {
        int size = most / 2 + random.nextInt(most / 2 + 1);
        int sessions = 2 + random.nextInt(3);
        int[] free = new int[sessions];
        List<Drawn> drawn = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int effect = 20 * (i + 1);
            int session = random.nextInt(sessions);
            int invoked = Math.max(free[session], effect - random.nextInt(45)) / 3 * 3;
            if (invoked >= effect) {
                continue;
            }
            int dice = random.nextInt(10);
            Outcome outcome = dice == 0 ? Outcome.FAIL : dice < 3 ? Outcome.INFO : Outcome.OK;
            int completed = (effect + random.nextInt(45)) / 3 * 3 + 3;
            boolean takesEffect = outcome == Outcome.OK || (outcome == Outcome.INFO && random.nextBoolean());
            int late = outcome == Outcome.INFO ? random.nextInt(60) : 0;
            free[session] = completed + 3;
            int ended = outcome == Outcome.INFO ? History.NEVER : completed;
            drawn.add(new Drawn(
                    new Deed(session, invoked, ended, outcome, steps(), History.ABSENT),
                    takesEffect ? effect + late : -1));
        }
        return answered(apart(drawn));
    }

    /** No two events at one moment. */
    private static List<Drawn> apart(List<Drawn> drawn) {
        List<Integer> moments = new ArrayList<>();
        List<Drawn> apart = new ArrayList<>();
        for (Drawn one : drawn) {
            Deed deed = one.deed();
            int invoked = free(moments, 10 * deed.invoked());
            int completed = deed.completed() == History.NEVER ? History.NEVER : free(moments, 10 * deed.completed());
            apart.add(new Drawn(
                    new Deed(deed.session(), invoked, completed, deed.outcome(), deed.steps(), deed.version()),
                    one.effect() < 0 ? one.effect() : 10 * one.effect() + 5));
        }
        return apart;
    }

    private static int free(List<Integer> moments, int from) {
        int moment = from;
        while (moments.contains(moment)) {
            moment++;
        }
        moments.add(moment);
        return moment;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int key = random.nextInt(keys);
            boolean read = random.nextInt(5) < 3;
            steps.add(
                    read
                            ? new Step(Kind.READ, key, List.of())
                            : new Step(lists ? Kind.APPEND : Kind.WRITE, key, List.of(next++)));
        }
        return steps;
    }

    private DeedHistory answered(List<Drawn> drawn) {
        List<Drawn> byEffect = new ArrayList<>(drawn);
        byEffect.removeIf(one -> one.effect() < 0);
        byEffect.sort(Comparator.comparingInt(Drawn::effect));
        List<List<List<Integer>>> states = new ArrayList<>();
        List<List<Integer>> state = new ArrayList<>();
        List<Boolean> kinds = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            state.add(List.of());
            kinds.add(lists);
        }
        states.add(List.copyOf(state));
        Deed[] answers = new Deed[drawn.size()];
        for (Drawn one : byEffect) {
            boolean old = store == Store.READS_OLD_STATES && random.nextInt(3) == 0;
            List<List<Integer>> seen =
                    new ArrayList<>(old ? states.get(Math.max(0, states.size() - 1 - random.nextInt(3))) : state);
            answers[drawn.indexOf(one)] = answered(one.deed(), seen);
            one.deed().steps().forEach(step -> take(step, state));
            states.add(List.copyOf(state));
        }
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            deeds.add(answers[i] == null ? drawn.get(i).deed() : answers[i]);
        }
        deeds.sort(Comparator.comparingInt(Deed::invoked));
        return new DeedHistory(deeds, kinds);
    }

    private Deed answered(Deed deed, List<List<Integer>> seen) {
        List<Step> steps = new ArrayList<>();
        for (Step step : deed.steps()) {
            take(step, seen);
            steps.add(
                    step.kind() == Kind.READ && deed.isOk()
                            ? new Step(Kind.READ, step.key(), returned(seen.get(step.key())))
                            : step);
        }
        return new Deed(deed.session(), deed.invoked(), deed.completed(), deed.outcome(), steps, deed.version());
    }

    private List<Integer> returned(List<Integer> value) {
        if (store != Store.WRONG_NOW_AND_THEN || random.nextInt(12) > 0) {
            return value;
        }
        if (!value.isEmpty() && random.nextBoolean()) {
            return value.subList(0, value.size() - 1);
        }
        List<Integer> more = lists ? new ArrayList<>(value) : new ArrayList<>();
        more.add(1 + random.nextInt(next));
        return more;
    }

    private static void take(Step step, List<List<Integer>> state) {
        if (step.kind() == Kind.APPEND) {
            List<Integer> longer = new ArrayList<>(state.get(step.key()));
            longer.addAll(step.value());
            state.set(step.key(), longer);
        } else if (step.kind() == Kind.WRITE) {
            state.set(step.key(), step.value());
        }
    }
}
