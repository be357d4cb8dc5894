package dev.umpire.harness.run;

import dev.umpire.harness.interpreter.EventSink;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.HistoryRecorder;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hands events on to the recording and the listener, and keeps what the run's evidence is made of. */
final class RunRecorder implements EventSink, AutoCloseable {

    private static final Value NEMESIS = Value.of("nemesis");
    private static final int NAMED_KEYS = 3;
    private static final Set<String> READING = Set.of(Request.READ, Request.SNAPSHOT, Request.POLL, Request.SUBSCRIBE);

    private final HistoryRecorder history;
    private final Optional<HistoryRecorder> faults;
    private final RunListener listener;
    private final Set<FinalRead> finallyRead = new HashSet<>();
    private final Set<Value> keysAskedFor = new LinkedHashSet<>();
    private boolean anyWriteAcknowledged;

    /**
     * @param history every event
     * @param faults those of the nemesis only
     */
    RunRecorder(HistoryRecorder history, Optional<HistoryRecorder> faults, RunListener listener) {
        this.history = history;
        this.faults = faults;
        this.listener = listener;
    }

    @Override
    public void append(Event event) {
        try {
            history.append(event);
            if (faults.isPresent() && event.process().filter(NEMESIS::equals).isPresent()) {
                faults.get().append(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be written: " + e.getMessage(), e);
        }
        if (event.type() == EventType.INVOKE) {
            noteKeys(event);
        } else if (event.type() == EventType.OK) {
            note(event);
        }
        listener.recorded(event);
    }

    private void noteKeys(Event invocation) {
        if (invocation.key().isPresent()) {
            keysAskedFor.add(invocation.key().get());
        } else if (invocation.function().filter(Request.SNAPSHOT::equals).isPresent()
                && invocation.value().orElse(Value.NIL) instanceof Value.Sequence keys) {
            keysAskedFor.addAll(keys.elements());
        }
    }

    /** The keys of all requests so far, in the order of their first request. */
    List<Value> keysAskedFor() {
        return List.copyOf(keysAskedFor);
    }

    private void note(Event ok) {
        String function = ok.function().orElse("");
        if (ok.phase().isPresent()) {
            finallyRead.add(new FinalRead(ok.key(), ok.node()));
        } else if (!READING.contains(function)) {
            anyWriteAcknowledged = true;
        }
    }

    /** What the recording lacks, a sentence each. */
    List<String> missing(List<Request> finalReads) {
        List<String> missing = new ArrayList<>();
        if (!anyWriteAcknowledged) {
            missing.add("no write was acknowledged");
        }
        List<FinalRead> unanswered = finalReads.stream()
                .map(read -> new FinalRead(read.key(), read.at().map(Node::name)))
                .filter(read -> !finallyRead.contains(read))
                .toList();
        missing.addAll(unanswered(unanswered));
        return missing;
    }

    /** A sentence for each node, as one that is away at the end answers for none of hundreds of keys. */
    static List<String> unanswered(List<FinalRead> reads) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (FinalRead read : reads) {
            keys.computeIfAbsent(read.node().orElse("?"), node -> new ArrayList<>())
                    .add(read.key().map(Value::toString).orElse("?"));
        }
        List<String> sentences = new ArrayList<>();
        keys.forEach((node, ofNode) -> sentences.add(
                ofNode.size() == 1
                        ? "the final read of " + ofNode.get(0) + " at " + node + " was never answered"
                        : ofNode.size() + " final reads at " + node + " were never answered: of "
                                + String.join(", ", ofNode.subList(0, Math.min(NAMED_KEYS, ofNode.size())))
                                + (ofNode.size() > NAMED_KEYS ? " and others" : "")));
        return sentences;
    }

    void flush() {
        try {
            history.flush();
            if (faults.isPresent()) {
                faults.get().flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be written: " + e.getMessage(), e);
        }
    }

    /** Closes what is no whole recording: the run was given up. */
    void interrupt() throws IOException {
        try {
            history.interrupt();
        } finally {
            if (faults.isPresent()) {
                faults.get().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            history.close();
        } finally {
            if (faults.isPresent()) {
                faults.get().close();
            }
        }
    }

    /** That a node was asked for a key in the final phase. */
    record FinalRead(Optional<Value> key, Optional<String> node) {}
}
