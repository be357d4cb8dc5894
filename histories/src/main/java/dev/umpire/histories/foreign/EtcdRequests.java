package dev.umpire.histories.foreign;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.foreign.EtcdOperation.Condition;
import dev.umpire.histories.foreign.EtcdOperation.Delete;
import dev.umpire.histories.foreign.EtcdOperation.Get;
import dev.umpire.histories.foreign.EtcdOperation.KeyValue;
import dev.umpire.histories.foreign.EtcdOperation.Other;
import dev.umpire.histories.foreign.EtcdOperation.Put;
import dev.umpire.histories.foreign.EtcdOperation.Range;
import dev.umpire.histories.foreign.EtcdOperation.Result;
import dev.umpire.histories.foreign.EtcdOperation.Step;
import dev.umpire.histories.foreign.EtcdOperation.Txn;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says of etcd's requests, in Umpire's functions, what they did to which key. */
final class EtcdRequests {
    private static final Value READ = Value.keyword("r");
    private static final Value WRITE = Value.keyword("w");
    private static final Value CONDITIONS = Value.keyword("etcd-conditions");
    private static final Value NOBODY = Value.of("etcd");

    /** All keys that any operation names, for reads of a range that did not find them. */
    private final TreeSet<String> keys = new TreeSet<>();

    /** Of each lease the keys that were ever put under it. */
    private final Map<Long, Set<String>> keysOfLease = new TreeMap<>();

    /** Numbers of processes from here on are nobody's. */
    private long freeProcess;

    EtcdRequests(List<EtcdOperation> operations) {
        for (EtcdOperation operation : operations) {
            freeProcess = Math.max(freeProcess, operation.client() + 1);
            if (operation.request() instanceof Range range && range.end().isEmpty()) {
                keys.add(range.start());
            } else if (operation.request() instanceof Txn txn) {
                txn.onSuccess().forEach(this::know);
                txn.onFailure().forEach(this::know);
                txn.conditions().forEach(condition -> keys.add(condition.key()));
            }
            for (Result result : operation.response().results()) {
                result.found().forEach(found -> keys.add(found.key()));
            }
        }
    }

    private void know(Step step) {
        if (step instanceof Put put) {
            keys.add(put.key());
            if (put.lease() != 0) {
                keysOfLease
                        .computeIfAbsent(put.lease(), unused -> new TreeSet<>())
                        .add(put.key());
            }
        } else if (step instanceof Delete delete) {
            keys.add(delete.key());
        } else if (step instanceof Get get && get.range().end().isEmpty()) {
            keys.add(get.range().start());
        }
    }

    /** How one operation is told, its two events without their time. */
    record Told(
            boolean isOperation,
            Value process,
            Value session,
            String node,
            EventType outcome,
            String function,
            Optional<Value> key,
            Value asked,
            Value answered,
            OptionalLong version,
            OptionalLong position,
            OptionalLong asOf,
            Optional<Value> conditions,
            String error) {

        /** The event at this time, with the answer or without. */
        Event fill(Event.Builder event, long nanos, boolean ended) {
            event.time(nanos).process(process).function(function).value(ended ? answered : asked);
            if (isOperation) {
                event.session(session);
            }
            key.ifPresent(event::key);
            if (!node.isEmpty()) {
                event.node(node);
            }
            if (ended) {
                version.ifPresent(event::version);
                position.ifPresent(event::position);
                asOf.ifPresent(event::asOf);
                if (!error.isEmpty()) {
                    event.error(error);
                }
            } else {
                conditions.ifPresent(all -> event.extra(CONDITIONS, all));
            }
            return event.build();
        }
    }

    /** How an operation is told: in two rows where nobody knows which of two sets of steps was taken. */
    List<Told> told(EtcdOperation operation) throws MalformedHistoryException {
        if (operation.request() instanceof Range range) {
            return List.of(range(operation, range));
        }
        if (operation.request() instanceof Txn txn) {
            return txn(operation, txn);
        }
        return other(operation, (Other) operation.request());
    }

    private List<Told> other(EtcdOperation operation, Other other) {
        Set<String> touched =
                other.type().equals("leaseRevoke") ? keysOfLease.getOrDefault(other.lease(), Set.of()) : Set.of();
        if (touched.isEmpty()) {
            Value value = other.lease() == 0 ? Value.NIL : Value.of(other.lease());
            return List.of(nobodys(operation, other.type(), value, Value.NIL));
        }
        List<Told> rows = new ArrayList<>();
        for (String key : touched) {
            rows.add(new Told(
                    true,
                    Value.of(freeProcess++),
                    operation.session(),
                    operation.response().member(),
                    operation.response().error().isEmpty() ? EventType.OK : EventType.INFO,
                    "lease-revoke",
                    Optional.of(Value.of(key)),
                    Value.of(other.lease()),
                    Value.of(other.lease()),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    operation.response().error()));
        }
        return rows;
    }

    /** Kept as two events that belong to no operation. */
    private Told nobodys(EtcdOperation operation, String function, Value asked, Value answered) {
        return new Told(
                false,
                NOBODY,
                operation.session(),
                operation.response().member(),
                EventType.INFO,
                function,
                Optional.empty(),
                asked,
                answered,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                operation.response().error() + operation.response().clientError());
    }

    private Told range(EtcdOperation operation, Range range) throws MalformedHistoryException {
        EtcdOperation.Response response = operation.response();
        boolean answered = response.error().isEmpty() && response.clientError().isEmpty();
        Result result = answered ? onlyResult(operation) : new Result(List.of(), 0, 0);
        boolean cut = result.count() > result.found().size();
        if (range.keysOnly() || range.revision() != 0 || cut) {
            Value asked = Value.of(List.of(
                    Value.of(range.start()),
                    Value.of(range.end()),
                    Value.of(range.limit()),
                    Value.of(range.revision())));
            return nobodys(operation, range.revision() == 0 ? "range" : "range-at-revision", asked, mapOf(result));
        }
        OptionalLong asOf = response.revision() > 0 ? OptionalLong.of(response.revision()) : OptionalLong.empty();
        if (range.isOfOneKey()) {
            Optional<KeyValue> found = result.found().stream().findFirst();
            return new Told(
                    true,
                    Value.of(operation.client()),
                    operation.session(),
                    response.member(),
                    answered ? EventType.OK : EventType.FAIL,
                    "read",
                    Optional.of(Value.of(range.start())),
                    Value.NIL,
                    found.map(KeyValue::value).orElse(Value.NIL),
                    found.isPresent() ? OptionalLong.of(found.get().revision()) : OptionalLong.empty(),
                    OptionalLong.empty(),
                    asOf,
                    Optional.empty(),
                    response.error() + response.clientError());
        }
        List<Value> asked = new ArrayList<>();
        Map<Value, Value> state = new LinkedHashMap<>();
        for (String key : keys) {
            if (range.contains(key)) {
                asked.add(Value.of(key));
                state.put(Value.of(key), Value.NIL);
            }
        }
        result.found().forEach(found -> state.put(Value.of(found.key()), found.value()));
        return new Told(
                true,
                Value.of(operation.client()),
                operation.session(),
                response.member(),
                answered ? EventType.OK : EventType.FAIL,
                "snapshot",
                Optional.empty(),
                Value.of(asked),
                answered ? new Value.MapOf(state) : Value.NIL,
                OptionalLong.empty(),
                OptionalLong.empty(),
                asOf,
                Optional.empty(),
                response.error() + response.clientError());
    }

    private static Result onlyResult(EtcdOperation operation) throws MalformedHistoryException {
        if (operation.response().results().isEmpty()) {
            throw operation
                    .fields()
                    .refused("found no answer of a range, expected \"Range\" in the output, or an error");
        }
        return operation.response().results().get(0);
    }

    private static Value mapOf(Result result) {
        Map<Value, Value> found = new LinkedHashMap<>();
        result.found().forEach(one -> found.put(Value.of(one.key()), one.value()));
        return new Value.MapOf(found);
    }

    private List<Told> txn(EtcdOperation operation, Txn txn) throws MalformedHistoryException {
        EtcdOperation.Response response = operation.response();
        if (!response.error().isEmpty()) {
            List<Told> rows = new ArrayList<>();
            boolean reads = !writes(txn.onSuccess()) && !writes(txn.onFailure());
            rows.add(row(operation, txn, true, reads ? EventType.FAIL : EventType.INFO, Value.of(operation.client())));
            if (!reads && writes(txn.onFailure())) {
                rows.add(row(operation, txn, false, EventType.INFO, Value.of(freeProcess++)));
                Set<String> either = new TreeSet<>();
                txn.onSuccess().forEach(step -> written(step, either));
                txn.onFailure().forEach(step -> written(step, either));
                either.forEach(key -> rows.add(unjudged(operation, "one-of-two", key, Value.NIL)));
            }
            if (!reads) {
                txn.conditions().stream()
                        .filter(condition -> !condition.isAbsence())
                        .forEach(condition -> rows.add(compare(operation, condition)));
            }
            return rows;
        }
        boolean done = response.clientError().isEmpty();
        List<Told> rows = new ArrayList<>();
        rows.add(row(
                operation,
                txn,
                !response.failed(),
                done ? EventType.OK : EventType.FAIL,
                Value.of(operation.client())));
        for (Condition condition : txn.conditions()) {
            if (done && (response.failed() || !condition.isAbsence())) {
                rows.add(compare(operation, condition));
            }
        }
        return rows;
    }

    private static void written(Step step, Set<String> keys) {
        if (step instanceof Put put) {
            keys.add(put.key());
        } else if (step instanceof Delete delete) {
            keys.add(delete.key());
        }
    }

    /** A condition that no function of Umpire's says: its key must not be judged as if there were none. */
    private Told compare(EtcdOperation operation, Condition condition) {
        Value asked = Value.of(List.of(Value.of(condition.revision()), Value.of(condition.version())));
        return unjudged(operation, "compare", condition.key(), asked);
    }

    /** An operation on a key that no checker understands, so that the key is undecided. */
    private Told unjudged(EtcdOperation operation, String function, String key, Value value) {
        boolean known = operation.response().error().isEmpty();
        return new Told(
                true,
                Value.of(freeProcess++),
                operation.session(),
                operation.response().member(),
                known ? EventType.OK : EventType.INFO,
                function,
                Optional.of(Value.of(key)),
                value,
                known ? Value.of(!operation.response().failed()) : value,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                operation.response().error());
    }

    private static boolean writes(List<Step> steps) {
        return steps.stream().anyMatch(step -> !(step instanceof Get));
    }

    /** A read or write of one key, in the order in which a transaction made them. */
    private record Deed(boolean write, String key, Value value, OptionalLong revision) {}

    private Told row(EtcdOperation operation, Txn txn, boolean success, EventType outcome, Value process)
            throws MalformedHistoryException {
        List<Step> steps = success ? txn.onSuccess() : txn.onFailure();
        boolean answered = outcome == EventType.OK;
        List<Result> results = operation.response().results();
        if (answered && results.size() != steps.size()) {
            throw operation
                    .fields()
                    .refused("found " + results.size() + " results of a txn, expected " + steps.size()
                            + " as its steps say");
        }
        List<Deed> deeds = new ArrayList<>();
        for (Condition condition : txn.conditions()) {
            if (success && condition.isAbsence()) {
                deeds.add(new Deed(false, condition.key(), Value.NIL, OptionalLong.empty()));
            }
        }
        OptionalLong revision = answered && operation.response().revision() > 0
                ? OptionalLong.of(operation.response().revision())
                : OptionalLong.empty();
        for (int i = 0; i < steps.size(); i++) {
            deeds(steps.get(i), answered ? Optional.of(results.get(i)) : Optional.empty(), revision, deeds);
        }
        EventType told = answered && deeds.isEmpty() ? EventType.FAIL : outcome;
        if (deeds.isEmpty()) {
            // the condition did not hold, and nothing else was asked for
            for (Step step : txn.onSuccess()) {
                deeds(step, Optional.empty(), OptionalLong.empty(), deeds);
            }
        }
        return tell(operation, txn, told, process, deeds, revision);
    }

    private Told tell(
            EtcdOperation operation,
            Txn txn,
            EventType outcome,
            Value process,
            List<Deed> deeds,
            OptionalLong revision) {
        boolean ok = outcome == EventType.OK;
        boolean wrote = deeds.stream().anyMatch(Deed::write);
        String function = "txn";
        Optional<Value> key = Optional.empty();
        Value asked = transaction(deeds, false);
        Value answered = transaction(deeds, ok);
        OptionalLong version = OptionalLong.empty();
        Deed first = deeds.isEmpty() ? new Deed(false, "", Value.NIL, OptionalLong.empty()) : deeds.get(0);
        if (deeds.size() == 1) {
            function = first.write() ? "write" : "read";
            key = Optional.of(Value.of(first.key()));
            asked = first.write() ? first.value() : Value.NIL;
            answered = ok ? first.value() : asked;
            version = ok ? first.revision() : version;
        } else if (deeds.size() == 2
                && !first.write()
                && first.value().isNil()
                && first.revision().isEmpty()
                && deeds.get(1).write()
                && deeds.get(1).key().equals(first.key())) {
            function = "cas";
            key = Optional.of(Value.of(first.key()));
            asked = Value.of(List.of(Value.NIL, deeds.get(1).value()));
            answered = asked;
            version = ok ? deeds.get(1).revision() : version;
        }
        return new Told(
                true,
                process,
                operation.session(),
                operation.response().member(),
                outcome,
                function,
                key,
                asked,
                answered,
                version,
                ok && wrote ? revision : OptionalLong.empty(),
                ok && !wrote ? revision : OptionalLong.empty(),
                conditions(txn),
                operation.response().error() + operation.response().clientError());
    }

    private static Value transaction(List<Deed> deeds, boolean filledIn) {
        List<Value> steps = new ArrayList<>();
        for (Deed deed : deeds) {
            steps.add(Value.of(List.of(
                    deed.write() ? WRITE : READ,
                    Value.of(deed.key()),
                    deed.write() || filledIn ? deed.value() : Value.NIL)));
        }
        return Value.of(steps);
    }

    /** Conditions that are not told as a read of nil. */
    private static Optional<Value> conditions(Txn txn) {
        List<Value> all = new ArrayList<>();
        for (Condition condition : txn.conditions()) {
            if (!condition.isAbsence()) {
                all.add(Value.of(List.of(
                        Value.of(condition.key()), Value.of(condition.revision()), Value.of(condition.version()))));
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(Value.of(all));
    }

    private void deeds(Step step, Optional<Result> result, OptionalLong revision, List<Deed> deeds) {
        if (step instanceof Put put) {
            deeds.add(new Deed(true, put.key(), put.value(), revision));
        } else if (step instanceof Delete delete) {
            boolean nothing = result.isPresent() && result.get().deleted() == 0;
            deeds.add(new Deed(!nothing, delete.key(), Value.NIL, nothing ? OptionalLong.empty() : revision));
        } else if (step instanceof Get get
                && !get.range().keysOnly()
                && get.range().revision() == 0) {
            Map<String, KeyValue> found = new TreeMap<>();
            result.ifPresent(answer -> answer.found().forEach(one -> found.put(one.key(), one)));
            boolean cut = result.isPresent() && result.get().count() > found.size();
            for (String key : keys) {
                if (get.range().contains(key) && (!cut || found.containsKey(key))) {
                    KeyValue one = found.get(key);
                    deeds.add(new Deed(
                            false,
                            key,
                            one == null ? Value.NIL : one.value(),
                            one == null ? OptionalLong.empty() : OptionalLong.of(one.revision())));
                }
            }
        }
    }
}
