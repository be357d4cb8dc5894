package dev.umpire.checkers.online;

import dev.umpire.checkers.register.Siblings;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a recording apart, event by event, into what happens to each key, and puts the keys' answers together.
 *
 * <p>Events are paired process by process, and sessions and keys named, as a history of them would do it.
 */
final class OnlineRegisters<W extends Write> implements OnlineChecker {
    private static final int NAMED = 3;
    private static final Value SIBLINGS = Value.keyword("siblings");

    /** A write that nothing may depend on, and its key. */
    private record Settled<W extends Write>(Value key, OnlineRegister<W> register, W write) {}

    private final Rules<W> rules;
    private final Map<Value, Operation> openOfProcess = new LinkedHashMap<>();
    private final Map<Value, List<Operation>> openOfSession = new HashMap<>();
    private final Map<Operation, Settled<W>> openWrites = new HashMap<>();
    private final Map<Value, OnlineRegister<W>> registers = new LinkedHashMap<>();
    private final Deque<Settled<W>> settled = new ArrayDeque<>();
    private final Set<Value> broken = new LinkedHashSet<>();
    private final Set<Value> undecided = new LinkedHashSet<>();
    private Optional<String> nothingJudged = Optional.empty();
    private long obliged;
    private long position;
    private int operations;
    private long firstNanos = History.ABSENT;

    OnlineRegisters(Rules<W> rules) {
        this.rules = rules;
    }

    @Override
    public String guarantee() {
        return rules.guarantee();
    }

    // -- events

    @Override
    public void accept(Event event) {
        Value process = event.process().orElse(Value.NIL);
        Optional<Operation> open = Optional.ofNullable(openOfProcess.get(process));
        if (isOfNemesis(event, open.isPresent())) {
            position++;
            return;
        }
        if (event.type() == EventType.INVOKE) {
            if (open.isPresent()) {
                throw new IllegalArgumentException("event " + position + ": found a second invocation of process "
                        + process + " while its operation is open, expected its completion first");
            }
            invoke(event, process);
        } else {
            Operation operation = open.orElseThrow(() -> new IllegalArgumentException("event " + position
                    + ": found a completion of process " + process + " without an invocation, expected one before"));
            openOfProcess.remove(process);
            operation.end(position, event);
            if (nothingJudged.isEmpty()) {
                complete(operation, event);
            }
            openWrites.remove(operation);
            List<Operation> others = openOf(operation.session());
            others.remove(operation);
            if (others.isEmpty()) {
                openOfSession.remove(operation.session());
            }
        }
        position++;
        while (settled.size() > rules.window()) {
            Settled<W> oldest = settled.remove();
            oldest.register().forget(oldest.write());
            // the key may not be judged any more
            update(oldest.key(), oldest.register());
        }
    }

    private static boolean isOfNemesis(Event event, boolean underWay) {
        if (event.process().isEmpty() || event.process().get() instanceof Value.Int) {
            return false;
        }
        Value name = event.process().get();
        return (event.type() == EventType.INFO && !underWay)
                || name.equals(Value.of("nemesis"))
                || name.equals(Value.keyword("nemesis"));
    }

    private void invoke(Event event, Value process) {
        if (operations == 0) {
            firstNanos = event.time().orElse(History.ABSENT);
        }
        Operation operation = new Operation(operations++, event.session().orElse(process), position, event);
        openOfProcess.put(process, operation);
        openOf(operation.session()).add(operation);
        if (nothingJudged.isPresent()) {
            return;
        }
        Value key = operation.key();
        switch (operation.function()) {
            case "read", "snapshot" -> {
                // what it reads is known when it is answered
            }
            case "write" -> {
                OnlineRegister<W> register = register(key);
                register.write(operation)
                        .ifPresent(write -> openWrites.put(operation, new Settled<>(key, register, write)));
                update(key, register);
            }
            case "txn", "" -> judgeNothing("has transactions");
            default -> leaveOrJudgeNothing(key, "has operations " + Visible.text(operation.function()));
        }
        if (isLists(operation)) {
            return;
        }
        if (hasNumber(event) && !operation.function().equals("snapshot")) {
            leave(key, "has reported versions");
        }
    }

    /** A list as the argument of a plain operation may be a key and a value, or a transaction, or a value. */
    private boolean isLists(Operation operation) {
        boolean plain =
                operation.function().equals("read") || operation.function().equals("write");
        boolean list = plain && operation.argument() instanceof Value.Sequence;
        if (list) {
            judgeNothing("has lists as values");
        }
        return list;
    }

    private static boolean hasNumber(Event event) {
        return event.version().isPresent() || event.position().isPresent();
    }

    private static boolean showsSiblings(Event event) {
        Value siblings = event.extras().get(SIBLINGS);
        return siblings != null && Siblings.areSeveral(event.value().orElse(Value.NIL), siblings);
    }

    private List<Operation> openOf(Value session) {
        return openOfSession.computeIfAbsent(session, unused -> new ArrayList<>());
    }

    private OnlineRegister<W> register(Value key) {
        return registers.computeIfAbsent(key, unused -> new OnlineRegister<>(rules));
    }

    private void complete(Operation operation, Event event) {
        boolean snapshot = operation.function().equals("snapshot");
        if (!snapshot && event.key().isPresent() && operation.invocation().key().isEmpty()) {
            judgeNothing("has operations that name their keys only when they are answered");
            return;
        }
        if (operation.function().equals("read") && event.type() == EventType.OK && showsSiblings(event)) {
            leaveOrJudgeNothing(operation.key(), "was read with siblings");
            return;
        }
        boolean numbered = hasNumber(event) || hasNumber(operation.invocation());
        if (numbered && !snapshot) {
            leave(operation.key(), "has reported versions");
            return;
        }
        Settled<W> write = openWrites.get(operation);
        if (write != null) {
            Write.State outcome = switch (event.type()) {
                case OK -> Write.State.ACKNOWLEDGED;
                case FAIL -> Write.State.FAILED;
                default -> Write.State.UNKNOWN;
            };
            write.register().settle(write.write(), outcome, open(operation));
            if (outcome != Write.State.UNKNOWN && write.register().isJudged()) {
                settled.add(write);
            }
            update(operation.key(), write.register());
        } else if (event.type() == EventType.OK && snapshot) {
            answered(operation, event.value().orElse(Value.NIL), numbered);
        } else if (event.type() == EventType.OK && operation.function().equals("read")) {
            read(operation, operation.key(), event.value().orElse(Value.NIL));
        }
    }

    private void answered(Operation snapshot, Value result, boolean numbered) {
        Map<Value, Value> answers = new LinkedHashMap<>();
        if (result instanceof Value.MapOf map) {
            answers.putAll(map.entries());
        } else if (result instanceof Value.Sequence values
                && snapshot.argument() instanceof Value.Sequence keys
                && values.elements().size() == keys.elements().size()) {
            for (int i = 0; i < keys.elements().size(); i++) {
                Value twice =
                        answers.put(keys.elements().get(i), values.elements().get(i));
                if (twice != null) {
                    judgeNothing("has snapshots that read a key twice");
                    return;
                }
            }
        } else {
            judgeNothing("has a snapshot that was not answered with a value for each key");
            return;
        }
        answers.forEach((key, value) -> {
            if (numbered) {
                leave(key, "has reported versions");
            } else {
                read(snapshot, key, value);
                if (rules.others() == Rules.Others.TOGETHER) {
                    join(key);
                }
            }
        });
    }

    private void read(Operation operation, Value key, Value value) {
        if (value instanceof Value.Sequence) {
            leave(key, "was read as a list");
            return;
        }
        OnlineRegister<W> register = register(key);
        register.read(operation, value, open(operation));
        update(key, register);
    }

    /** The key is judged together with others, which is not done here; what breaks it by itself does so all the same. */
    private void join(Value key) {
        if (nothingJudged.isEmpty()) {
            register(key).join();
            update(key, register(key));
        }
    }

    private Open open(Operation ending) {
        long inSession = ending.invoked();
        for (Operation other : openOf(ending.session())) {
            inSession = Math.min(inSession, other.invoked());
        }
        Iterator<Operation> others = openOfProcess.values().iterator();
        // they stand in the order of their invocations
        long anywhere = others.hasNext() ? Math.min(others.next().invoked(), ending.invoked()) : ending.invoked();
        return new Open(inSession, anywhere);
    }

    // -- what became of the keys

    private void leave(Value key, String why) {
        OnlineRegister<W> register = register(key);
        register.leave(why);
        update(key, register);
    }

    private void leaveOrJudgeNothing(Value key, String why) {
        if (rules.others() == Rules.Others.TOGETHER) {
            judgeNothing(why);
        } else {
            leave(key, why);
        }
    }

    private void judgeNothing(String why) {
        if (nothingJudged.isEmpty()) {
            nothingJudged = Optional.of("the recording " + why);
            registers.clear();
            settled.clear();
            openWrites.clear();
            broken.clear();
            undecided.clear();
            obliged = 0;
        }
    }

    private void update(Value key, OnlineRegister<W> register) {
        if (nothingJudged.isPresent()) {
            return;
        }
        obliged += register.newlyObliged();
        if (!register.isDecidable()) {
            undecided.add(key);
        }
        if (register.isBroken()) {
            broken.add(key);
        } else {
            broken.remove(key);
        }
    }

    // -- the verdict

    @Override
    public Answer answer() {
        if (!broken.isEmpty()) {
            return Answer.INVALID;
        }
        return nothingJudged.isPresent() || !undecided.isEmpty() || obliged == 0 ? Answer.UNKNOWN : Answer.VALID;
    }

    @Override
    public Verdict verdict() {
        List<Anomaly> anomalies = new ArrayList<>();
        for (Value key : broken) {
            if (anomalies.size() < rules.options().anomalyLimit()) {
                OnlineRegister<W> register = register(key);
                anomalies.add(new Witness<>(rules, firstNanos).of(key, register.evidence()));
            }
        }
        long examined =
                registers.values().stream().mapToLong(OnlineRegister::examined).sum();
        Optional<String> reason = reason();
        if (reason.isEmpty() && answer() == Answer.UNKNOWN) {
            reason = Optional.of(rules.vacuous());
        }
        return new Verdict(
                        rules.guarantee(),
                        answer(),
                        rules.assumes(),
                        "online: what is open and the last of each session, key by key",
                        obliged,
                        examined,
                        reason,
                        broken.size(),
                        anomalies)
                .counting(true);
    }

    private Optional<String> reason() {
        String elsewhere = ", which is not judged while it is recorded; umpire check judges it";
        if (nothingJudged.isPresent()) {
            return Optional.of(nothingJudged.get() + elsewhere);
        }
        if (undecided.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (Value key : undecided) {
            if (parts.size() < NAMED) {
                String name = key.isNil() ? "the register" : "key " + Visible.text(key.toString());
                parts.add(name + " " + register(key).why());
            }
        }
        int more = undecided.size() - parts.size();
        if (more > 0) {
            parts.add(Words.count(more, "more key is", "more keys are") + " undecided for such reasons");
        }
        return Optional.of(String.join("; ", parts) + elsewhere);
    }

    @Override
    public long retained() {
        long retained = (long) openOfProcess.size() + openOfSession.size() + settled.size();
        for (OnlineRegister<W> register : registers.values()) {
            retained += 1L + register.retained();
        }
        return retained;
    }
}
