package dev.umpire.checkers.session;

import dev.umpire.checkers.order.CausalPast;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.checkers.session.Inclusions.Observations;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges session guarantees key by key: one pass for what is plain, the graph of version orders for the rest. */
final class SessionCheck {
    private static final String BY_CAUSALITY = "siblings replaced by those who knew of them";

    private final String name;
    private final Bindings bindings;
    private final History history;
    private final CheckOptions options;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    /** Where the orders of the keys are known from, in the order of trust. */
    private final TreeSet<String> sources =
            new TreeSet<>(Comparator.comparing((String source) -> source.startsWith("inferred"))
                    .thenComparing(source -> source));

    /** What observations of several keys show; empty: nothing is bound across keys. */
    private Optional<Observations> observations = Optional.empty();

    /** What may have been known of what; made for the first key with siblings. */
    private @Nullable CausalPast past;

    private boolean inferred;
    private long obliged;
    private long examined;

    SessionCheck(String name, Bindings bindings, History history, CheckOptions options) {
        this.name = name;
        this.bindings = bindings;
        this.history = history;
        this.options = options;
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
    }

    Verdict verdict(String vacuous) {
        Optional<PlainSessions> plain = PlainSessions.of(history, bindings, options.writeOrder(), joinsAllKeys());
        if (plain.isEmpty() || !plain.get().holdEverywhere()) {
            Registers registers = Registers.of(history);
            if (joinsAllKeys() || (bindings.bindsWrites() && observesSeveralKeys())) {
                observations = Optional.of(observations(registers));
            }
            for (int key = 0; key < registers.keyCount(); key++) {
                if (plain.isEmpty() || !plain.get().hold(key)) {
                    judge(registers.register(key));
                }
            }
        }
        plain.ifPresent(this::take);
        Optional<String> assumes = inferred ? Optional.of(options.writeOrder().phrase()) : Optional.empty();
        return reasons.verdict(name, assumes, algorithm(), obliged, examined, anomalies, vacuous);
    }

    /** Whether what is read of one key is bound by what was read of any other before; else by one operation of several keys. */
    private boolean joinsAllKeys() {
        return bindings.bindsWrites() && bindings.ownReads() && history.keyCount() > 1;
    }

    private void take(PlainSessions plain) {
        for (int key = 0; key < history.keyCount(); key++) {
            if (!plain.hold(key)) {
                continue;
            }
            examined += plain.reads(key);
            if (plain.obliged(key) > 0) {
                obliged += plain.obliged(key);
                inferred |= plain.isInferred(key);
                sources.add(plain.source(key));
            }
        }
    }

    private void judge(Register register) {
        if (register.showsSiblings() && !bindings.bindsWrites()) {
            judgeSiblings(register);
            return;
        }
        if (!reasons.isUnderstood(register)) {
            return;
        }
        examined += goodReads(register);
        reasons.leaveOut(register.leftOut());
        SessionSweep sweep = new SessionSweep(register, bindings);
        long obligedHere = sweep.obliged();
        if ((obligedHere == 0 && !bindings.bindsWrites()) || !reasons.isJoinable(register)) {
            return;
        }
        OrderSource source = OrderSource.of(register, options.writeOrder());
        Optional<Inclusions> inclusions = observations.map(shown -> new Inclusions(register, source, bindings, shown));
        if (hasNoOrder(
                register,
                source,
                obligedHere > 0 || inclusions.filter(Inclusions::any).isPresent(),
                sweep)) {
            return;
        }
        obligedHere += bindings.bindsWrites() ? sweep.obligedWrites(source) : 0;
        obligedHere += inclusions.map(Inclusions::obliged).orElse(0L);
        if (obligedHere == 0 && !(bindings.bindsWrites() && hasCas(register))) {
            return;
        }
        inferred |= !source.isRecorded();
        sources.add(source.phrase());
        obliged += obligedHere;

        SessionAnomalies found = new SessionAnomalies(register, source, words, anomalies);
        sweep.flag(source, found);
        InclusionAnomalies lacking = new InclusionAnomalies(register, source, words, anomalies);
        inclusions.ifPresent(of -> of.flag(sweep.flagged(), lacking));
        VersionGraph graph = new VersionGraph(register, source);
        new SessionEdges(register, bindings, sweep.flagged()).addTo(graph);
        inclusions.ifPresent(of -> of.addTo(graph, sweep.flagged()));
        new Contradictions(register, bindings, sweep.flagged(), inclusions, graph, words, anomalies).collect();
    }

    private void judgeSiblings(Register register) {
        CausalPast possible = possiblePast();
        if (!reasons.isUnderstoodWithSiblings(register, possible)) {
            return;
        }
        SiblingSweep sweep = new SiblingSweep(register, bindings);
        examined += sweep.examined();
        reasons.leaveOut(sweep.leftOut());
        long obligedHere = sweep.obliged();
        if (obligedHere == 0 || !reasons.isJoinable(register)) {
            return;
        }
        sources.add(BY_CAUSALITY);
        obliged += obligedHere;
        SessionAnomalies found =
                new SessionAnomalies(register, OrderSource.of(register, options.writeOrder()), words, anomalies);
        List<SiblingSweep.Lack> lacks = sweep.lacks(possible);
        lacks.forEach(found::lacking);
        if (lacks.isEmpty()
                && possible.isGuessed()
                && !sweep.lacks(new CausalPast(history, false)).isEmpty()) {
            reasons.undecided(register.key(), Reasons.GUESSED_PAST);
        }
    }

    private CausalPast possiblePast() {
        CausalPast known = past;
        if (known == null) {
            known = new CausalPast(history, true);
            past = known;
        }
        return known;
    }

    /** Whether what was recorded contradicts itself; then the key is undecided, if anything is bound there. */
    private boolean hasNoOrder(Register register, OrderSource source, boolean binds, SessionSweep sweep) {
        Optional<int[]> incompatible = TracedOrder.of(register).flatMap(TracedOrder::incompatible);
        Optional<ReportedVersions> reported = source.reported();
        Optional<int[]> contradiction = reported.flatMap(order -> order.contradiction(register));
        if (incompatible.isEmpty() && contradiction.isEmpty()) {
            return false;
        }
        if (binds || sweep.bindsWrites()) {
            incompatible.ifPresentOrElse(
                    reads -> reasons.incompatibleReads(register, reads),
                    () -> reasons.contradictoryReport(register, reported.orElseThrow(), contradiction.orElseThrow()));
        }
        return true;
    }

    /** What every key shows that can be understood. */
    private Observations observations(Registers registers) {
        ShownWrites shown = new ShownWrites(history);
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            boolean understood = register.strangeFunction().isEmpty()
                    && register.misfit().isEmpty()
                    && !register.showsSiblings()
                    && !register.isAmbiguous();
            if (understood) {
                shown.add(register);
            }
        }
        return Observations.of(shown, bindings.ownReads());
    }

    private boolean observesSeveralKeys() {
        for (int operation = 0; operation < history.size(); operation++) {
            for (int i = 1; i < history.readCount(operation); i++) {
                if (history.readKey(operation, i) != history.readKey(operation, 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a cas replaced stands directly before what it wrote, which may run against time. */
    private static boolean hasCas(Register register) {
        for (int a = 0; a < register.size(); a++) {
            if (register.read(a) != History.NONE && register.written(a) != History.NONE) {
                return true;
            }
        }
        return false;
    }

    private static long goodReads(Register register) {
        long reads = 0;
        for (int a = 0; a < register.size(); a++) {
            reads += register.isGoodRead(a) ? 1 : 0;
        }
        return reads;
    }

    private String algorithm() {
        if (sources.isEmpty()) {
            sources.add(OrderSource.assumed(options.writeOrder()).phrase());
        }
        return String.join(" and ", sources) + ": one pass, then a search for cycles";
    }
}
