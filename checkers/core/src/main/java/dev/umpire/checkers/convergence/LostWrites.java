package dev.umpire.checkers.convergence;

import dev.umpire.checkers.order.Chains;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.session.Contradictions;
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
    private static final int NONE = -1;
    /** How many operations a sentence tells; a circle of cas may have any number. */
    private static final int TOLD = 8;

    /** The write that was invoked last, and the last one of another chain than that. */
    private record Last(int write, int otherChain) {}

    private final Register register;
    private final OrderSource source;
    private final Words words;
    private final OrderWords orderWords;
    private final Anomalies anomalies;
    private final VersionGraph graph;
    private final Chains chains;
    /** Filled when it is first needed. */
    private final Map<Integer, Last> lastOfGroup = new HashMap<>();

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
        Contradictions.reportCas(register, graph, words, anomalies);
    }

    private boolean isLoss(int value, int read) {
        int r = register.operation(read);
        if (value == Register.INITIAL) {
            int w = register.operationOfWrite(lastAcknowledged());
            add(
                    "LOST_WRITE",
                    () -> words.wrote(w, register.key()) + ", but the final read returned the initial value: "
                            + words.read(register, read),
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
                            + words.read(register, read),
                    cas,
                    r);
            return true;
        }
        if (chains.head(value) == chains.initial() && isLossAfterInitial(value, read)) {
            return true;
        }
        return isLossByAssumption(value, read);
    }

    /** The acknowledged write that was invoked last of those which the assumption puts after the value's chain. */
    private boolean isLossByAssumption(int value, int read) {
        int older = NONE;
        int newer = NONE;
        for (int member = chains.head(value); member >= 0 && member != chains.initial(); member = chains.next(member)) {
            int after = lastAfter(member);
            // of the members with the same answer the last one: it needs the fewest cas to explain it
            if (after >= 0 && after >= newer) {
                older = member;
                newer = after;
            }
        }
        if (newer < 0) {
            return false;
        }
        lost(older, value, newer, read);
        return true;
    }

    /** The last of the writes that are not in the same chain and that the assumption puts after this one, or NONE. */
    private int lastAfter(int write) {
        Last last = lastOfGroup().get(group(write));
        if (last == null) {
            return NONE;
        }
        int w = chains.head(last.write) == chains.head(write) ? last.otherChain : last.write;
        return w >= 0 && source.before(register, write, w) ? w : NONE;
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
                                + words.read(register, read)
                                + "; it is older because only cas stand between it and the initial value",
                        older,
                        newer,
                        r);
                return true;
            }
        }
        return false;
    }

    /** By group, the last of the writes whose chain has an acknowledged member. Writes are numbered by invocation. */
    private Map<Integer, Last> lastOfGroup() {
        if (lastOfGroup.isEmpty()) {
            for (int w = 0; w < register.writeCount(); w++) {
                if (register.isEffective(w) && hasAcknowledged(w)) {
                    Last before = lastOfGroup.get(group(w));
                    int otherChain = before == null
                            ? NONE
                            : chains.head(before.write) == chains.head(w) ? before.otherChain : before.write;
                    lastOfGroup.put(group(w), new Last(w, otherChain));
                }
            }
        }
        return lastOfGroup;
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

    /**
     * Tells of a write that is newer than one in the chain of the value that was read. One of unknown outcome is no loss,
     * but the cas that directly replaced it is.
     */
    private void lost(int older, int value, int newer, int read) {
        int r = register.operation(read);
        int w = register.operationOfWrite(newer);
        List<Integer> cas = new ArrayList<>();
        for (int member = older; member != value; ) {
            member = chains.next(member);
            cas.add(register.operationOfWrite(member));
        }
        int victim = register.isAcknowledged(newer) ? newer : chains.next(newer);
        int lost = register.operationOfWrite(victim);
        if (victim != newer) {
            cas.add(lost);
        }
        List<Integer> operations = new ArrayList<>(List.of(register.operationOfWrite(older), w));
        operations.addAll(cas);
        operations.add(r);
        add(
                "LOST_WRITE",
                () -> words.wrote(lost, register.key()) + ", but the final read returned an older value: "
                        + words.read(register, read) + "; " + orderWords.older(older, newer)
                        + directly(cas),
                operations.stream().mapToInt(Integer::intValue).distinct().toArray());
    }

    private String directly(List<Integer> cas) {
        StringBuilder text = new StringBuilder();
        for (int operation : cas.subList(0, Math.min(TOLD, cas.size()))) {
            text.append("; ")
                    .append(words.wrote(operation, register.key()))
                    .append(", directly after what it replaced");
        }
        return text.append(more(cas.size())).toString();
    }

    private static String more(int count) {
        return count > TOLD ? "; and " + Words.number(count - TOLD) + " more" : "";
    }

    private void conflict(int one, int other) {
        int a = register.operation(one);
        int b = register.operation(other);
        int first = register.operationOfWrite(register.source(one));
        int second = register.operationOfWrite(register.source(other));
        add(
                "CONFLICTING_FINAL_READS",
                () -> "two final reads returned two acknowledged values, so that one of them is lost: "
                        + words.read(register, one) + ", and "
                        + words.read(register, other),
                first,
                second,
                a,
                b);
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
