package dev.umpire.checkers.convergence;

import dev.umpire.checkers.order.Chains;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.OrderWords;
import dev.umpire.checkers.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The acknowledged writes of one key that its final reads show to be lost. */
final class LostWrites {
    private final Register register;
    private final OrderSource source;
    private final Words words;
    private final OrderWords orderWords;
    private final Anomalies anomalies;
    private final VersionGraph graph;
    private final Chains chains;

    LostWrites(Register register, OrderSource source, Words words, Anomalies anomalies) {
        this.register = register;
        this.source = source;
        this.words = words;
        this.anomalies = anomalies;
        orderWords = new OrderWords(words, register, source);
        graph = new VersionGraph(register, source);
        chains = graph.chains();
    }

    void collect(List<Integer> finalReads) {
        Map<Integer, Integer> readOfValue = new LinkedHashMap<>();
        finalReads.forEach(read -> readOfValue.putIfAbsent(register.source(read), read));
        List<Integer> lasting = new ArrayList<>();
        readOfValue.forEach((value, read) -> {
            if (!isLoss(value, read)) {
                lasting.add(read);
            }
        });
        Map<Integer, Integer> readOfAcknowledged = new LinkedHashMap<>();
        for (int read : lasting) {
            if (hasAcknowledged(register.source(read))) {
                readOfAcknowledged.putIfAbsent(register.source(read), read);
            }
        }
        List<Integer> conflicting = new ArrayList<>(readOfAcknowledged.values());
        for (int i = 1; i < conflicting.size(); i++) {
            conflict(conflicting.get(0), conflicting.get(i));
        }
        impossibleOrders();
    }

    private boolean isLoss(int value, int read) {
        int r = register.operation(read);
        if (value == Register.INITIAL) {
            int w = register.operationOfWrite(lastAcknowledged());
            add(
                    "LOST_WRITE",
                    () -> words.wrote(w, register.key()) + ", but the final read returned the initial value: "
                            + words.read(r, register.key()),
                    w,
                    r);
            return true;
        }
        int next = chains.next(value);
        if (next >= 0) {
            int cas = register.operationOfWrite(next);
            add(
                    "LOST_WRITE",
                    () -> words.wrote(cas, register.key()) + ", but the final read returned what it replaced: "
                            + words.read(r, register.key()),
                    cas,
                    r);
            return true;
        }
        if (chains.head(value) == chains.initial() && isLossAfterInitial(value, read)) {
            return true;
        }
        Map<Integer, Integer> earliest = earliestOfGroup(value);
        for (int w = register.writeCount() - 1; w >= 0; w--) {
            if (!register.isEffective(w) || chains.head(w) == chains.head(value) || !hasAcknowledged(w)) {
                continue;
            }
            Integer older = earliest.get(group(w));
            if (older != null && source.before(register, older, w)) {
                lost(older, w, read);
                return true;
            }
        }
        return false;
    }

    /** A value that a cas put directly in the place of the initial one is older than everything outside its chain. */
    private boolean isLossAfterInitial(int value, int read) {
        for (int w = register.writeCount() - 1; w >= 0; w--) {
            if (register.isAcknowledged(w) && chains.head(w) != chains.initial()) {
                int r = register.operation(read);
                int newer = register.operationOfWrite(w);
                int older = register.operationOfWrite(value);
                add(
                        "LOST_WRITE",
                        () -> words.wrote(newer, register.key()) + ", but the final read returned an older value: "
                                + words.read(r, register.key())
                                + "; it is older because only cas stand between it and the initial value",
                        older,
                        newer,
                        r);
                return true;
            }
        }
        return false;
    }

    /** Of the chain of a write, the member that was acknowledged first: the one that time puts before the most others. */
    private Map<Integer, Integer> earliestOfGroup(int write) {
        Map<Integer, Integer> earliest = new HashMap<>();
        for (int member = chains.head(write); member >= 0; member = chains.next(member)) {
            if (member != chains.initial()) {
                earliest.merge(
                        group(member),
                        member,
                        (a, b) -> register.completed(register.accessOfWrite(a))
                                        <= register.completed(register.accessOfWrite(b))
                                ? a
                                : b);
            }
        }
        return earliest;
    }

    private int group(int write) {
        return source.assumption() == WriteOrder.SESSION ? register.session(register.accessOfWrite(write)) : 0;
    }

    /** Whether the write or one in its chain was acknowledged; every cas in a chain is. */
    private boolean hasAcknowledged(int write) {
        return register.isAcknowledged(write) || chains.head(write) != write || chains.next(write) >= 0;
    }

    private int lastAcknowledged() {
        for (int w = register.writeCount() - 1; w >= 0; w--) {
            if (register.isAcknowledged(w)) {
                return w;
            }
        }
        throw new IllegalStateException("key " + register.key() + ": found no acknowledged write, expected one");
    }

    private void lost(int older, int newer, int read) {
        int r = register.operation(read);
        int w = register.operationOfWrite(newer);
        add(
                "LOST_WRITE",
                () -> words.wrote(w, register.key()) + ", but the final read returned an older value: "
                        + words.read(r, register.key()) + "; " + orderWords.older(older, newer),
                register.operationOfWrite(older),
                w,
                r);
    }

    private void conflict(int one, int other) {
        int a = register.operation(one);
        int b = register.operation(other);
        int first = register.operationOfWrite(register.source(one));
        int second = register.operationOfWrite(register.source(other));
        add(
                "CONFLICTING_FINAL_READS",
                () -> "two final reads returned two acknowledged values, so that one of them is lost: "
                        + words.read(a, register.key()) + ", and " + words.read(b, register.key()),
                first,
                second,
                a,
                b);
    }

    private void impossibleOrders() {
        for (int[] cas : graph.conflictingCas()) {
            int[] operations =
                    Arrays.stream(cas).map(register::operation).distinct().toArray();
            impossible(operations);
        }
        for (int[] pair : graph.againstChain()) {
            impossible(new int[] {register.operationOfWrite(pair[1]), register.operationOfWrite(pair[0])});
        }
        if (graph.hasChains()) {
            for (int[] contradiction : graph.contradictions()) {
                impossible(Arrays.stream(graph.shortestCycle(contradiction))
                        .filter(w -> w != chains.initial())
                        .map(register::operationOfWrite)
                        .sorted()
                        .toArray());
            }
        }
    }

    private void impossible(int[] operations) {
        add(
                "CONTRADICTORY_CAS",
                () -> "no order of the writes of " + words.key(register.key())
                        + " lets every cas replace what it replaced"
                        + " (" + source.assumption().phrase() + "): "
                        + String.join(
                                "; ",
                                Arrays.stream(operations)
                                        .mapToObj(operation -> words.wrote(operation, register.key()))
                                        .toList()),
                operations);
    }

    private void add(String kind, Supplier<String> sentence, int... operations) {
        int first = Arrays.stream(operations).min().orElse(0);
        int last = Arrays.stream(operations).max().orElse(0);
        long distance =
                (long) register.history().invoked(last) - register.history().invoked(first);
        anomalies.add(
                operations.length,
                distance,
                () -> new Anomaly(
                        kind,
                        words.key(register.key()),
                        sentence.get(),
                        Arrays.stream(operations).boxed().distinct().toList()));
    }
}
