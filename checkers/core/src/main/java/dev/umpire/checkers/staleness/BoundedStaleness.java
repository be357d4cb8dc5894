package dev.umpire.checkers.staleness;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Optional;

/**
 * Bounded staleness: what a read returns was the newest value not too long ago.
 *
 * <p><b>Definition.</b> The time staleness of an OK read r is the time from the first acknowledgement of a write that is
 * newer than what r returned, in every admissible order of the key's writes, to r's invocation; 0 if there was none by
 * then. Its version staleness is how many such writes had been acknowledged when r was invoked. The guarantee holds if no
 * read is staler than the bound. Sources: Golab, Li, Shah, <i>Analyzing Consistency Properties for Fun and Profit</i>,
 * PODC 2011 (&Delta;-atomicity); Aiyer, Alvisi, Bazzi, <i>On the Availability of Non-strict Quorum Systems</i>, DISC 2005
 * (k-atomicity); Bailis et al., <i>Probabilistically Bounded Staleness</i>, VLDB 2012 (the distribution). Unlike the first
 * two, each read is measured by itself; where the order of versions is inferred, the measure is a lower bound.
 *
 * <p><b>Algorithm.</b> Key by key: the newer writes of each value are stretches of one row ({@link Overwriters}); the
 * earliest acknowledgement in them, and one sweep over reads and acknowledgements that counts. O(n log n).
 *
 * <p><b>Witness.</b> {@code STALE_READ}: the write of the value that was returned (none for the initial value), the first
 * acknowledged newer write, or as many as one more than the bound, what makes them newer, and the read. The stalest reads
 * are listed.
 */
public final class BoundedStaleness {

    /** As on the command line, where a bound may follow: {@code bounded-staleness:500ms}. */
    public static final String NAME = "bounded-staleness";

    private final String name;
    private final Optional<Bound> bound;
    private final History history;
    private final CheckOptions options;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final Distribution distribution;
    private final StalenessOfReads listener;
    private boolean inferred;
    private boolean reported;

    private BoundedStaleness(History history, CheckOptions options, Optional<Bound> bound, StalenessOfReads listener) {
        this.history = history;
        this.listener = listener;
        this.options = options;
        this.bound = bound;
        name = bound.map(one -> NAME + ":" + one.text()).orElse(NAME);
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
        distribution = new Distribution(bound);
    }

    /** Without a bound: the distribution alone, and the answer is UNKNOWN. */
    public static Verdict check(History history, CheckOptions options) {
        return check(history, options, (operation, versions, nanos) -> {});
    }

    /** As {@link #check(History, CheckOptions)}, and tells of each read. */
    public static Verdict check(History history, CheckOptions options, StalenessOfReads listener) {
        return new BoundedStaleness(history, options, Optional.empty(), listener).verdict();
    }

    /** Whether every read is within the bound. */
    public static Verdict check(History history, CheckOptions options, Bound bound) {
        return new BoundedStaleness(history, options, Optional.of(bound), (operation, versions, nanos) -> {}).verdict();
    }

    private Verdict verdict() {
        Registers registers = Registers.of(history);
        long obliged = 0;
        for (int key = 0; key < registers.keyCount(); key++) {
            obliged += judge(registers.register(key));
        }
        if (inferred) {
            // a read that is called fresh may be stale in the order that there really was
            anomalies.moreMayExist();
        }
        boolean inTime = bound.isPresent() && bound.get().unit() == Bound.Unit.NANOS;
        boolean timeless = inTime && !anyTime();
        Verdict verdict = reasons.verdict(
                        name,
                        inferred ? Optional.of(options.writeOrder().phrase()) : Optional.empty(),
                        algorithm(),
                        obliged,
                        obliged,
                        anomalies,
                        "nobody read anything: nothing could have been violated")
                .with(distribution.figures());
        if (verdict.answer() != Answer.VALID) {
            return verdict;
        }
        if (timeless) {
            return undecided(verdict, "no times are recorded, so that nobody can say how long a value had been stale");
        }
        return bound.isPresent()
                ? verdict
                : undecided(verdict, "no bound was asked for, as in " + NAME + ":500ms or " + NAME + ":3versions");
    }

    private static Verdict undecided(Verdict verdict, String why) {
        String reason = verdict.reason().map(more -> why + "; " + more).orElse(why);
        return new Verdict(
                verdict.guarantee(),
                Answer.UNKNOWN,
                verdict.assumes(),
                verdict.algorithm(),
                verdict.obliged(),
                verdict.examined(),
                Optional.of(reason),
                0,
                verdict.anomalies(),
                verdict.figures(),
                false);
    }

    private boolean anyTime() {
        for (int o = 0; o < history.size(); o++) {
            if (history.invokedNanos(o) != History.ABSENT) {
                return true;
            }
        }
        return false;
    }

    private String algorithm() {
        String order = reported
                ? inferred ? "reported and inferred version order" : "reported version order"
                : "inferred version order";
        return "newer acknowledged writes counted for each read; " + order
                + (inferred || !reported ? ", staleness is a lower bound" : "");
    }

    /** Measures the reads of one key; returns how many there were. */
    private long judge(Register register) {
        if (!reasons.isRegister(register)) {
            return 0;
        }
        reasons.leaveOut(register.leftOut());
        long reads = 0;
        for (int a = 0; a < register.size(); a++) {
            reads += register.isGoodRead(a) ? 1 : 0;
        }
        if (reads == 0 || !reasons.isJoinable(register)) {
            return 0;
        }
        OrderSource source = OrderSource.of(register, options.writeOrder());
        if (source.reported().isPresent()) {
            ReportedVersions numbers = source.reported().get();
            Optional<int[]> contradiction = numbers.contradiction(register);
            if (contradiction.isPresent()) {
                reasons.contradictoryReport(register, numbers, contradiction.get());
                return 0;
            }
        }
        VersionGraph graph = new VersionGraph(register, source);
        if (graph.hasChains()) {
            if (!graph.conflictingCas().isEmpty()
                    || !graph.againstChain().isEmpty()
                    || !graph.contradictions().isEmpty()) {
                reasons.undecided(
                        register.key(),
                        "has no order: its writes have none in which every cas replaces what it replaced, see"
                                + " durability");
                return 0;
            }
            if (!source.reported().isPresent() && source.assumption() == WriteOrder.SESSION) {
                reasons.undecided(
                        register.key(),
                        "has cas, and how they join the " + source.assumption().phrase()
                                + " of several sessions is not followed");
                return 0;
            }
        }
        reported |= source.reported().isPresent();
        inferred |= !source.reported().isPresent();
        measure(register, source, graph);
        return reads;
    }

    private void measure(Register register, OrderSource source, VersionGraph graph) {
        Overwriters overwriters = new Overwriters(register, source, graph.chains());
        StaleReads stale = new StaleReads(register, source, graph.chains(), overwriters, words, anomalies);
        int[] row = overwriters.row();
        int[] placeOf = new int[register.writeCount()];
        for (int i = 0; i < row.length; i++) {
            placeOf[row[i]] = i;
        }
        int[] acknowledged = register.acknowledgedByCompletion();
        int[] first = new int[register.writeCount() + 1];
        for (int v = Register.INITIAL; v < register.writeCount(); v++) {
            first[v + 1] = overwriters.first(v);
        }
        Overwriters.Sums sums = new Overwriters.Sums(row.length);
        int at = 0;
        long unmeasured = 0;
        for (int read = 0; read < register.size(); read++) {
            if (!register.isGoodRead(read)) {
                continue;
            }
            int invoked = register.invoked(read);
            while (at < acknowledged.length && register.completed(register.accessOfWrite(acknowledged[at])) < invoked) {
                sums.set(placeOf[acknowledged[at++]]);
            }
            int value = register.source(read);
            int newer = first[value + 1];
            if (newer < 0 || register.completed(register.accessOfWrite(newer)) > invoked) {
                distribution.fresh();
                listener.read(register.operation(read), 0, 0);
                continue;
            }
            int versions = overwriters.count(value, sums);
            long since = history.endedNanos(register.operationOfWrite(newer));
            long asked = history.invokedNanos(register.operation(read));
            long nanos =
                    since == History.ABSENT || asked == History.ABSENT ? History.ABSENT : Math.max(0, asked - since);
            distribution.stale(versions, nanos);
            listener.read(register.operation(read), versions, nanos);
            if (bound.isPresent()) {
                if (bound.get().unit() == Bound.Unit.VERSIONS) {
                    if (versions > bound.get().amount()) {
                        stale.inVersions(read, versions, bound.get());
                    }
                } else if (nanos == History.ABSENT) {
                    unmeasured++;
                } else if (nanos > bound.get().amount()) {
                    stale.inTime(read, newer, nanos, bound.get());
                }
            }
        }
        if (unmeasured > 0) {
            reasons.undecided(
                    register.key(),
                    "has " + Words.count(unmeasured, "stale read", "stale reads")
                            + " without recorded times, so that nobody can say for how long");
        }
    }
}
