package dev.umpire.histories.foreign;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One operation of etcd's robustness tests as it stands in its file.
 *
 * @param call nanoseconds
 * @param returned nanoseconds
 */
record EtcdOperation(
        EtcdFields fields, long client, Value session, long call, long returned, Request request, Response response) {

    /** What was asked for. */
    sealed interface Request {}

    /** A read of the keys from {@code start} on and before {@code end}; of {@code start} alone where {@code end} is empty. */
    record Range(String start, String end, long limit, boolean keysOnly, long revision) implements Request {
        /** Whether its answer is the value of one key now. */
        boolean isOfOneKey() {
            return end.isEmpty() && !keysOnly && revision == 0;
        }

        boolean contains(String key) {
            return end.isEmpty()
                    ? key.equals(start)
                    : key.compareTo(start) >= 0 && (end.equals("\0") || key.compareTo(end) < 0);
        }
    }

    /** If all conditions hold the first steps, else the second ones. */
    record Txn(List<Condition> conditions, List<Step> onSuccess, List<Step> onFailure) implements Request {}

    /** Leases, compaction, defragmentation: {@code lease} is 0 where there is none. */
    record Other(String type, long lease) implements Request {}

    /** Of revision and version one is asked for, the other 0; both are 0 where the key has to be absent. */
    record Condition(String key, long revision, long version) {
        boolean isAbsence() {
            return revision == 0 && version == 0;
        }
    }

    /** One step of a transaction. */
    sealed interface Step {}

    record Get(Range range) implements Step {}

    record Put(String key, Value value, long lease) implements Step {}

    record Delete(String key) implements Step {}

    /** A key with its value, which was written at {@code revision}. */
    record KeyValue(String key, Value value, long revision) {}

    /** What one step answered. */
    record Result(List<KeyValue> found, long count, long deleted) {}

    /**
     * What was answered.
     *
     * @param error why the outcome is unknown; empty where it is known
     * @param clientError why nothing was done; empty where something was
     * @param failed whether a condition did not hold
     * @param revision of the whole store; 0 where it was not told
     * @param member who answered; empty where that was not told
     */
    record Response(
            String error, String clientError, boolean failed, List<Result> results, long revision, String member) {}

    static EtcdOperation of(EtcdFields fields, Optional<Value> session) throws MalformedHistoryException {
        long client = fields.needed("ClientId");
        long call = fields.needed("Call");
        long returned = fields.needed("Return");
        if (returned < call) {
            throw fields.refused("found a Return at " + returned + " before the Call at " + call);
        }
        return new EtcdOperation(
                fields,
                client,
                session.orElse(Value.of(client)),
                call,
                returned,
                request(fields.in("Input")),
                response(fields.in("Output")));
    }

    private static Request request(EtcdFields input) throws MalformedHistoryException {
        String type = input.text("Type");
        return switch (type) {
            case "range" -> range(input.in("Range"));
            case "txn" -> txn(input.in("Txn"));
            case "leaseGrant", "leaseRevoke" ->
                new Other(
                        type,
                        input.in(type.equals("leaseGrant") ? "LeaseGrant" : "LeaseRevoke")
                                .number("LeaseID"));
            case "defragment", "compact" -> new Other(type, 0);
            default ->
                throw input.refused("found the request \"" + type
                        + "\", expected range, txn, leaseGrant, leaseRevoke, defragment or compact");
        };
    }

    private static Range range(EtcdFields range) throws MalformedHistoryException {
        return new Range(
                range.text("Start"),
                range.text("End"),
                range.number("Limit"),
                range.flag("KeysOnly"),
                range.number("Revision"));
    }

    private static Txn txn(EtcdFields txn) throws MalformedHistoryException {
        List<Condition> conditions = new ArrayList<>();
        for (EtcdFields one : txn.list("Conditions")) {
            conditions.add(
                    new Condition(one.text("Key"), one.number("ExpectedRevision"), one.number("ExpectedVersion")));
        }
        return new Txn(conditions, steps(txn.list("OperationsOnSuccess")), steps(txn.list("OperationsOnFailure")));
    }

    private static List<Step> steps(List<EtcdFields> steps) throws MalformedHistoryException {
        List<Step> all = new ArrayList<>();
        for (EtcdFields step : steps) {
            String type = step.text("Type");
            all.add(
                    switch (type) {
                        case "range-operation" -> new Get(range(step.in("Range")));
                        case "put-operation" -> put(step.in("Put"));
                        case "delete-operation" -> new Delete(step.in("Delete").text("Key"));
                        default ->
                            throw step.refused("found the step \"" + type
                                    + "\", expected range-operation, put-operation or delete-operation");
                    });
        }
        return all;
    }

    private static Put put(EtcdFields put) throws MalformedHistoryException {
        return new Put(put.text("Key"), value(put.in("Value")), put.number("LeaseID"));
    }

    /** A value, or of a long one its hash, which the recorder kept in its place. */
    private static Value value(EtcdFields value) throws MalformedHistoryException {
        return value.has("Hash") ? Value.of("hash " + value.number("Hash")) : Value.of(value.text("Value"));
    }

    private static Response response(EtcdFields output) throws MalformedHistoryException {
        List<Result> results = new ArrayList<>();
        boolean failed = false;
        if (output.has("Range")) {
            results.add(result(output.in("Range")));
        } else if (output.has("Txn")) {
            failed = output.in("Txn").flag("Failure");
            for (EtcdFields result : output.in("Txn").list("Results")) {
                results.add(result(result));
            }
        }
        String error = output.text("Error");
        if (error.isEmpty() && output.flag("Persisted")) {
            error = "persisted, as the store's log says; no answer was seen";
        }
        return new Response(
                error,
                output.text("ClientError"),
                failed,
                results,
                output.number("Revision"),
                output.text("member-id"));
    }

    private static Result result(EtcdFields result) throws MalformedHistoryException {
        List<KeyValue> found = new ArrayList<>();
        for (EtcdFields one : result.list("KVs")) {
            found.add(new KeyValue(one.text("Key"), value(one.in("Value")), one.number("ModRevision")));
        }
        return new Result(found, result.number("Count"), result.number("Deleted"));
    }
}
