package dev.umpire.checkers.session;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.ReportedVersions;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/** Judges session guarantees key by key: one pass for what is plain, the graph of version orders for the rest. */
final class SessionCheck {
    private final String name;
    private final Bindings bindings;
    private final History history;
    private final CheckOptions options;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final EnumSet<ReportedVersions.Kind> reportedKinds = EnumSet.noneOf(ReportedVersions.Kind.class);
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
        Registers registers = Registers.of(history);
        for (int key = 0; key < registers.keyCount(); key++) {
            judge(registers.register(key));
        }
        Optional<String> assumes = inferred ? Optional.of(options.writeOrder().phrase()) : Optional.empty();
        return reasons.verdict(name, assumes, algorithm(), obliged, examined, anomalies, vacuous);
    }

    private void judge(Register register) {
        if (!reasons.isRegister(register)) {
            return;
        }
        examined += goodReads(register);
        reasons.leaveOut(register.leftOut());
        SessionSweep sweep = new SessionSweep(register, bindings);
        long obligedHere = sweep.obliged();
        if (obligedHere == 0 || !reasons.isJoinable(register)) {
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
            reportedKinds.add(reported.kind());
        } else {
            inferred = true;
        }
        obliged += obligedHere;

        SessionAnomalies found = new SessionAnomalies(register, source, words, anomalies);
        sweep.flag(source, found);
        VersionGraph graph = new VersionGraph(register, source);
        new SessionEdges(register, bindings, sweep.flagged()).addTo(graph);
        new Contradictions(register, bindings, sweep.flagged(), graph, words, anomalies).collect();
    }

    private static long goodReads(Register register) {
        long reads = 0;
        for (int a = 0; a < register.size(); a++) {
            reads += register.isGoodRead(a) ? 1 : 0;
        }
        return reads;
    }

    private String algorithm() {
        StringBuilder orders = new StringBuilder();
        for (ReportedVersions.Kind kind : reportedKinds) {
            orders.append(orders.isEmpty() ? "" : " and ")
                    .append("reported ")
                    .append(kind.name().toLowerCase(Locale.ROOT))
                    .append('s');
        }
        if (inferred || reportedKinds.isEmpty()) {
            orders.append(orders.isEmpty() ? "" : " and ").append("inferred version order");
        }
        return orders + ": one pass, then a search for cycles";
    }
}
