package dev.umpire.checkers.session;

import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.words.OrderWords;
import dev.umpire.checkers.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the graph of version orders says against a key: writes that no order can hold, each with the operations that say
 * so.
 *
 * <p>The graph answers with writes only. The operations behind an edge are looked for afterwards, for the few cycles that
 * are told, so that millions of edges need not remember where they come from.
 */
public final class Contradictions {
    /** Of the two edges that a contradiction has at least, one may come from the initial value. */
    private static final int FEWEST_OPERATIONS = 2;

    /** How many operations of a circle of cas a sentence tells; it may have any number. */
    private static final int TOLD = 8;

    private final Register register;
    private final VersionGraph graph;
    private final EdgeReasons reasons;
    private final Words words;
    private final Anomalies anomalies;
    private final KeyAnomalies found;
    private final Bindings bindings;
    private final OrderWords orderWords;
    private final Optional<Inclusions> inclusions;
    private int told;

    Contradictions(
            Register register,
            Bindings bindings,
            BitSet flagged,
            Optional<Inclusions> inclusions,
            VersionGraph graph,
            Words words,
            Anomalies anomalies) {
        this.register = register;
        this.graph = graph;
        this.words = words;
        this.anomalies = anomalies;
        found = new KeyAnomalies(register, words, anomalies);
        this.inclusions = inclusions;
        this.bindings = bindings;
        reasons = new EdgeReasons(register, bindings, flagged, inclusions, graph);
        orderWords = new OrderWords(words, register, graph.source());
    }

    /** Reports the cas that have no place in any order of the register's writes, with what puts the writes between them. */
    public static void reportCas(Register register, VersionGraph graph, Words words, Anomalies anomalies) {
        if (graph.hasChains()) {
            Bindings none = new Bindings(false, false);
            new Contradictions(register, none, new BitSet(), Optional.empty(), graph, words, anomalies).collect();
        }
    }

    void collect() {
        for (int[] cas : graph.conflictingCas()) {
            addConflictingCas(cas);
        }
        for (int[] pair : graph.againstChain()) {
            if (isWorthTelling()) {
                addCycle("CONTRADICTORY_CAS", List.of(reasons.of(pair[0], pair[1])), casBetween(pair[1], pair[0]));
            } else {
                anomalies.countUnlisted();
            }
        }
        for (int[] contradiction : graph.contradictions()) {
            // one for all that hangs together, which may be in contradiction several times
            anomalies.moreMayExist();
            if (isWorthTelling()) {
                addContradiction(contradiction);
            } else {
                anomalies.countUnlisted();
            }
        }
    }

    private boolean isWorthTelling() {
        return told++ < anomalies.limit() && anomalies.wants(FEWEST_OPERATIONS);
    }

    private void addConflictingCas(int[] accesses) {
        List<Integer> operations =
                Arrays.stream(accesses).map(register::operation).boxed().toList();
        add("CONTRADICTORY_CAS", operations, () -> toldConflict(accesses));
    }

    private String toldConflict(int[] accesses) {
        List<String> deeds = Arrays.stream(accesses)
                .limit(TOLD)
                .mapToObj(access -> words.wrote(register.operation(access), register.key()))
                .toList();
        boolean fork = register.source(accesses[0]) == register.source(accesses[accesses.length - 1]);
        String why = fork
                ? ": both replaced " + orderWords.value(register.source(accesses[0]))
                        + ", and only one of them can have"
                : ": each replaced what another of them wrote, so that none of them can have been the first";
        String more = accesses.length > TOLD ? ", and " + Words.number(accesses.length - TOLD) + " more" : "";
        return String.join(", ", deeds) + more + why;
    }

    private void addContradiction(int[] contradiction) {
        int[] cycle = withoutRecordedSteps(graph.shortestCycle(contradiction));
        List<EdgeReasons.Reason> because = new ArrayList<>();
        List<Integer> chained = new ArrayList<>();
        for (int i = 0; i < cycle.length; i++) {
            because.add(reasons.of(cycle[i], cycle[(i + 1) % cycle.length]));
        }
        for (int i = 0; i < because.size(); i++) {
            // where an edge ends at one write of a chain and the next begins at another, the cas between them belong to
            // it
            EdgeReasons.Reason here = because.get(i);
            EdgeReasons.Reason next = because.get((i + 1) % because.size());
            if (here.later() != next.earlier()) {
                chained.addAll(casOf(here.later(), next.earlier()));
            }
        }
        addCycle(bindings.bindsAnything() ? "CONTRADICTORY_ORDER" : "CONTRADICTORY_CAS", because, chained);
    }

    /** A recorded order is a path of all writes; of three in a row that it orders the middle one says nothing. */
    private int[] withoutRecordedSteps(int[] cycle) {
        if (!graph.source().isRecorded()) {
            return cycle;
        }
        int[] kept = new int[cycle.length];
        int count = 0;
        for (int i = 0; i < cycle.length; i++) {
            int next = cycle[(i + 1) % cycle.length];
            boolean step = count > 0 && isRecordedBefore(kept[count - 1], cycle[i]) && isRecordedBefore(cycle[i], next);
            if (!step) {
                kept[count++] = cycle[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private boolean isRecordedBefore(int first, int second) {
        int initial = graph.chains().initial();
        return first != initial && second != initial && graph.source().before(register, first, second);
    }

    /** The cas that join two writes of one chain, whichever comes first. */
    private List<Integer> casOf(int one, int other) {
        List<Integer> forward = casBetween(one, other);
        return forward.isEmpty() ? casBetween(other, one) : forward;
    }

    private List<Integer> casBetween(int first, int last) {
        List<Integer> cas = new ArrayList<>();
        for (int w = first; w != last; ) {
            w = graph.chains().next(w);
            if (w < 0) {
                return List.of();
            }
            cas.add(register.operationOfWrite(w));
        }
        return cas;
    }

    private void addCycle(String kind, List<EdgeReasons.Reason> because, List<Integer> cas) {
        TreeSet<Integer> operations = new TreeSet<>(cas);
        List<String> clauses = new ArrayList<>();
        for (EdgeReasons.Reason reason : because) {
            operations.addAll(reason.operations());
            clauses.add(value(reason.earlier()) + " before " + value(reason.later()) + " (" + why(reason) + ")");
        }
        for (int operation : cas) {
            clauses.add(words.wrote(operation, register.key()) + ", directly after what it replaced");
        }
        add(
                kind,
                lastReadLast(operations),
                () -> "no order of the writes of " + words.key(register.key()) + " is possible: "
                        + String.join("; ", clauses));
    }

    private String value(int write) {
        return orderWords.value(write == graph.chains().initial() ? Register.INITIAL : write);
    }

    private String why(EdgeReasons.Reason reason) {
        return switch (reason.kind()) {
            case INITIAL -> "it is the initial value";
            case SOURCE -> orderWords.older(reason.earlier(), reason.later());
            case OWN_WRITE -> wrote(reason.first()) + " and then " + words.readWhat(register, reason.second());
            case OWN_READ ->
                words.read(register, reason.first()) + ", and then " + words.readWhat(register, reason.second());
            case WRITES_IN_ORDER -> wrote(reason.first()) + ", and later the same session: " + wrote(reason.second());
            case WRITE_AFTER_READ ->
                words.read(register, reason.first()) + ", and later the same session: " + wrote(reason.second());
            case INCLUDED -> inclusions.orElseThrow().because(reason.inclusion().orElseThrow(), words);
        };
    }

    private String wrote(int access) {
        return words.wrote(register.operation(access), register.key());
    }

    /** In the order of invocation, but the read that was invoked last at the end. */
    private List<Integer> lastReadLast(SortedSet<Integer> operations) {
        List<Integer> order = new ArrayList<>(operations);
        for (int i = order.size() - 1; i >= 0; i--) {
            if (register.history().readCount(order.get(i)) > 0) {
                order.add(order.remove(i));
                break;
            }
        }
        return order;
    }

    private void add(String kind, List<Integer> operations, Supplier<String> sentence) {
        found.add(
                kind, sentence, operations.stream().mapToInt(Integer::intValue).toArray());
    }
}
