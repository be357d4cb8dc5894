package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.EventSink;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Pairs invocations with completions, process by process, and fills the columns of a history.
 *
 * <p>What an event says beyond its operation's columns (errors, unknown keys, a completion that names another function)
 * is kept aside by position, so that {@link History#events()} gives every event back. Not thread-safe.
 */
final class HistoryBuilder implements EventSink {
    private static final int MAX_EVENTS = Integer.MAX_VALUE / 2 - 1;
    private static final int NEVER_USED = -1;
    private static final int ENDED_BY_INFO = -2;
    private static final Value SIBLINGS = Value.keyword("siblings");

    final ReadOptions options;
    final ValueTable values;
    final String sourceName;
    final Warnings warnings;

    final Dense processes = new Dense();
    final Dense sessions = new Dense();
    final Dense nodes = new Dense();
    final Dense functions = new Dense();

    final Column invoked = new Column(History.NEVER);
    final Column ended = new Column(History.NEVER);
    final Column flags = new Column(0);
    final Column session = new Column(History.NONE);
    final Column process = new Column(History.NONE);
    final Column node = new Column(History.NONE);
    final Column invokedNode = new Column(History.NONE);
    final Column function = new Column(History.NONE);
    final Column keyValue = new Column(History.NONE);
    final Column argument = new Column(History.NIL);
    final Column result = new Column(History.NIL);
    final Column invokedNanos = new Column(History.ABSENT);
    final Column intendedNanos = new Column(History.ABSENT);
    final Column endedNanos = new Column(History.ABSENT);
    final Column invokedIndex = new Column(History.ABSENT);
    final Column endedIndex = new Column(History.ABSENT);
    final Column version = new Column(History.ABSENT);
    final Column position = new Column(History.ABSENT);
    final Column asOf = new Column(History.ABSENT);
    final Column siblings = new Column(History.NONE);

    final Int2IntHashMap errors = new Int2IntHashMap(History.NONE);
    final Int2ObjectHashMap<Map<Value, Value>> extras = new Int2ObjectHashMap<>();
    final Int2ObjectHashMap<Event> deviants = new Int2ObjectHashMap<>();
    final List<Event> others = new ArrayList<>();
    final List<NemesisEvent> nemesisEvents = new ArrayList<>();

    /** Line and column of the invocations whose values are taken apart when all is read, for messages. */
    final Places compoundPlaces = new Places();

    final KeyDetection keyDetection;
    private final CompoundFunctions compound;

    private final Column openOperation = new Column(NEVER_USED);
    private final Column openLine = new Column(0);
    private final int finalPhase;
    int eventCount;
    int size;
    private long lastNanos = History.ABSENT;
    private long stepsBack;

    HistoryBuilder(ReadOptions options, ValueTable values, String sourceName, Warnings warnings) {
        this.options = options;
        this.values = values;
        this.sourceName = sourceName;
        this.warnings = warnings;
        this.keyDetection = new KeyDetection(options.keys(), values);
        this.compound = new CompoundFunctions(values);
        this.finalPhase = values.idOf(new Value.Text("final"));
    }

    /** Takes all of these, which stand in no file: as its line each has its number, from 0. */
    void acceptAll(Iterable<Event> events) throws MalformedHistoryException {
        EventFields fields = new EventFields(values);
        long number = 0;
        for (Event event : events) {
            fields.set(event);
            fields.line = number++;
            fields.column = 1;
            accept(fields);
        }
    }

    @Override
    public void accept(EventFields event) throws MalformedHistoryException {
        EventType type = event.type;
        if (type == null) {
            throw refused(event, "found an event without type, expected one of invoke, ok, fail, info");
        }
        if (eventCount == MAX_EVENTS) {
            throw refused(event, "found more events, expected at most " + MAX_EVENTS);
        }
        followTime(event);
        int processValue = event.process == EventFields.NONE ? History.NIL : event.process;
        int owner = processes.find(processValue);
        int open = owner == History.NONE ? NEVER_USED : openOperation.getInt(owner);
        if (isNemesis(event, type, open)) {
            nemesis(event);
        } else if (type == EventType.INVOKE) {
            invoke(event, processes.idOf(processValue), open);
        } else {
            complete(event, type, owner, open);
        }
        eventCount++;
    }

    /** The history of all events so far; the builder is used up. */
    ColumnarHistory finish(String format, boolean complete, long droppedBytes, RecordingHeader header)
            throws MalformedHistoryException {
        if (stepsBack > 0) {
            warnings.add("times run backwards in " + stepsBack + " place" + (stepsBack == 1 ? "" : "s")
                    + " (the order in the recording was used)");
        }
        return finish(new Source(sourceName, format, complete, droppedBytes, warnings.sentences()), header);
    }

    /** As {@link #finish(String, boolean, long, RecordingHeader)}, where all that is to be said of the source is known. */
    ColumnarHistory finish(Source source, RecordingHeader header) throws MalformedHistoryException {
        Observations observations = new Observations(this);
        observations.fill();
        int initial = values.idOf(options.initial().orElse(header.initial()));
        values.trim();
        HistoryParts parts = HistoryParts.of(this, observations);
        parts.initialValue = initial;
        parts.declaredNodes = header.nodes();
        parts.realTime = header.realTime();
        parts.source = source;
        return new ColumnarHistory(parts);
    }

    private boolean isNemesis(EventFields event, EventType type, int open) {
        if (event.process == EventFields.NONE || values.isInt(event.process)) {
            return false;
        }
        if (type == EventType.INFO && open < 0) {
            return true;
        }
        Value name = values.get(event.process);
        return name.equals(new Value.Keyword("nemesis")) || name.equals(new Value.Text("nemesis"));
    }

    private void nemesis(EventFields event) {
        Event whole = event.toEvent();
        others.add(whole);
        nemesisEvents.add(NemesisEvent.of(eventCount, whole));
    }

    private void invoke(EventFields event, int owner, int open) throws MalformedHistoryException {
        if (open >= 0) {
            throw refused(
                    event,
                    "found a second invocation of " + processText(owner) + " while its operation from "
                            + warnings.place(openLine.get(owner)) + " is open, expected its completion first");
        }
        if (open == ENDED_BY_INFO) {
            warnings.add(processText(owner) + " is used again after :info (" + warnings.place(event.line) + ")");
        }
        int operation = size++;
        openOperation.set(owner, operation);
        openLine.set(owner, event.line);
        invoked.set(operation, eventCount);
        process.set(operation, owner);
        int sessionValue = event.session == EventFields.NONE ? processes.valueOf(owner) : event.session;
        session.set(operation, sessions.idOf(sessionValue));
        int functionValue = event.function;
        if (functionValue == EventFields.NONE) {
            if (event.value == EventFields.NONE || !compound.isTransaction(event.value)) {
                throw refused(event, "found an invocation without f whose value is no transaction, expected f");
            }
            functionValue = compound.txn;
        }
        function.set(operation, functions.idOf(functionValue));
        if (compound.needsPlace(functionValue)) {
            compoundPlaces.add(operation, event.line, event.column);
        }
        keyDetection.invocation(event, compound.needsPlace(functionValue), this);
        int bits = Flags.ofInvocation(event);
        if (event.node != EventFields.NONE) {
            node.set(operation, nodes.idOf(event.node));
        }
        keyValue.set(operation, event.key);
        argument.set(operation, event.value == EventFields.NONE ? History.NIL : event.value);
        invokedNanos.set(operation, event.time);
        intendedNanos.set(operation, Intended.in(event.extras));
        if (event.index != eventCount) {
            invokedIndex.set(operation, event.index);
        }
        boolean deviates = false;
        if (event.version != EventFields.ABSENT
                || event.position != EventFields.ABSENT
                || event.asOf != EventFields.ABSENT) {
            version.set(operation, event.version);
            position.set(operation, event.position);
            asOf.set(operation, event.asOf);
            deviates = true;
        }
        if (event.phase != EventFields.NONE) {
            if (event.phase == finalPhase) {
                bits |= Flags.FINAL;
            } else {
                deviates = true;
            }
        }
        if (deviates) {
            bits |= Flags.INVOCATION_DEVIATES;
        }
        keepAside(event, deviates);
        flags.set(operation, bits);
    }

    private void complete(EventFields event, EventType type, int owner, int operation)
            throws MalformedHistoryException {
        if (operation < 0) {
            String who = event.process == EventFields.NONE
                    ? "an event without process"
                    : "process " + values.get(event.process);
            throw refused(
                    event,
                    "found :" + Flags.nameOf(type) + " of " + who
                            + " without an invocation, expected an :invoke of the same process before it");
        }
        openOperation.set(owner, type == EventType.INFO ? ENDED_BY_INFO : NEVER_USED);
        ended.set(operation, eventCount);
        int bits = Flags.completed(flags.getInt(operation), event, type);
        boolean deviates = (bits & Flags.INVOCATION_DEVIATES) != 0;
        deviates |= changesSession(event, operation);
        if (event.function != EventFields.NONE && event.function != functions.valueOf(function.getInt(operation))) {
            deviates = true;
            if (type == EventType.OK) {
                warnings.add("an operation " + functions.text(function.getInt(operation), values) + " is completed as "
                        + values.get(event.function) + " (" + warnings.place(event.line) + ")");
            }
        }
        if (event.key != EventFields.NONE) {
            int key = keyValue.getInt(operation);
            if (key == History.NONE) {
                keyValue.set(operation, event.key);
                keyDetection.keyNamed();
            } else {
                deviates |= key != event.key;
            }
        }
        if (event.node != EventFields.NONE) {
            int answering = nodes.idOf(event.node);
            int asked = node.getInt(operation);
            if (asked != History.NONE && asked != answering) {
                invokedNode.set(operation, asked);
            }
            node.set(operation, answering);
        }
        result.set(operation, event.value == EventFields.NONE ? History.NIL : event.value);
        endedNanos.set(operation, event.time);
        if (event.index != eventCount) {
            endedIndex.set(operation, event.index);
        }
        if (event.version != EventFields.ABSENT) {
            version.set(operation, event.version);
        }
        if (event.position != EventFields.ABSENT) {
            position.set(operation, event.position);
        }
        if (event.asOf != EventFields.ABSENT) {
            asOf.set(operation, event.asOf);
        }
        if (event.extras != null && type == EventType.OK && event.extras.containsKey(SIBLINGS)) {
            siblings.set(operation, values.idOf(event.extras.get(SIBLINGS)));
        }
        if (event.phase != EventFields.NONE) {
            if (event.phase == finalPhase) {
                bits |= Flags.FINAL;
            } else {
                deviates = true;
            }
        }
        if (deviates) {
            bits |= Flags.COMPLETION_DEVIATES;
        }
        keepAside(event, deviates);
        flags.set(operation, bits);
    }

    private boolean changesSession(EventFields event, int operation) {
        int begun = sessions.valueOf(session.getInt(operation));
        if (event.session == EventFields.NONE || event.session == begun) {
            return false;
        }
        warnings.add("an operation of session " + values.get(begun) + " is completed in session "
                + values.get(event.session) + ", the first of which counts (" + warnings.place(event.line) + ")");
        return true;
    }

    private void keepAside(EventFields event, boolean whole) {
        if (whole) {
            deviants.put(eventCount, event.toEvent());
            return;
        }
        if (event.error != EventFields.NONE) {
            errors.put(eventCount, event.error);
        }
        if (event.extras != null && !(event.type == EventType.INVOKE && Intended.isAll(event.extras))) {
            extras.put(eventCount, event.extras);
        }
    }

    private void followTime(EventFields event) {
        if (event.time == EventFields.ABSENT) {
            return;
        }
        if (lastNanos != History.ABSENT && event.time < lastNanos) {
            stepsBack++;
        }
        lastNanos = event.time;
    }

    private String processText(int owner) {
        int name = processes.valueOf(owner);
        return name == History.NIL ? "the process without a name" : "process " + values.get(name);
    }

    MalformedHistoryException refused(EventFields event, String problem) {
        return new MalformedHistoryException(sourceName, event.line, event.column, problem);
    }
}
