package dev.umpire.checkers.session;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Judges session guarantees key by key: one pass for what is plain, the graph of version orders for the rest. */
final class SessionCheck {
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
        Optional<PlainSessions> plain = PlainSessions.of(history, bindings, options.writeOrder());
        if (plain.isEmpty() || !plain.get().holdEverywhere()) {
            Registers registers = Registers.of(history);
            for (int key = 0; key < registers.keyCount(); key++) {
                if (plain.isEmpty() || !plain.get().hold(key)) {
                    judge(registers.register(key));
                }
            }
        }
        plain.ifPresent(this::take);
        if (bindings.bindsWrites() && observesSeveralKeys()) {
            reasons.undecided("what " + name + " says of one observation of several keys is not judged yet");
        }
        Optional<String> assumes = inferred ? Optional.of(options.writeOrder().phrase()) : Optional.empty();
        return reasons.verdict(name, assumes, algorithm(), obliged, examined, anomalies, vacuous);
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
        Optional<int[]> incompatible = TracedOrder.of(register).flatMap(TracedOrder::incompatible);
        if (incompatible.isPresent()) {
            reasons.incompatibleReads(register, incompatible.get());
            return;
        }
        OrderSource source = OrderSource.of(register, options.writeOrder());
        if (source.reported().isPresent()) {
            ReportedVersions reported = source.reported().get();
            Optional<int[]> contradiction = reported.contradiction(register);
            if (contradiction.isPresent()) {
                reasons.contradictoryReport(register, reported, contradiction.get());
                return;
            }
        }
        obligedHere += bindings.bindsWrites() ? sweep.obligedWrites(source) : 0;
        if (obligedHere == 0 && !(bindings.bindsWrites() && hasCas(register))) {
            return;
        }
        inferred |= !source.isRecorded();
        sources.add(source.phrase());
        obliged += obligedHere;

        SessionAnomalies found = new SessionAnomalies(register, source, words, anomalies);
        sweep.flag(source, found);
        VersionGraph graph = new VersionGraph(register, source);
        new SessionEdges(register, bindings, sweep.flagged()).addTo(graph);
        new Contradictions(register, bindings, sweep.flagged(), graph, words, anomalies).collect();
    }

    /** Whether anything binds what is read of one key to what is written to another. */
    private boolean observesSeveralKeys() {
        if (bindings.ownReads() && history.keyCount() > 1) {
            return true;
        }
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
