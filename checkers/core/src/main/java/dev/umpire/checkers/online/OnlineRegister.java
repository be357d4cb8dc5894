package dev.umpire.checkers.online;

import dev.umpire.checkers.online.Read.From;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One key while a recording grows: its writes by their values, and the judge; nothing any more once it {@link #leave}s. */
final class OnlineRegister<W extends Write> {
    private static final int LOOKS_AT_AN_EVENT = 8;

    private final Rules<W> rules;
    private final Map<Value, W> writes = new HashMap<>();
    private final ForgottenNumbers forgotten = new ForgottenNumbers();
    /** Writes that are to be forgotten, and on which something depends still. */
    private final List<W> due = new ArrayList<>();
    /** At how many of them the next look may be. */
    private long mayLookAt;

    private Optional<KeyJudge<W>> judge;
    private String why = "";
    private long obliged;

    OnlineRegister(Rules<W> rules) {
        this.rules = rules;
        judge = Optional.of(rules.judge().get());
    }

    boolean isJudged() {
        return judge.isPresent();
    }

    /** Other keys were read together with it. */
    void join() {
        if (why.isEmpty()) {
            why = "was read together with other keys";
        }
    }

    /** Whether it can be said of the key that it holds. */
    boolean isDecidable() {
        return why.isEmpty();
    }

    /** Why that cannot be said; continues the sentence "key x ...". */
    String why() {
        return why;
    }

    /** From now on the key is not judged. */
    void leave(String reason) {
        if (judge.isPresent()) {
            why = reason;
            judge = Optional.empty();
            writes.clear();
            due.clear();
        }
    }

    /** A write was invoked; empty if the key is not judged. */
    Optional<W> write(Operation operation) {
        if (judge.isEmpty()) {
            return Optional.empty();
        }
        Value value = operation.argument();
        Optional<W> before = Optional.ofNullable(writes.get(value));
        if (rules.values() == Rules.Values.MAY_REPEAT) {
            boolean certain = before.isPresent()
                    && !before.get().isFailed()
                    && !before.get().isOpen();
            if (certain || value.equals(rules.initial()) || seen(value) == ForgottenNumbers.Seen.YES) {
                // that it was written is known
                return Optional.empty();
            }
        } else if (isAmbiguous(value, before)) {
            return Optional.empty();
        }
        W write = judge.get().begun(operation);
        // what failed is of interest only where something before it did not
        write.follows(before.flatMap(this::living).map(one -> one));
        writes.put(value, write);
        return Optional.of(write);
    }

    private boolean isAmbiguous(Value value, Optional<W> before) {
        if (value.equals(rules.initial())) {
            leave("was written its initial value");
        } else if (before.isPresent() && !before.get().isFailed()) {
            leave("was written one value more than once");
        } else if (before.isEmpty() && seen(value) != ForgottenNumbers.Seen.NO) {
            leave("was written a value that may have been written before, too long ago to be remembered");
        }
        return judge.isEmpty();
    }

    /** The write is acknowledged, failed, or unknown for ever. */
    void settle(W write, Write.State outcome, Open open) {
        if (judge.isPresent()) {
            write.become(outcome);
            judge.get().settled(write, open).ifPresent(this::leave);
            forgetDue();
        }
    }

    /** A read was acknowledged. */
    void read(Operation operation, Value value, Open open) {
        if (judge.isEmpty()) {
            return;
        }
        Optional<W> source = Optional.empty();
        From from;
        if (value.equals(rules.initial())) {
            from = From.INITIAL;
        } else {
            Optional<W> newest = Optional.ofNullable(writes.get(value));
            source = newest.flatMap(this::living);
            from = source.isPresent() ? From.WRITE : forgotten(value);
            if (from == From.NOBODY && newest.isPresent()) {
                from = From.FAILED_WRITE;
                source = newest;
            }
        }
        Optional<String> end = judge.get().read(new Read<>(operation, value, from, source, open));
        end.ifPresent(this::leave);
        forgetDue();
    }

    /** Of the writes of one value the last one that did not fail. */
    private Optional<W> living(W newest) {
        W write = newest;
        while (write.isFailed()) {
            Optional<Write> earlier = write.sameValue();
            if (earlier.isEmpty()) {
                return Optional.empty();
            }
            write = same(earlier.get());
        }
        return Optional.of(write);
    }

    @SuppressWarnings("unchecked") // all writes of a key are made by its one judge
    private W same(Write write) {
        return (W) write;
    }

    private From forgotten(Value value) {
        return switch (seen(value)) {
            case YES -> From.FORGOTTEN;
            case PERHAPS -> From.PERHAPS_FORGOTTEN;
            case NO -> From.NOBODY;
        };
    }

    private ForgottenNumbers.Seen seen(Value value) {
        return value instanceof Value.Int number ? forgotten.of(number.value()) : ForgottenNumbers.Seen.NO;
    }

    /** Forgets the write, now or as soon as nothing depends on it. It was acknowledged or failed. */
    void forget(W write) {
        if (judge.isPresent()) {
            due.add(write);
            forgetDue();
        }
    }

    /**
     * Forgets what was to be forgotten and is free now; where much waits, not at every event, so that an event costs the same
     * however long something stays open.
     */
    private void forgetDue() {
        mayLookAt += LOOKS_AT_AN_EVENT;
        if (due.size() > mayLookAt) {
            return;
        }
        mayLookAt = 0;
        int kept = 0;
        for (int i = 0; i < due.size(); i++) {
            W write = due.get(i);
            if (!judge.orElseThrow().mayForget(write)) {
                due.set(kept++, write);
                continue;
            }
            forgetNow(judge.orElseThrow(), write);
            if (judge.isEmpty()) {
                return;
            }
        }
        due.subList(kept, due.size()).clear();
    }

    private void forgetNow(KeyJudge<W> judging, W write) {
        if (!write.isFailed()) {
            if (!(write.value() instanceof Value.Int number)) {
                leave("was written so many values that are no whole numbers that they are not all remembered");
                return;
            }
            forgotten.add(number.value());
        }
        judging.forget(write);
        Write newest = writes.get(write.value());
        if (newest == write) {
            Optional<Write> earlier = write.sameValue();
            if (earlier.isPresent()) {
                writes.put(write.value(), same(earlier.get()));
            } else {
                writes.remove(write.value());
            }
        }
        for (Optional<Write> one = Optional.ofNullable(newest);
                one.isPresent();
                one = one.get().sameValue()) {
            if (one.get().sameValue().filter(write::equals).isPresent()) {
                one.get().follows(write.sameValue());
            }
        }
    }

    boolean isBroken() {
        return judge.isPresent() && judge.get().isBroken();
    }

    /** By how many the obliged operations have become more since this was asked last; negative where they are fewer. */
    long newlyObliged() {
        long now = judge.isPresent() ? judge.get().obliged() : 0;
        long more = now - obliged;
        obliged = now;
        return more;
    }

    long examined() {
        return judge.isPresent() ? judge.get().examined() : 0;
    }

    Collection<Operation> evidence() {
        return judge.orElseThrow().evidence();
    }

    long retained() {
        return judge.isPresent()
                ? writes.size() + forgotten.size() + judge.get().retained()
                : 0;
    }
}
