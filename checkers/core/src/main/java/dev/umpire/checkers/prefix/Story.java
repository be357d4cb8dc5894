package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Components;
import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes an anomaly of a witness: its kind, and the sentence that says why these operations cannot be. */
final class Story {
    /** How many nodes the search for the shortest cycle may visit, once one is found. */
    private static final long MOST_VISITS = 2_000_000;
    /** How many reasons a sentence tells. */
    private static final int TOLD = 8;

    private static final String TWO_STATES = ": what one transaction reads is one state, and this is more than one";
    /** How many operations a sentence lists where there is no shorter reason. */
    private static final int MOST_DEEDS = 32;

    private final PrefixGraph part;
    private final Recorded recorded;
    private final Deeds deeds;
    private final int[] operations;

    private Story(PrefixGraph whole, int[] operations) {
        this.operations = operations;
        part = Witness.partOf(whole, operations);
        recorded = part.recorded;
        deeds = new Deeds(recorded.history);
    }

    static Anomaly of(PrefixGraph whole, int[] operations) {
        return new Story(whole, operations).tell();
    }

    /** Of one operation that read several states of one key. */
    static Anomaly ofOne(History history, int operation, int key) {
        Deeds deeds = new Deeds(history);
        return new Anomaly("NOT_A_PREFIX", deeds.key(key), deeds.did(operation) + TWO_STATES, List.of(operation));
    }

    private Anomaly tell() {
        Digraph certain = part.certain(new boolean[0]);
        Components components = certain.components();
        int[] cycle = new int[0];
        Cycles cycles = new Cycles(certain, components);
        for (int node = part.realNodes - 1; node >= 0; node--) {
            if (components.onCycle(node) && (cycle.length == 0 || cycles.visits() < MOST_VISITS)) {
                int[] found = cycles.through(node, certain.size(), 0, 0);
                if (cycle.length == 0 || found.length < cycle.length) {
                    cycle = found;
                }
            }
        }
        int[] real = Arrays.stream(cycle).filter(node -> node < part.realNodes).toArray();
        if (countSteps(real) > 0) {
            return anomaly("PREFIX_WENT_BACK", wentBack(real));
        }
        long snapshots = Arrays.stream(real).filter(part::isObservation).count();
        long cas = Arrays.stream(real)
                .filter(node -> node < recorded.writes && recorded.casRead[node] != Recorded.NO_CAS)
                .count();
        if (real.length > 0 && snapshots == 0 && cas == 0) {
            return anomaly(samePosition(real) ? "DUPLICATE_POSITION" : orderAgainst(real), againstCause(real));
        }
        if (snapshots == 1 && cas == 0) {
            return anomaly("NOT_A_PREFIX", notAPrefix(real));
        }
        if (snapshots == 2 && cas == 0) {
            return anomaly("LONG_FORK", fork(real));
        }
        if (snapshots == 0 && real.length == 2 && cas == 2) {
            return anomaly("DOUBLE_CAS", doubleCas(real));
        }
        return anomaly("NO_COMMON_ORDER", noCommonOrder(real));
    }

    private Anomaly anomaly(String kind, String sentence) {
        Set<Integer> keys = new LinkedHashSet<>();
        for (int operation : operations) {
            for (int i = 0; i < recorded.history.writeCount(operation); i++) {
                keys.add(recorded.history.writeKey(operation, i));
            }
        }
        boolean readsOnly = keys.isEmpty();
        for (int operation : operations) {
            for (int i = 0; i < recorded.history.readCount(operation) && readsOnly; i++) {
                keys.add(recorded.history.readKey(operation, i));
            }
        }
        String key = keys.size() == 1 ? deeds.key(keys.iterator().next()) : "";
        return new Anomaly(kind, key, sentence, inTellingOrder());
    }

    /** By invocation, with the last snapshot, or the last operation where there is none, at the end. */
    private List<Integer> inTellingOrder() {
        List<Integer> order = new ArrayList<>();
        Arrays.stream(operations).sorted().forEach(order::add);
        int last = -1;
        for (int i = 0; i < recorded.observations.length; i++) {
            int snapshot = recorded.observationOperation(i);
            if (last < 0 || recorded.history.completed(snapshot) > recorded.history.completed(last)) {
                last = snapshot;
            }
        }
        if (last >= 0) {
            order.remove(Integer.valueOf(last));
            order.add(last);
        }
        return order;
    }

    private boolean samePosition(int[] real) {
        return real.length == 2
                && part.versions.hasPosition(real[0])
                && part.versions.hasPosition(real[1])
                && part.versions.mark(real[0]) == part.versions.mark(real[1]);
    }

    private String orderAgainst(int[] real) {
        for (int i = 0; i < real.length; i++) {
            if (inTimeOnly(real[i], real[(i + 1) % real.length])) {
                return "ORDER_AGAINST_TIME";
            }
        }
        return "ORDER_AGAINST_CAUSE";
    }

    /** Whether one write comes before the other for no other reason than that it was acknowledged earlier. */
    private boolean inTimeOnly(int from, int to) {
        return recorded.promise == Promise.STRICT
                && recorded.before(from, to)
                && !recorded.sameSession(from, to)
                && Mediators.between(recorded, from, to) == History.NONE
                && !isReported(from, to);
    }

    /** Whether one observation comes before the other since places never go back. */
    private boolean isStep(int from, int to) {
        return recorded.promise == Promise.MONOTONIC
                && (part.isObservation(from) || part.isObservation(to))
                && !(part.isObservation(to) && from < recorded.writes && sees(to, from))
                && recorded.history.session(operation(from)) == recorded.history.session(operation(to))
                && recorded.history.completed(operation(from)) < recorded.history.invoked(operation(to));
    }

    private int countSteps(int[] real) {
        int steps = 0;
        for (int i = 0; i < real.length; i++) {
            steps += isStep(real[i], real[(i + 1) % real.length]) ? 1 : 0;
        }
        return steps;
    }

    private String wentBack(int[] real) {
        int at = 0;
        while (!isStep(real[at], real[(at + 1) % real.length])) {
            at++;
        }
        int[] turned = new int[real.length];
        for (int i = 0; i < real.length; i++) {
            turned[i] = real[(at + i) % real.length];
        }
        int earlier = turned[0];
        int later = turned[1];
        if (countSteps(real) > 1 || !part.isObservation(earlier) || !part.isObservation(later)) {
            return oneOfThemWentBack(turned);
        }
        int missed = turned[2];
        int seen = turned[turned.length - 1];
        List<String> reasons = new ArrayList<>();
        for (int i = 2; i + 1 < turned.length && reasons.size() < TOLD; i++) {
            reasons.add(reason(turned[i], turned[i + 1]));
        }
        String start = step(earlier, later) + ": first it saw " + shown(earlier, seen);
        String order = missed == seen
                ? ", then a state before " + missing(later, missed)
                : ", then a state before " + missing(later, missed) + ", and "
                        + String.join("; ", withMore(reasons, turned.length - 3))
                        + "; so every order of the writes has "
                        + missing(later, missed) + " before " + shown(earlier, seen);
        return start + order + older(later, missed);
    }

    /** Of several steps no one session need be the one that went back: which of them did depends on the order of the writes. */
    private String oneOfThemWentBack(int[] cycle) {
        Set<String> sessions = new LinkedHashSet<>();
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < cycle.length; i++) {
            int from = cycle[i];
            int to = cycle[(i + 1) % cycle.length];
            if (isStep(from, to)) {
                sessions.add(deeds.session(operation(from)));
            }
            if (isStepBetweenWrites(cycle, i)) {
                int seen = cycle[(i + cycle.length - 1) % cycle.length];
                int missed = cycle[(i + 2) % cycle.length];
                facts.add(step(from, to) + ": first it saw " + shown(from, seen) + ", then a state before "
                        + missing(to, missed) + older(to, missed));
            } else if (!isStepBetweenWrites(cycle, i + 1) && !isStepBetweenWrites(cycle, i + cycle.length - 1)) {
                // else it is told with the step that it leads to, or from
                facts.add(reason(from, to));
            }
        }
        List<String> told = new ArrayList<>(facts.subList(0, Math.min(TOLD, facts.size())));
        return String.join("; ", withMore(told, facts.size()))
                + (sessions.size() > 1 ? "; whatever the order of the writes, " : "; so ")
                + String.join(" or ", sessions) + " went back to a state that it had left";
    }

    /** Whether from this place on a session saw a write, and afterwards missed one. */
    private boolean isStepBetweenWrites(int[] cycle, int place) {
        int seen = cycle[(place + cycle.length - 1) % cycle.length];
        int from = cycle[place % cycle.length];
        int to = cycle[(place + 1) % cycle.length];
        int missed = cycle[(place + 2) % cycle.length];
        return isStep(from, to)
                && part.isObservation(from)
                && part.isObservation(to)
                && !part.isObservation(seen)
                && !part.isObservation(missed)
                && !isStep(seen, from)
                && !isStep(to, missed);
    }

    private String step(int from, int to) {
        return did(from) + " and later " + deeds.act(operation(to));
    }

    private String againstCause(int[] real) {
        if (samePosition(real)) {
            return did(real[0]) + " and " + did(real[1]) + ", and the store reported position "
                    + part.versions.mark(real[0]) + " for both";
        }
        return String.join("; ", reasons(real, 0)) + ": so each would come before itself";
    }

    private String notAPrefix(int[] real) {
        int at = 0;
        while (!part.isObservation(real[at])) {
            at++;
        }
        int[] turned = new int[real.length];
        for (int i = 0; i < real.length; i++) {
            turned[i] = real[(at + i) % real.length];
        }
        int snapshot = turned[0];
        int missed = turned[1];
        int seen = turned[turned.length - 1];
        String start = did(snapshot) + ": it saw " + shown(snapshot, seen) + " but not " + missing(snapshot, missed);
        String older = older(snapshot, missed);
        if (missed == seen && shown(snapshot, seen).equals(missing(snapshot, missed))) {
            return did(snapshot) + TWO_STATES;
        }
        if (missed == seen) {
            return start + ", which " + deeds.session(recorded.writeOperation[seen]) + " wrote together ("
                    + deeds.when(recorded.writeOperation[seen]) + ")" + older;
        }
        String why;
        if (turned.length == 3) {
            why = which(missed, seen);
        } else {
            List<String> reasons = new ArrayList<>();
            for (int i = 1; i + 1 < turned.length && reasons.size() < TOLD; i++) {
                reasons.add(reason(turned[i], turned[i + 1]));
            }
            why = ", and " + String.join("; ", withMore(reasons, turned.length - 2)) + "; so";
        }
        return start + why + " every order of the writes has " + missing(snapshot, missed) + " before "
                + shown(snapshot, seen) + older;
    }

    /** Why the missed write is later than what the snapshot saw of its key; empty if it saw nothing there. */
    private String older(int snapshot, int missed) {
        int write = missed(snapshot, missed);
        int seen = seenBy(snapshot, recorded.writeKey[write]);
        return seen < 0 || recorded.lists.isList(recorded.writeKey[write])
                ? "" // a list shows by itself what is not on it
                : "; " + writtenTo(seen) + ", which it saw instead, is older: " + reason(recorded.node(seen), missed);
    }

    private String which(int missed, int seen) {
        int operation = recorded.writeOperation[missed];
        int later = recorded.writeOperation[seen];
        if (recorded.sameSession(missed, seen) && recorded.before(missed, seen)) {
            return ", which " + deeds.session(operation) + " had written (" + deeds.when(operation) + ") before "
                    + written(seen) + " (" + deeds.when(later) + "); so";
        }
        int mediator = Mediators.between(recorded, missed, seen);
        if (mediator != History.NONE) {
            return ", which " + deeds.session(later) + " had read (" + deeds.when(mediator) + ") before it wrote "
                    + written(seen) + " (" + deeds.when(later) + "); so";
        }
        return ", and " + reason(missed, seen) + "; so";
    }

    private String fork(int[] real) {
        List<String> sights = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < real.length; i++) {
            int node = real[i];
            int next = real[(i + 1) % real.length];
            if (part.isObservation(node)) {
                int previous = real[(i + real.length - 1) % real.length];
                sights.add(did(node) + ", with " + shown(node, previous) + " and without " + missing(node, next));
                int missed = recorded.writeKey[missed(node, next)];
                int seen = seenBy(node, missed);
                if (seen >= 0 && !recorded.lists.isList(missed)) {
                    reasons.add(reason(recorded.node(seen), next));
                }
            } else if (!part.isObservation(next)) {
                reasons.add(reason(node, next));
            }
        }
        String because = reasons.isEmpty() ? "" : " (" + String.join("; ", new LinkedHashSet<>(reasons)) + ")";
        return String.join("; ", sights) + ": no one order of the writes has both" + because;
    }

    private String doubleCas(int[] real) {
        return did(real[0]) + " and " + did(real[1]) + ": only one of them can have found "
                + deeds.read(recorded.writeOperation[real[0]]);
    }

    private String noCommonOrder(int[] real) {
        if (real.length > 0) {
            return String.join("; ", reasons(real, 0)) + ": so each would come before itself";
        }
        List<String> told = new ArrayList<>();
        List<Integer> order = inTellingOrder();
        for (int operation : order.subList(0, Math.min(MOST_DEEDS, order.size()))) {
            told.add(deeds.did(operation));
        }
        return String.join("; ", withMore(told, order.size()))
                + ": no order of these writes shows every reader one of its states"
                + (recorded.promise == Promise.MONOTONIC ? " without going back" : "");
    }

    private static List<String> withMore(List<String> told, int all) {
        if (told.size() < all) {
            told.add("and " + (all - told.size()) + " more");
        }
        return told;
    }

    private List<String> reasons(int[] real, int from) {
        List<String> reasons = new ArrayList<>();
        for (int i = from; i < real.length && reasons.size() < TOLD; i++) {
            reasons.add(reason(real[i], real[(i + 1) % real.length]));
        }
        return withMore(reasons, real.length - from);
    }

    /** Why one node comes before another. */
    private String reason(int from, int to) {
        if (isStep(from, to)) {
            return step(from, to);
        }
        if (part.isObservation(to)) {
            return did(to) + ", which shows " + shown(to, from);
        }
        if (part.isObservation(from)) {
            int key = recorded.writeKey[missed(from, to)];
            int seen = seenBy(from, key);
            return did(from) + ", before " + missing(from, to)
                    + (seen >= 0 && !recorded.lists.isList(key)
                            ? " (" + reason(recorded.node(seen), to) + ")"
                            : " was there");
        }
        int first = recorded.writeOperation[from];
        int second = recorded.writeOperation[to];
        if (recorded.casRead[to] >= 0 && recorded.node(recorded.casRead[to]) == from) {
            return did(to);
        }
        if (Mediators.readItself(recorded, from, to)) {
            return did(to) + ", after " + written(from);
        }
        if (recorded.sameSession(from, to) && recorded.before(from, to)) {
            return deeds.session(first) + " wrote " + written(from) + " (" + deeds.when(first) + ") and then "
                    + written(to) + " (" + deeds.when(second) + ")";
        }
        int mediator = Mediators.between(recorded, from, to);
        if (mediator != History.NONE) {
            return deeds.did(mediator) + " and then wrote " + written(to) + " (" + deeds.when(second) + ")";
        }
        String listed = listed(from, to);
        if (!listed.isEmpty()) {
            return listed;
        }
        if (isReported(from, to)) {
            return reported(part.versions.hasPosition(from) ? "position" : "version", from, to);
        }
        if (recorded.before(from, to) && (shareKey(from, to) || recorded.promise == Promise.STRICT)) {
            return written(from) + " was acknowledged " + deeds.gapBefore(first, second) + " " + written(to)
                    + " was written";
        }
        for (int at = 0; at < recorded.observations.length && part.observers.anyAtCas(); at++) {
            int place = part.observers.place(at);
            if ((place == from && !sees(recorded.writes + at, to))
                    || (place == to && sees(recorded.writes + at, from))) {
                return deeds.did(recorded.observationOperation(at)) + ", still in the state that " + did(place)
                        + " had found, " + (place == from ? "before " + written(to) : "which shows " + written(from));
            }
        }
        if (recorded.casRead[from] != Recorded.NO_CAS) {
            return did(from) + ", with nothing between, so that " + written(to) + " came later";
        }
        return written(from) + " came before " + written(to);
    }

    private boolean isReported(int from, int to) {
        boolean comparable = shareKey(from, to) || (part.versions.hasPosition(from) && part.versions.hasPosition(to));
        return comparable
                && part.versions.mark(from) != History.ABSENT
                && part.versions.mark(to) != History.ABSENT
                && part.versions.mark(from) < part.versions.mark(to);
    }

    private String reported(String what, int from, int to) {
        return "the store reported " + what + " " + part.versions.mark(from) + " for " + written(from) + " and "
                + part.versions.mark(to) + " for " + written(to);
    }

    private int seenBy(int observationNode, int key) {
        int seen = seenAt(observationNode - recorded.writes, key);
        return seen == Recorded.LEFT_OUT ? Recorded.INITIAL : seen;
    }

    /** What an observation saw of a key, or {@link Recorded#LEFT_OUT} if nothing. */
    private int seenAt(int observation, int key) {
        int i = recorded.observations[observation];
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            if (recorded.entryKey(i, entry) == key) {
                return recorded.entryWrite[entry];
            }
        }
        return Recorded.LEFT_OUT;
    }

    private String did(int node) {
        return deeds.did(operation(node));
    }

    private int operation(int node) {
        return node < recorded.writes
                ? recorded.writeOperation[node]
                : recorded.observationOperation(node - recorded.writes);
    }

    /** Why one append comes before another: a read of the list shows it; empty if none does. */
    private String listed(int from, int to) {
        for (int first = from; first < recorded.endOfNode(from); first++) {
            for (int second = to; second < recorded.endOfNode(to); second++) {
                if (part.versions.isShownBefore(first, second)) {
                    return deeds.did(Mediators.firstList(recorded, first)) + ", which shows " + writtenTo(first)
                            + (recorded.placeShown(second) >= 0 ? " before " : " without ") + writtenTo(second);
                }
            }
        }
        return "";
    }

    private boolean shareKey(int from, int to) {
        for (int first = from; first < recorded.endOfNode(from); first++) {
            for (int second = to; second < recorded.endOfNode(to); second++) {
                if (recorded.writeKey[first] == recorded.writeKey[second]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the observation returned what the node wrote, of a list as its last element. */
    private boolean sees(int observationNode, int writer) {
        int i = recorded.observations[observationNode - recorded.writes];
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            if (recorded.entryWrite[entry] >= 0 && recorded.node(recorded.entryWrite[entry]) == writer) {
                return true;
            }
        }
        return false;
    }

    /** What the observation saw of what the node wrote. */
    private String shown(int observationNode, int writer) {
        int i = recorded.observations[observationNode - recorded.writes];
        for (int write = writer; write < recorded.endOfNode(writer); write++) {
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                if (recorded.entryWrite[entry] == write) {
                    return writtenTo(write);
                }
            }
        }
        return written(writer);
    }

    /** What the observation did not see of what the node wrote, though it read the key. */
    private String missing(int observationNode, int writer) {
        return writtenTo(missed(observationNode, writer));
    }

    private int missed(int observationNode, int writer) {
        int i = recorded.observations[observationNode - recorded.writes];
        for (int write = writer; write < recorded.endOfNode(writer); write++) {
            for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                int seen = recorded.entryWrite[entry];
                if (seen != Recorded.LEFT_OUT
                        && recorded.entryKey(i, entry) == recorded.writeKey[write]
                        && (seen < 0 || part.versions.place[seen] < part.versions.place[write])) {
                    return write;
                }
            }
        }
        return writer;
    }

    /** All that a node wrote. */
    private String written(int writer) {
        Set<String> all = new LinkedHashSet<>();
        for (int write = writer; write < recorded.endOfNode(writer); write++) {
            all.add(writtenTo(write));
        }
        return String.join(" and ", all);
    }

    /** One write. */
    private String writtenTo(int write) {
        return deeds.written(recorded.writeOperation[write], recorded.writeKey[write]);
    }
}
