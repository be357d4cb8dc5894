package dev.umpire.checkers.session;

import dev.umpire.checkers.order.Completions;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.Sources;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.agrona.collections.IntArrayList;

/**
 * What the reads of one key have to include because their observation showed writes of other keys.
 *
 * <p>Whoever sees a write w2 of another key, in the same operation or, under monotonic reads, earlier in its session, has to
 * see here what the writer of w2 had written here before (monotonic-writes), and what it had read here (writes-follow-reads),
 * or something newer. That is for each writer a first part of its {@link EarlierDeeds}: all that completed before w2 was
 * invoked. The last invoked w2 of a session stands for all of them.
 *
 * <p>One pass over the reads finds those that plainly lack something. Of the rest only what the source of order does not say
 * anyway, and what was not asked of an earlier read of the same session already, becomes edges of the graph.
 * O(reads &times; sessions) steps, most of them a comparison, and O(log accesses) edges for each that is left.
 */
final class Inclusions {
    private static final int NONE = -1;
    /** A group of deeds, how many of them, the read that showed a later write, that write, and the read that is asked. */
    private static final int ASKED = 5;

    /**
     * A read that has to include a deed.
     *
     * @param deed one of the {@link #deeds}
     * @param shownBy the read that showed the later write of the deed's session, a place in the {@link ShownWrites}
     * @param later the operation of that write
     * @param read the access that has to include it
     */
    record Inclusion(int deed, int shownBy, int later, int read) {}

    /** What all keys share: what was shown to whom. */
    record Observations(ShownWrites shown, LatestShown byOperation, Optional<LatestShown> bySession) {

        /** Of reads that were added already; sessions are viewers too where their reads bind one another. */
        static Observations of(ShownWrites shown, boolean ownReads) {
            shown.group();
            return new Observations(
                    shown,
                    LatestShown.byOperation(shown),
                    ownReads ? Optional.of(LatestShown.bySession(shown)) : Optional.empty());
        }
    }

    private final Register register;
    private final OrderSource source;
    private final Bindings bindings;
    private final Observations observed;
    private final EarlierDeeds deeds;
    private final IntArrayList missing = new IntArrayList();
    private final IntArrayList asked = new IntArrayList();
    private long obliged;
    private boolean any;

    // of the session at hand, by group of deeds: how many its reads here include already
    private final int[] included;
    // of the read at hand
    private int read;
    private boolean isObliged;
    private int bestDeed;
    private int bestShownBy;
    private int bestLater;

    Inclusions(Register register, OrderSource source, Bindings bindings, Observations observed) {
        this.register = register;
        this.source = source;
        this.bindings = bindings;
        this.observed = observed;
        deeds = new EarlierDeeds(register, source, bindings);
        included = new int[deeds.groups()];
        SessionLists sessions = register.sessions();
        for (int s = 0; s < sessions.count() && deeds.groups() > 0; s++) {
            lookAt(sessions, s);
        }
    }

    /** The entries of a session that tell of groups here, and how far each has come. */
    private final class Past {
        private final LatestShown latest;
        private final int[] entry;
        private final int[] group;
        private final int[] step;
        private final int[] count;
        private int size;

        private Past(LatestShown latest, int session) {
            this.latest = latest;
            int from = latest.from(session);
            int to = latest.from(session + 1);
            entry = new int[to - from];
            group = new int[to - from];
            step = new int[to - from];
            count = new int[to - from];
            for (int e = from; e < to; e++) {
                int of = deeds.group(latest.session(e));
                if (of != NONE) {
                    entry[size] = e;
                    group[size] = of;
                    step[size++] = latest.firstStep(e) - 1;
                }
            }
        }

        private void ask(int invoked, boolean sequential) {
            for (int i = 0; i < size; i++) {
                step[i] = latest.lastStepBefore(entry[i], step[i] + 1, invoked);
                if (step[i] < latest.firstStep(entry[i])) {
                    continue;
                }
                int later = latest.write(step[i], register.key());
                if (later != History.NONE) {
                    count[i] = deeds.countBefore(group[i], register.history().invoked(later), count[i]);
                    include(group[i], count[i], latest.read(step[i], register.key()), later, sequential);
                }
            }
        }
    }

    private void lookAt(SessionLists sessions, int s) {
        int session = register.session(sessions.access(sessions.from(s)));
        Optional<Past> past = observed.bySession().map(latest -> new Past(latest, session));
        boolean sequential =
                past.isPresent() && new Completions(register, sessions, s, register::isGoodRead).isSequential();
        Arrays.fill(included, 0);
        int earliest = History.NEVER;
        for (int i = sessions.from(s); i < sessions.to(s); i++) {
            int a = sessions.access(i);
            boolean obliges = (bindings.ownWrites() && register.writeOf(a) >= 0)
                    || (bindings.ownReads() && register.isGoodRead(a));
            if (register.isGoodRead(a)) {
                begin(a);
                together(sequential);
                past.ifPresent(of -> of.ask(register.invoked(a), sequential));
                end(earliest < register.invoked(a));
            }
            earliest = obliges ? Math.min(earliest, register.completed(a)) : earliest;
        }
    }

    private void begin(int access) {
        read = access;
        isObliged = false;
        bestDeed = NONE;
    }

    /** What the other reads of the same operation showed. */
    private void together(boolean sequential) {
        LatestShown latest = observed.byOperation();
        int operation = register.operation(read);
        for (int e = latest.from(operation); e < latest.from(operation + 1); e++) {
            int group = deeds.group(latest.session(e));
            int later = latest.write(latest.firstStep(e), register.key());
            if (group != NONE && later != History.NONE) {
                int count = deeds.countBefore(group, register.history().invoked(later), 0);
                include(group, count, latest.read(latest.firstStep(e), register.key()), later, sequential);
            }
        }
    }

    private void include(int group, int count, int shownBy, int later, boolean sequential) {
        if (count == 0) {
            return;
        }
        isObliged = true;
        int value = register.source(read);
        int newest = deeds.newest(group, count);
        boolean lacks = value == Register.INITIAL || source.before(register, value, deeds.write(newest));
        if (lacks && isPlain(newest, shownBy, later) && isBetter(shownBy)) {
            bestDeed = newest;
            bestShownBy = shownBy;
            bestLater = later;
        }
        boolean news = !sequential || count > included[group];
        included[group] = Math.max(included[group], count);
        if (news && value != Register.INITIAL && !deeds.areBefore(group, count, value)) {
            asked.addInt(group);
            asked.addInt(count);
            asked.addInt(shownBy);
            asked.addInt(later);
            asked.addInt(read);
        }
    }

    /**
     * Whether the violation says nothing that two of its operations break by themselves: the write of what was read, by its
     * own session's earlier deeds, or the read that showed the later write, by what it returned of this key.
     */
    private boolean isPlain(int deed, int shownBy, int later) {
        int value = register.source(read);
        if (value >= 0) {
            int write = register.accessOfWrite(value);
            boolean own = register.session(write) == register.session(deeds.access(deed))
                    && register.isAcknowledged(value)
                    && register.completed(deeds.access(deed)) < register.invoked(write);
            if (own || register.operation(write) == later) {
                return false;
            }
        }
        int showing = observed.shown().operation(shownBy);
        return showing == register.operation(read) || !readsHere(showing);
    }

    /** Whether an operation has a good read of this key. */
    private boolean readsHere(int operation) {
        int low = 0;
        int high = register.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (register.operation(middle) < operation) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while (low < register.size() && register.operation(low) == operation) {
            if (register.isGoodRead(low++)) {
                return true;
            }
        }
        return false;
    }

    /** Of one observation rather than of two, then the nearer one. */
    private boolean isBetter(int shownBy) {
        return bestDeed == NONE
                || observed.shown().operation(shownBy) > observed.shown().operation(bestShownBy);
    }

    private void end(boolean isObligedAnyway) {
        any |= isObliged;
        obliged += isObliged && !isObligedAnyway ? 1 : 0;
        if (bestDeed != NONE) {
            missing.addInt(bestDeed);
            missing.addInt(bestShownBy);
            missing.addInt(bestLater);
            missing.addInt(read);
        }
    }

    /** Whether any read has to include anything. */
    boolean any() {
        return any;
    }

    /** How many reads have to include something, but for those that an earlier read or write of their session binds. */
    long obliged() {
        return obliged;
    }

    EarlierDeeds deeds() {
        return deeds;
    }

    /** Reports the reads that plainly lack something, and flags them. */
    void flag(BitSet flagged, InclusionAnomalies found) {
        for (int i = 0; i < missing.size(); i += 4) {
            Inclusion lacking = new Inclusion(
                    missing.getInt(i), missing.getInt(i + 1), missing.getInt(i + 2), missing.getInt(i + 3));
            if (!flagged.get(lacking.read())) {
                found.missing(this, lacking);
                flagged.set(lacking.read());
            }
        }
    }

    /** Puts what has to be included before what the unflagged reads returned. */
    void addTo(VersionGraph graph, BitSet flagged) {
        int[] start = new int[deeds.groups() + 1];
        for (int i = 0; i < asked.size(); i += ASKED) {
            start[asked.getInt(i) + 1]++;
        }
        for (int group = 0; group < deeds.groups(); group++) {
            start[group + 1] += start[group];
        }
        int[] next = Arrays.copyOf(start, start.length);
        long[] byCount = new long[asked.size() / ASKED];
        for (int i = 0; i < asked.size(); i += ASKED) {
            byCount[next[asked.getInt(i)]++] = ((long) asked.getInt(i + 1) << 32) | i;
        }
        for (int group = 0; group < deeds.groups(); group++) {
            Arrays.sort(byCount, start[group], start[group + 1]);
            Sources sources = graph.newSources();
            int added = 0;
            for (int i = start[group]; i < start[group + 1]; i++) {
                int at = (int) byCount[i];
                while (added < asked.getInt(at + 1)) {
                    sources.add(deeds.write(deeds.from(group) + added++));
                }
                if (!flagged.get(asked.getInt(at + 4))) {
                    sources.before(register.source(asked.getInt(at + 4)));
                }
            }
        }
    }

    /** An unflagged read of one of some writes that has to include one of some others; empty: there is none. */
    Optional<Inclusion> between(IntPredicate earlier, IntPredicate later, BitSet flagged) {
        int[] first = deeds.firstOf(earlier);
        for (int i = 0; i < asked.size(); i += ASKED) {
            int group = asked.getInt(i);
            int reading = asked.getInt(i + 4);
            boolean includes = first[group] > 0 && first[group] <= asked.getInt(i + 1);
            if (includes && later.test(register.source(reading)) && !flagged.get(reading)) {
                int deed = deeds.from(group) + first[group] - 1;
                return Optional.of(new Inclusion(deed, asked.getInt(i + 2), asked.getInt(i + 3), reading));
            }
        }
        return Optional.empty();
    }

    /** The operations that oblige the read, and the read last. */
    List<Integer> operations(Inclusion inclusion) {
        return List.of(
                register.operation(deeds.access(inclusion.deed())),
                inclusion.later(),
                observed.shown().operation(inclusion.shownBy()),
                register.operation(inclusion.read()));
    }

    /** What obliges the read, and what it returned; {@code session 1 wrote ..., and later y=2 ...; session 3 read ...}. */
    String because(Inclusion inclusion, Words words) {
        List<Integer> operations = operations(inclusion);
        int key = register.key();
        ShownWrites shown = observed.shown();
        int otherKey = shown.key(inclusion.shownBy());
        boolean own = deeds.isOwnWrite(inclusion.deed());
        boolean together = operations.get(2).equals(operations.get(3));
        return (own ? words.wrote(operations.get(0), key) : words.read(register, deeds.access(inclusion.deed())))
                + ", and later the same session: " + words.wrote(operations.get(1), otherKey) + "; "
                + words.read(operations.get(2), otherKey, shown.value(inclusion.shownBy()))
                + (together ? ", and together with it " : ", and then ")
                + words.readWhat(register, inclusion.read());
    }
}
