package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Steps;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Decides objects by search, several at once.
 *
 * <p>The answers do not depend on the cores. Every object is first given a fair share of the configurations, and those that are
 * then open all that is left. Objects are searched in waves of a fixed size, each as if it were the first of its wave; then
 * they are counted in their order, and what spent more than those before it left is open. Each search of a wave may take its
 * part of a quarter of the heap, and no more of them run at once than half of the heap suffices for.
 */
final class ObjectSearches {
    private static final int SHARED_WAVE = 64;
    private static final int OPEN_WAVE = 2;
    /** So many searches share a quarter of the heap, and at most twice as many run at once, on however many cores. */
    private static final int LANES = 4;

    private static final long FAIR_SHARE_AT_LEAST = 1_000;

    /**
     * An object that was decided.
     *
     * @param steps those of its model, with which it was searched
     * @param blocked the operation that could not be placed, as its place in the subhistory; -1 unless it is broken
     */
    record Decided(Subhistory object, Steps steps, Answer answer, int blocked) {}

    /** An object that was given up. */
    static final class Open {
        private final int[] operations;
        private final int placed;
        private final long obliged;

        private Open(int[] operations, int placed, long obliged) {
            this.operations = operations;
            this.placed = placed;
            this.obliged = obliged;
        }

        /** The operations of the history that it consists of. */
        int[] operations() {
            return operations;
        }

        /** How many of them were put in order at most. */
        int placed() {
            return placed;
        }
    }

    /** One search. */
    private record Found(Subhistory object, Steps steps, ConfigurationSearch.Result result) {}

    private final Function<int[], Subhistory> objectOf;
    private final Function<Subhistory, Steps> stepsOf;
    private final ToLongFunction<Subhistory> obligedOf;
    private final Optional<Function<int[], JoinedObject>> joining;
    private final Deadline deadline;
    private final int objects;
    private final List<Decided> decided = new ArrayList<>();
    private final List<JoinedObject> joined = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private long budget;
    private long obliged;
    private int decidedBefore;

    /**
     * Searches to come.
     *
     * @param objectOf what an object consists of, ready to be searched
     * @param stepsOf the steps of its model
     * @param obligedOf how many of its operations have something to violate
     * @param joining how to decide an object without a search, where that is possible
     * @param objects how many objects there are in all
     * @param decidedBefore how many of these need no search
     */
    ObjectSearches(
            Function<int[], Subhistory> objectOf,
            Function<Subhistory, Steps> stepsOf,
            ToLongFunction<Subhistory> obligedOf,
            Optional<Function<int[], JoinedObject>> joining,
            Deadline deadline,
            int objects,
            int decidedBefore) {
        this.objectOf = objectOf;
        this.stepsOf = stepsOf;
        this.obligedOf = obligedOf;
        this.joining = joining;
        this.deadline = deadline;
        this.objects = objects;
        this.decidedBefore = decidedBefore;
    }

    /** Searches all of them; the bound is for all together. */
    void run(List<int[]> all, long configurations) {
        budget = configurations;
        long share = Math.max(FAIR_SHARE_AT_LEAST, configurations / (2L * Math.max(1, all.size())));
        List<Open> left = new ArrayList<>();
        searchEach(joining.isPresent() ? whatIsNotJoined(all, share) : all, share, left);
        for (int from = 0; from < left.size(); from += OPEN_WAVE) {
            List<Open> wave = left.subList(from, Math.min(left.size(), from + OPEN_WAVE));
            if (deadline.isOver() || budget <= 0) {
                open.addAll(wave);
                continue;
            }
            List<Found> found = search(wave.stream().map(Open::operations).toList(), budget);
            for (int i = 0; i < wave.size(); i++) {
                take(found.get(i), budget, wave.get(i).operations(), open);
            }
        }
        open.forEach(one -> obliged += one.obliged);
    }

    private void searchEach(List<int[]> some, long share, List<Open> left) {
        for (int from = 0; from < some.size(); from += SHARED_WAVE) {
            List<int[]> wave = some.subList(from, Math.min(some.size(), from + SHARED_WAVE));
            List<Found> found = search(wave, Math.min(share, Math.max(0, budget)));
            for (int i = 0; i < wave.size(); i++) {
                take(found.get(i), Math.min(share, budget), wave.get(i), left);
            }
        }
    }

    /**
     * Searches each for as long as a search takes that need not turn back, which explains best what it refutes, and joins reads
     * to writes where that is not enough. Objects whose share is no more than that are not looked at.
     */
    private List<int[]> whatIsNotJoined(List<int[]> all, long share) {
        List<int[]> others = new ArrayList<>();
        for (int[] operations : all) {
            long enough = Linearizable.shortSearch(operations.length);
            if (enough >= share) {
                others.add(operations);
                continue;
            }
            List<Open> left = new ArrayList<>();
            searchEach(List.of(operations), enough, left);
            for (Open one : left) {
                JoinedObject found = joining.orElseThrow().apply(operations);
                if (found.answer() == Answer.UNKNOWN) {
                    others.add(operations);
                } else {
                    joined.add(found);
                    obliged += one.obliged;
                    decidedBefore++;
                }
            }
        }
        return others;
    }

    private List<Found> search(List<int[]> wave, long atMost) {
        long sizeBytes = Runtime.getRuntime().maxMemory() / 4 / Math.min(LANES, wave.size());
        List<Optional<Found>> found = new ArrayList<>(Collections.nCopies(wave.size(), Optional.empty()));
        AtomicInteger next = new AtomicInteger();
        Progress progress = new Progress(wave);
        // in the order of the objects, as far as they are searched one after the other
        IntStream.range(0, Math.min(2 * LANES, wave.size())).parallel().forEach(lane -> {
            for (int i = next.getAndIncrement(); i < wave.size(); i = next.getAndIncrement()) {
                int object = i;
                Subhistory operations = objectOf.apply(wave.get(i));
                Steps steps = stepsOf.apply(operations);
                progress.placed(i, 0);
                ConfigurationSearch.Result result = new ConfigurationSearch(
                                operations, steps, placed -> progress.placed(object, placed))
                        .run(atMost, sizeBytes);
                progress.ended(i, result.answer() != Answer.UNKNOWN);
                found.set(i, Optional.of(new Found(operations, steps, result)));
            }
        });
        decidedBefore += progress.decided;
        return found.stream().map(Optional::orElseThrow).toList();
    }

    /** How far the searches of a wave came: told is the first that has not ended. */
    private final class Progress {
        private final int[] size;
        private final int[] placed;
        private final boolean[] ended;
        private int decided;
        private int first;

        Progress(List<int[]> wave) {
            size = wave.stream().mapToInt(operations -> operations.length).toArray();
            placed = new int[size.length];
            ended = new boolean[size.length];
        }

        synchronized void placed(int object, int most) {
            placed[object] = most;
            tell();
        }

        synchronized void ended(int object, boolean isDecided) {
            ended[object] = true;
            decided += isDecided ? 1 : 0;
            tell();
        }

        private void tell() {
            while (first < ended.length && ended[first]) {
                first++;
            }
            if (first < ended.length) {
                deadline.reached(new Deadline.Reached(decidedBefore + decided, objects, placed[first], size[first]));
            }
        }
    }

    private void take(Found found, long atMost, int[] operations, List<Open> left) {
        ConfigurationSearch.Result result = found.result();
        boolean known = result.answer() != Answer.UNKNOWN && result.configurations() <= Math.max(0, atMost);
        budget -= Math.min(result.configurations(), Math.max(0, atMost));
        long obligedHere = obligedOf.applyAsLong(found.object());
        if (known) {
            obliged += obligedHere;
            decided.add(new Decided(found.object(), found.steps(), result.answer(), result.blocked()));
        } else {
            left.add(new Open(operations, result.placed(), obligedHere));
        }
    }

    /** Those that were decided, in the order of the objects, those last that needed more than their share. */
    List<Decided> decided() {
        return decided;
    }

    /** Those that were decided by joining reads to writes, in the order of the objects. */
    List<JoinedObject> joined() {
        return joined;
    }

    /** Those that were given up, in the order of the objects. */
    List<Open> open() {
        return open;
    }

    /** How many operations had something to violate. */
    long obliged() {
        return obliged;
    }

    /** How many configurations are left. */
    long budget() {
        return budget;
    }
}
