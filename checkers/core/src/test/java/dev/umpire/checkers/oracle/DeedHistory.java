package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.Deed.Step;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small history of reads, writes, appends, snapshots and transactions, over registers and lists.
 *
 * @param lists by key, whether it is a list
 */
public record DeedHistory(List<Deed> deeds, List<Boolean> lists) {
    private record Timed(int at, Event event) {}

    public DeedHistory {
        deeds = List.copyOf(deeds);
        lists = List.copyOf(lists);
    }

    /** The same history as a checker sees it. */
    public History history() {
        return history(false);
    }

    /** The same, in which each session stays at a node of its own and its last operation, if it reads, is final. */
    public History historyWithFinalReads() {
        return history(true);
    }

    private History history(boolean ends) {
        List<Timed> events = new ArrayList<>();
        for (int i = 0; i < deeds.size(); i++) {
            Deed deed = deeds.get(i);
            events.add(new Timed(deed.invoked(), event(EventType.INVOKE, i, ends)));
            if (deed.outcome() != Outcome.INFO) {
                events.add(new Timed(deed.completed(), event(deed.isOk() ? EventType.OK : EventType.FAIL, i, ends)));
            }
        }
        events.sort(Comparator.comparingInt(Timed::at));
        return History.of(events.stream().map(Timed::event).toList());
    }

    /** Some deeds, and of the others what their lists imply: that something was appended, nobody knows by whom and when. */
    public DeedHistory only(List<Integer> operations) {
        List<Deed> some = new ArrayList<>();
        new TreeSet<>(operations).forEach(operation -> some.add(deeds.get(operation)));
        List<Deed> implied = new ArrayList<>();
        for (int key = 0; key < lists.size(); key++) {
            int list = key;
            Set<Integer> shown = new TreeSet<>();
            if (lists.get(list)) {
                some.forEach(deed -> deed.readsOf(list).forEach(shown::addAll));
            }
            for (Deed deed : deeds) {
                List<Integer> appended = deed.writesOf(list);
                if (!some.contains(deed)
                        && deed.outcome() != Outcome.FAIL
                        && appended.stream().anyMatch(shown::contains)) {
                    List<Step> steps = appended.stream()
                            .map(value -> new Step(Kind.APPEND, list, List.of(value)))
                            .toList();
                    int number = 100 + implied.size();
                    implied.add(new Deed(number, -number, History.NEVER, Outcome.INFO, steps, History.ABSENT));
                }
            }
        }
        implied.addAll(some);
        return new DeedHistory(implied, lists);
    }

    /** As {@link #only}, and of what registers returned also that it was written, nobody knows by whom and when. */
    public DeedHistory alone(List<Integer> operations) {
        List<Deed> some = new ArrayList<>(only(operations).deeds());
        List<Deed> implied = new ArrayList<>();
        for (Deed deed : some) {
            for (int key = 0; key < lists.size(); key++) {
                for (List<Integer> value : deed.readsOf(key)) {
                    if (!lists.get(key)
                            && !value.isEmpty()
                            && isWritten(deeds.stream(), key, value.get(0))
                            && !isWritten(Stream.concat(some.stream(), implied.stream()), key, value.get(0))) {
                        int number = 200 + implied.size();
                        List<Step> write = List.of(new Step(Kind.WRITE, key, value));
                        implied.add(new Deed(number, -number, History.NEVER, Outcome.INFO, write, History.ABSENT));
                    }
                }
            }
        }
        implied.addAll(some);
        return new DeedHistory(implied, lists);
    }

    private static boolean isWritten(Stream<Deed> some, int key, int value) {
        return some.anyMatch(
                deed -> deed.outcome() != Outcome.FAIL && deed.writesOf(key).contains(value));
    }

    /** Some deeds, as if nothing else had happened: lists lack what the others appended, and reads at fault are left out. */
    public DeedHistory restrictedTo(List<Integer> operations) {
        List<Deed> some = new ArrayList<>();
        for (int operation : new TreeSet<>(operations)) {
            Deed deed = deeds.get(operation);
            List<Step> steps = new ArrayList<>();
            for (Step step : deed.steps()) {
                if (step.kind() != Kind.READ || !lists.get(step.key())) {
                    steps.add(step);
                } else if (new KeyByDefinition(this, step.key())
                        .fault(deed, step.value())
                        .isEmpty()) {
                    List<Integer> left = step.value().stream()
                            .filter(element -> operations.stream()
                                    .anyMatch(o ->
                                            deeds.get(o).writesOf(step.key()).contains(element)))
                            .toList();
                    steps.add(new Step(Kind.READ, step.key(), left));
                }
            }
            some.add(new Deed(deed.session(), deed.invoked(), deed.completed(), deed.outcome(), steps, deed.version()));
        }
        return new DeedHistory(some, lists);
    }

    /** Whether an operation is its session's last one. */
    boolean isLast(Deed deed) {
        return deeds.stream().noneMatch(other -> other.session() == deed.session() && other.invoked() > deed.invoked());
    }

    private Event event(EventType type, int i, boolean ends) {
        Deed deed = deeds.get(i);
        boolean ok = type == EventType.OK;
        Event.Builder event = Event.of(type)
                .time((type == EventType.INVOKE ? deed.invoked() : deed.completed()) * 1_000_000L)
                .process(i)
                .session(Value.of(deed.session()));
        if (ends) {
            event.node("n" + deed.session());
            if (isLast(deed)) {
                event.phase("final");
            }
        }
        List<Step> steps = deed.steps();
        boolean snapshot = steps.size() > 1
                && steps.stream().allMatch(step -> step.kind() == Kind.READ)
                && steps.stream().map(Step::key).distinct().count() == steps.size()
                && i % 2 == 0;
        if (steps.size() == 1) {
            Step step = steps.get(0);
            event.key(key(step.key()));
            event.function(
                    switch (step.kind()) {
                        case READ -> "read";
                        case WRITE -> "write";
                        case APPEND -> "append";
                    });
            event.value(value(step, ok));
        } else if (snapshot) {
            Map<Value, Value> result = new LinkedHashMap<>();
            steps.forEach(step -> result.put(key(step.key()), value(step, ok)));
            event.function("snapshot").value(ok ? new Value.MapOf(result) : Value.of(List.copyOf(result.keySet())));
        } else {
            event.function("txn")
                    .value(Value.of(steps.stream()
                            .map(step -> Value.of(
                                    List.of(Value.keyword(name(step.kind())), key(step.key()), value(step, ok))))
                            .toList()));
        }
        if (ok && deed.version() != History.ABSENT) {
            event.version(deed.version());
        }
        return event.build();
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case READ -> "r";
            case WRITE -> "w";
            case APPEND -> "append";
        };
    }

    private static Value key(int key) {
        return Value.of("k" + key);
    }

    private Value value(Step step, boolean answered) {
        if (step.kind() != Kind.READ) {
            return Value.of(step.value().get(0));
        }
        if (!answered) {
            return Value.NIL;
        }
        if (lists.get(step.key())) {
            return Value.of(step.value().stream().map(Value::of).toList());
        }
        return step.value().isEmpty() ? Value.NIL : Value.of(step.value().get(0));
    }

    @Override
    public String toString() {
        return deeds.stream().map(Deed::toString).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
