package dev.umpire.checkers.order;

import dev.umpire.checkers.register.RecordedOrder;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which writes of one key must stand before which others, and whether any order keeps to that.
 *
 * <p>A node is a chain of writes ({@link Chains}), or a helper. An order exists if and only if no edge runs against its
 * own chain, no two cas read one value, and there is no cycle: contracting the chains and sorting the rest gives one.
 *
 * <p>Assumed edges are few: real time goes through one helper node a completion, as many as there are acknowledged writes
 * (a completed write leads to its moment, a moment to the next one, the last moment before an invocation to the write
 * invoked); recorded orders and the orders of sessions are paths.
 */
public final class VersionGraph {
    private final Register register;
    private final OrderSource source;
    private final Chains chains;
    private final Digraph graph;
    private final int writeNodes;
    private final List<int[]> againstChain = new ArrayList<>();

    /** The graph of the register's effective writes with the edges that the source gives. */
    public VersionGraph(Register register, OrderSource source) {
        this.register = register;
        this.source = source;
        chains = new Chains(register);
        writeNodes = register.writeCount() + 1;
        graph = new Digraph(writeNodes, 4 * writeNodes);
        if (source.recorded().isPresent()) {
            addRecorded(source.recorded().get());
        } else if (source.assumption() == WriteOrder.REAL_TIME) {
            if (chains.isTrivial()) {
                addRealTime();
            } else {
                addRealTimeOfChains();
            }
        } else if (source.assumption() == WriteOrder.SESSION) {
            addSessions();
        }
        int first = chains.initial();
        if (chains.next(first) >= 0) {
            for (int w = 0; w < register.writeCount(); w++) {
                if (register.isEffective(w) && chains.head(w) == w) {
                    graph.addEdge(first, w);
                }
            }
        }
    }

    private void addRecorded(RecordedOrder recorded) {
        for (int i = 1; i < recorded.count(); i++) {
            addEdge(recorded.write(i - 1), recorded.write(i));
        }
        if (recorded instanceof TracedOrder && recorded.count() > 0) {
            int last = recorded.write(recorded.count() - 1);
            for (int w = 0; w < register.writeCount(); w++) {
                if (recorded.before(last, w)) {
                    addEdge(last, w);
                }
            }
        }
    }

    private void addRealTime() {
        int[] completed = register.acknowledgedByCompletion();
        int at = 0;
        int moment = -1;
        for (int w = 0; w < register.writeCount(); w++) {
            if (!register.isEffective(w)) {
                continue;
            }
            int invoked = register.invoked(register.accessOfWrite(w));
            if (at < completed.length && register.completed(register.accessOfWrite(completed[at])) < invoked) {
                int next = graph.addNode();
                if (moment >= 0) {
                    graph.addEdge(moment, next);
                }
                moment = next;
                while (at < completed.length && register.completed(register.accessOfWrite(completed[at])) < invoked) {
                    graph.addEdge(completed[at++], moment);
                }
            }
            if (moment >= 0) {
                graph.addEdge(moment, w);
            }
        }
    }

    /** A chain may lead to a moment at which another of its members begins, so moments would close false cycles. */
    private void addRealTimeOfChains() {
        int[] completed = register.acknowledgedByCompletion();
        Sources acknowledged = new Sources(this);
        int at = 0;
        for (int w = 0; w < register.writeCount(); w++) {
            if (!register.isEffective(w)) {
                continue;
            }
            int invoked = register.invoked(register.accessOfWrite(w));
            while (at < completed.length && register.completed(register.accessOfWrite(completed[at])) < invoked) {
                acknowledged.add(completed[at++]);
            }
            acknowledged.before(w);
        }
    }

    private void addSessions() {
        SessionLists sessions = register.sessions();
        for (int s = 0; s < sessions.count(); s++) {
            Completions own = new Completions(register, sessions, s, a -> register.writeOf(a) >= 0);
            Sources acknowledged = own.isSequential() ? null : new Sources(this);
            int last = -1;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int a = sessions.access(i);
                int w = register.writeOf(a);
                if (w < 0 || !register.isEffective(w)) {
                    continue;
                }
                for (int done = own.next(register.invoked(a)); done >= 0; done = own.next(register.invoked(a))) {
                    last = register.writeOf(done);
                    if (acknowledged != null) {
                        acknowledged.add(last);
                    }
                }
                if (acknowledged != null) {
                    acknowledged.before(w);
                } else if (last >= 0) {
                    addEdge(last, w);
                }
            }
        }
    }

    /** The first write stands before the second, or is it. */
    public void addEdge(int first, int second) {
        int from = chains.head(first);
        int to = chains.head(second);
        if (from != to) {
            graph.addEdge(from, to);
        } else if (chains.place(first) > chains.place(second)) {
            againstChain.add(new int[] {first, second});
        }
    }

    /** An empty set of writes that are to stand before others. */
    public Sources newSources() {
        return new Sources(this);
    }

    int addHelper() {
        return graph.addNode();
    }

    void addRawEdge(int from, int to) {
        graph.addEdge(from, to);
    }

    public Chains chains() {
        return chains;
    }

    /** Whether any chain has two members; without, the assumption alone never contradicts itself. */
    public boolean hasChains() {
        return !chains.isTrivial();
    }

    public OrderSource source() {
        return source;
    }

    /** Accesses of cas that have no place in any order: two that read one value, or several in a circle. */
    public List<int[]> conflictingCas() {
        return chains.conflicts();
    }

    /** Edges that run against a chain of cas: the first write of each pair would have to stand before the second. */
    public List<int[]> againstChain() {
        return List.copyOf(againstChain);
    }

    /** Groups of writes that cannot stand in any order; each by its nodes, for {@link #shortestCycle}. */
    public List<int[]> contradictions() {
        return graph.components();
    }

    /** Heads of chains, each of which must stand before the next, and the last before the first. */
    public int[] shortestCycle(int[] contradiction) {
        int[] sorted = contradiction.clone();
        Arrays.sort(sorted);
        return graph.shortestCycle(sorted, node -> node < writeNodes);
    }
}
