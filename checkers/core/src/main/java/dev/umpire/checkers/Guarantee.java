package dev.umpire.checkers;

import dev.umpire.checkers.availability.AvailableWithin;
import dev.umpire.checkers.availability.RecoversWithin;
import dev.umpire.checkers.bank.ConservedTotal;
import dev.umpire.checkers.causal.Causal;
import dev.umpire.checkers.causal.CausalConvergence;
import dev.umpire.checkers.causal.CausalMemory;
import dev.umpire.checkers.causal.Pram;
import dev.umpire.checkers.convergence.Durability;
import dev.umpire.checkers.convergence.Eventual;
import dev.umpire.checkers.counter.Counter;
import dev.umpire.checkers.integrity.Integrity;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.log.LogOrder;
import dev.umpire.checkers.prefix.ConsistentPrefix;
import dev.umpire.checkers.prefix.MonotonicPrefix;
import dev.umpire.checkers.prefix.StrictConsistentPrefix;
import dev.umpire.checkers.sequential.Sequential;
import dev.umpire.checkers.session.MonotonicReads;
import dev.umpire.checkers.session.ReadYourWrites;
import dev.umpire.checkers.session.SessionGuarantees;
import dev.umpire.checkers.staleness.Bound;
import dev.umpire.checkers.staleness.BoundedStaleness;
import dev.umpire.checkers.uniqueness.Uniqueness;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Checker;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.TimeBound;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A guarantee that Umpire can judge, by its name on the command line.
 *
 * <pre>
 * Verdict verdict = Guarantee.MONOTONIC_READS.check(History.read(Path.of("history.edn")));
 * </pre>
 */
public final class Guarantee {

    /** A session sees its own acknowledged writes, or newer ones; also called read-after-write. */
    public static final Guarantee READ_YOUR_WRITES = new Guarantee(
            ReadYourWrites.NAME, "a session sees its own acknowledged writes, or newer ones", ReadYourWrites::check);

    /** A session never sees a key go back in time. */
    public static final Guarantee MONOTONIC_READS =
            new Guarantee(MonotonicReads.NAME, "a session never sees a key go back in time", MonotonicReads::check);

    /** The writes of a session take effect in its order. */
    public static final Guarantee MONOTONIC_WRITES =
            session(List.of("monotonic-writes"), "the writes of a session take effect in its order");

    /** What a session writes is newer than what it had read. */
    public static final Guarantee WRITES_FOLLOW_READS =
            session(List.of("writes-follow-reads"), "what a session writes is newer than what it had read");

    /** Each session sees the writes of every other in the order in which that one made them. */
    public static final Guarantee PRAM = new Guarantee(
            Pram.NAME, "each session sees the writes of every other session in the order of that session", Pram::check);

    /** Each session sees one order of all writes, causes before effects. */
    public static final Guarantee CAUSAL_MEMORY = new Guarantee(
            CausalMemory.NAME, "each session sees one order of all writes, causes before effects", CausalMemory::check);

    /** What a read returns fits an order of its causal past. */
    public static final Guarantee CAUSAL = new Guarantee(
            Causal.NAME, "nobody sees an effect without its causes, or what its causes replaced", Causal::check);

    /** Causal, with one order of all writes. */
    public static final Guarantee CAUSAL_CONVERGENCE = new Guarantee(
            CausalConvergence.NAME, "causal, and all agree on one order of the writes", CausalConvergence::check);

    /** What is observed is the state after some prefix of one order of all writes. */
    public static final Guarantee CONSISTENT_PREFIX = new Guarantee(
            "consistent-prefix",
            "every observation is the state after some prefix of one order of all writes",
            ConsistentPrefix::check);

    /** As consistent prefix, in an order that also keeps real time over all keys. */
    public static final Guarantee STRICT_CONSISTENT_PREFIX = new Guarantee(
            "strict-consistent-prefix",
            "every observation is the state after some prefix of one order of all writes that keeps real time",
            StrictConsistentPrefix::check);

    /** As consistent prefix, and no session goes back to a shorter prefix. */
    public static final Guarantee MONOTONIC_PREFIX = new Guarantee(
            "monotonic-prefix",
            "every observation is the state after some prefix of one order of all writes, and no session goes back",
            MonotonicPrefix::check);

    /** No acknowledged write is lost: final reads return it, or something newer. */
    public static final Guarantee DURABILITY = new Guarantee(
            Durability.NAME, "final reads return every acknowledged write, or something newer", Durability::check);

    /** In the end all nodes hold the same value. */
    public static final Guarantee EVENTUAL =
            new Guarantee(Eventual.NAME, "in the end all nodes hold the same value of a key", Eventual::check);

    /** Reads return what was written. */
    public static final Guarantee INTEGRITY = new Guarantee(
            Integrity.NAME, "reads return what was written, and versions name one value each", Integrity::check);

    /** Every operation takes effect at one moment between its invocation and its completion. */
    public static final Guarantee LINEARIZABLE = new Guarantee(
            Linearizable.NAME,
            "every operation takes effect at one moment between its invocation and its completion",
            Linearizable::check);

    /** What a read returns was the newest value not too long ago; {@link #named} takes the bound. */
    public static final Guarantee BOUNDED_STALENESS = new Guarantee(
            BoundedStaleness.NAME, "no read is staler than a bound of time or versions", BoundedStaleness::check);

    /** There is one order of all operations that keeps each session's own order. */
    public static final Guarantee SEQUENTIAL = new Guarantee(
            Sequential.NAME,
            "one order of all operations keeps each session's own order, and every read returns the latest write",
            Sequential::check);

    /** A counter returns what can have been counted. */
    public static final Guarantee COUNTER = new Guarantee(
            Counter.NAME, "every read of a counter is a sum of what can have been counted", Counter::check);

    /** Nothing is handed out twice. */
    public static final Guarantee UNIQUENESS =
            new Guarantee(Uniqueness.NAME, "no value is acknowledged to two callers", Uniqueness::check);

    /** Every consumer of a log gets the same messages in the same order. */
    public static final Guarantee LOG_ORDER = new Guarantee(
            LogOrder.NAME, "consumers of a log agree, go forward, skip and repeat nothing", LogOrder::check);

    /** Transfers make no money and lose none. */
    public static final Guarantee CONSERVED_TOTAL = new Guarantee(
            ConservedTotal.NAME, "all reads of the accounts of a bank find the same sum", ConservedTotal::check);

    /** After a fault the store soon acknowledges again what it did before; {@link #named} takes the bound. */
    public static final Guarantee RECOVERS_WITHIN = new Guarantee(
            RecoversWithin.NAME,
            "after each fault operations are acknowledged again within a bound of time",
            RecoversWithin::check);

    /** Whoever asks, somebody is soon acknowledged; {@link #named} takes the bound. */
    public static final Guarantee AVAILABLE_WITHIN = new Guarantee(
            AvailableWithin.NAME,
            "there is never more than a bound of time in which operations are asked for and none is acknowledged",
            AvailableWithin::check);

    private static final List<Guarantee> DEFAULTS =
            List.of(READ_YOUR_WRITES, MONOTONIC_READS, CONSISTENT_PREFIX, DURABILITY, EVENTUAL, INTEGRITY);

    private static final List<Guarantee> ALL = List.of(
            READ_YOUR_WRITES,
            MONOTONIC_READS,
            MONOTONIC_WRITES,
            WRITES_FOLLOW_READS,
            PRAM,
            CAUSAL,
            CAUSAL_MEMORY,
            CAUSAL_CONVERGENCE,
            CONSISTENT_PREFIX,
            STRICT_CONSISTENT_PREFIX,
            MONOTONIC_PREFIX,
            SEQUENTIAL,
            LINEARIZABLE,
            DURABILITY,
            EVENTUAL,
            INTEGRITY,
            BOUNDED_STALENESS,
            COUNTER,
            UNIQUENESS,
            LOG_ORDER,
            CONSERVED_TOTAL);

    private static final List<Guarantee> KNOWN = Stream.concat(
                    ALL.stream(), Stream.of(RECOVERS_WITHIN, AVAILABLE_WITHIN))
            .toList();

    private final String name;
    private final String meaning;
    private final Checker checker;

    Guarantee(String name, String meaning, Checker checker) {
        this.name = name;
        this.meaning = meaning;
        this.checker = checker;
    }

    /** All that is judged where everything is asked for: the consistency of what clients saw. */
    public static List<Guarantee> all() {
        return ALL;
    }

    /**
     * {@link #all} and those that are judged only where their names are given: of availability, as nobody but the user knows how
     * long is too long.
     */
    public static List<Guarantee> known() {
        return KNOWN;
    }

    /** The guarantees that are judged where nobody names one, in the order in which they are told. */
    public static List<Guarantee> defaults() {
        return DEFAULTS;
    }

    /**
     * The guarantee of this name, or of another name for it.
     *
     * @throws IllegalArgumentException if there is none, or none that has a checker; the message lists those that have
     */
    public static Guarantee named(String name) {
        Optional<Guarantee> bounded = bounded(name);
        if (bounded.isPresent()) {
            return bounded.get();
        }
        List<String> parts = GuaranteeNames.sessionParts(name);
        if (parts.size() > 1) {
            return session(parts, "all of these under one order of the versions of each key");
        }
        // one of them twice is that one
        return GuaranteeNames.find(parts.isEmpty() ? name : parts.get(0), KNOWN);
    }

    private static Optional<Guarantee> bounded(String name) {
        int colon = name.indexOf(':');
        String typed = name.substring(colon + 1);
        return switch (name.substring(0, Math.max(0, colon))) {
            case BoundedStaleness.NAME -> {
                Bound bound = Bound.parse(typed);
                yield Optional.of(new Guarantee(
                        name,
                        "no read is staler than " + bound.text(),
                        (history, options) -> BoundedStaleness.check(history, options, bound)));
            }
            case RecoversWithin.NAME -> {
                TimeBound bound = TimeBound.parse(RecoversWithin.NAME, typed);
                yield Optional.of(new Guarantee(
                        name,
                        "after each fault operations are acknowledged again within " + bound.text(),
                        (history, options) -> RecoversWithin.check(history, options, bound)));
            }
            case AvailableWithin.NAME -> {
                TimeBound bound = TimeBound.parse(AvailableWithin.NAME, typed);
                yield Optional.of(new Guarantee(
                        name,
                        "there are never more than " + bound.text()
                                + " in which operations are asked for and none is acknowledged",
                        (history, options) -> AvailableWithin.check(history, options, bound)));
            }
            default -> Optional.empty();
        };
    }

    private static Guarantee session(List<String> parts, String meaning) {
        String name = String.join("+", parts);
        return new Guarantee(
                name, meaning, (history, options) -> SessionGuarantees.check(name, parts, history, options));
    }

    /** {@code read-your-writes}, {@code monotonic-reads}, ... */
    public String name() {
        return name;
    }

    /** One sentence for people, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** The same guarantee judged by another checker; for a second opinion. */
    public Guarantee judgedBy(Checker other) {
        return new Guarantee(name, meaning, other);
    }

    /** The verdict under {@link CheckOptions#DEFAULT}. */
    public Verdict check(History history) {
        return check(history, CheckOptions.DEFAULT);
    }

    /**
     * The verdict: a pure function of the history and the options. Of a recording without real time it is UNKNOWN for
     * guarantees that speak of it, and {@code session} write order is assumed where {@code real-time} was asked for. Where the
     * heap is too small it is UNKNOWN, and says so.
     */
    public Verdict check(History history, CheckOptions options) {
        try {
            return WithoutRealTime.refusal(name, history)
                    .orElseGet(() -> ReadsLeftOut.remark(
                            checker.check(history, WithoutRealTime.options(options, history)), history));
        } catch (OutOfMemoryError tooLittle) {
            // what the checker held is free again, and the other checkers may need less
            return Verdict.undecided(
                    name,
                    "the heap of at most " + Words.number(Runtime.getRuntime().maxMemory() / 1_000_000)
                            + " MB is too small for this checker: give it more, as with -Xmx8g");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
