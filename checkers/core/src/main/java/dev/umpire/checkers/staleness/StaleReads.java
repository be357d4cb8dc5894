package dev.umpire.checkers.staleness;

import dev.umpire.checkers.order.Chains;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.OrderWords;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is said of the reads of one key that are too stale; the stalest are kept. */
final class StaleReads {
    /** How many newer values a sentence names. */
    private static final int NAMED = 3;

    private final Register register;
    private final OrderSource source;
    private final Chains chains;
    private final Overwriters overwriters;
    private final Words words;
    private final OrderWords orderWords;
    private final Anomalies anomalies;

    StaleReads(
            Register register,
            OrderSource source,
            Chains chains,
            Overwriters overwriters,
            Words words,
            Anomalies anomalies) {
        this.register = register;
        this.source = source;
        this.chains = chains;
        this.overwriters = overwriters;
        this.words = words;
        this.anomalies = anomalies;
        orderWords = new OrderWords(words, register, source);
    }

    void inTime(int read, int newer, long nanos, Bound bound) {
        // every witness counts as one operation, so that the stalest are kept and not the shortest
        anomalies.add(1, -nanos, () -> {
            int w = register.operationOfWrite(newer);
            Set<Integer> witness = new LinkedHashSet<>();
            String why = newer(register.source(read), newer, witness);
            String sentence = words.read(register, read) + ", "
                    + (source.reported().isPresent() ? "" : "at least ") + Words.duration(nanos)
                    + " after a newer value was"
                    + " acknowledged: " + words.wrote(w, register.key()) + "; " + why + "; the bound is "
                    + bound.words();
            return anomaly(sentence, witness, read);
        });
    }

    void inVersions(int read, long versions, Bound bound) {
        anomalies.add(1, -versions, () -> {
            List<Integer> newer = newerBefore(read, bound.amount() + 1);
            Set<Integer> witness = new LinkedHashSet<>();
            String why = newer(register.source(read), newer.get(0), witness);
            for (int write : newer) {
                newer(register.source(read), write, witness);
            }
            List<String> named =
                    newer.stream().limit(NAMED).map(orderWords::value).toList();
            long more = versions - named.size();
            String values = String.join(", ", named) + (more > 0 ? " and " + Words.count(more, "more", "more") : "");
            String sentence = words.read(register, read) + ", although "
                    + (source.reported().isPresent() ? "" : "at least ")
                    + Words.count(versions, "newer value", "newer values")
                    + " had been acknowledged by then (" + values + "): "
                    + words.wrote(register.operationOfWrite(newer.get(0)), register.key()) + "; " + why
                    + "; the bound is " + bound.words();
            return anomaly(sentence, witness, read);
        });
    }

    /** The first so many newer writes that were acknowledged before the read was invoked, by acknowledgement. */
    private List<Integer> newerBefore(int read, long count) {
        int[] row = overwriters.row();
        List<Integer> newer = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            boolean before = register.completed(register.accessOfWrite(row[i])) < register.invoked(read);
            if (before && overwriters.isNewer(register.source(read), i)) {
                newer.add(row[i]);
            }
        }
        newer.sort((a, b) -> Integer.compare(
                register.completed(register.accessOfWrite(a)), register.completed(register.accessOfWrite(b))));
        return newer.subList(0, (int) Math.min(count, newer.size()));
    }

    private Anomaly anomaly(String sentence, Set<Integer> writes, int read) {
        int r = register.operation(read);
        List<Integer> operations = new ArrayList<>(writes);
        operations.remove((Integer) r);
        operations.add(r);
        return new Anomaly("STALE_READ", words.key(register.key()), sentence, operations);
    }

    /** Why the write is newer than the value; the operations that show it are added to the witness. */
    private String newer(int value, int write, Set<Integer> witness) {
        if (value == Register.INITIAL) {
            if (chains.head(write) != chains.initial()) {
                witness.add(register.operationOfWrite(write));
                return words.value(register.history().initialValue()) + " is the initial value, so it is older";
            }
            return cas(chains.initial(), write, witness);
        }
        witness.add(register.operationOfWrite(value));
        if (source.before(register, value, write)) {
            witness.add(register.operationOfWrite(write));
            return orderWords.older(value, write);
        }
        if (chains.head(value) == chains.head(write)) {
            return cas(value, write, witness);
        }
        if (chains.head(value) == chains.initial()) {
            String why = cas(chains.initial(), value, witness);
            witness.add(register.operationOfWrite(write));
            return why + ", and nothing can stand between, so that every other value is newer";
        }
        if (source.reported().isPresent()) {
            int next = chains.next(value);
            String why = cas(value, next, witness);
            witness.add(register.operationOfWrite(write));
            return why + (next == write ? "" : "; " + orderWords.older(next, write));
        }
        return path(value, write, witness);
    }

    /** From chain to chain, each time by the member that was acknowledged first to the one that was invoked last. */
    private String path(int value, int write, Set<Integer> witness) {
        List<String> why = new ArrayList<>();
        int target = chains.head(write);
        int at = value;
        while (chains.head(at) != target) {
            int first = firstAcknowledged(chains.head(at));
            witness.add(register.operationOfWrite(first));
            why.addAll(between(at, first, witness));
            int acknowledged = register.completed(register.accessOfWrite(first));
            int next = lastInvoked(target);
            if (register.invoked(register.accessOfWrite(next)) < acknowledged) {
                next = furthest(acknowledged, chains.head(at));
            }
            why.add(orderWords.older(first, next));
            witness.add(register.operationOfWrite(next));
            at = next;
        }
        witness.add(register.operationOfWrite(write));
        why.addAll(between(at, write, witness));
        return String.join("; ", why);
    }

    private List<String> between(int one, int other, Set<Integer> witness) {
        int first = one;
        for (int member = chains.next(other); member >= 0; member = chains.next(member)) {
            if (member == one) {
                first = other;
            }
        }
        int last = first == one ? other : one;
        return first == last ? List.of() : List.of(cas(first, last, witness));
    }

    private int firstAcknowledged(int head) {
        int best = head;
        for (int member = head; member >= 0; member = chains.next(member)) {
            if (register.completed(register.accessOfWrite(member)) < register.completed(register.accessOfWrite(best))) {
                best = member;
            }
        }
        return best;
    }

    private int lastInvoked(int head) {
        int best = head;
        for (int member = head; member >= 0; member = chains.next(member)) {
            if (register.invoked(register.accessOfWrite(member)) > register.invoked(register.accessOfWrite(best))) {
                best = member;
            }
        }
        return best;
    }

    /** Of the chains with a member invoked after the position, the one with the earliest acknowledgement: that member. */
    private int furthest(int position, int exceptHead) {
        int best = -1;
        int earliest = History.NEVER;
        for (int w = 0; w < register.writeCount(); w++) {
            int head = chains.head(w);
            if (head != w || head == exceptHead || !register.isEffective(w)) {
                continue;
            }
            int last = lastInvoked(head);
            int first = register.completed(register.accessOfWrite(firstAcknowledged(head)));
            if (register.invoked(register.accessOfWrite(last)) > position && (best < 0 || first < earliest)) {
                best = last;
                earliest = first;
            }
        }
        return best;
    }

    /** That each cas from one value to a later one stands directly after what it replaced. */
    private String cas(int first, int last, Set<Integer> witness) {
        List<String> deeds = new ArrayList<>();
        for (int member = first; member != last; ) {
            member = chains.next(member);
            int operation = register.operationOfWrite(member);
            witness.add(operation);
            deeds.add(words.wrote(operation, register.key()));
        }
        return String.join("; ", deeds.subList(0, Math.min(NAMED, deeds.size())))
                + (deeds.size() > NAMED ? "; and " + Words.number(deeds.size() - NAMED) + " more" : "")
                + ", directly after what it replaced";
    }
}
