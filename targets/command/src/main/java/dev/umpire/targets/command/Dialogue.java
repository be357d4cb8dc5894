package dev.umpire.targets.command;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines that harness and client say to one another, as {@code targets/command/README.md} tells them: the greeting and its
 * answer, requests, and answers to them.
 *
 * @param addresses where each node is
 */
record Dialogue(Map<Node, String> addresses) {
    Dialogue {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
    }

    /** Of the lines; told in the greeting. */
    static final int VERSION = 1;

    /** The function by which a node is asked whether it answers. */
    static final String PING = "ping";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN = 200;

    /** A line that the other side should not have said. */
    static final class NotUnderstoodException extends Exception {
        private static final long serialVersionUID = 1L;

        NotUnderstoodException(String message) {
            super(message);
        }
    }

    /**
     * What a client said of itself.
     *
     * @param functions that it understands
     * @param store the store and its version; empty: it did not say
     */
    record Hello(Set<String> functions, Optional<String> store) {}

    /** The first line of the harness. */
    String greeting(String session) {
        ObjectNode line = JSON.createObjectNode();
        line.put("umpire", "client").put("version", VERSION).put("session", session);
        ObjectNode nodes = line.putObject("nodes");
        addresses.forEach((node, address) -> nodes.put(node.name(), address));
        return line.toString();
    }

    /**
     * The first line of a client.
     *
     * @throws NotUnderstoodException if it is none
     */
    static Hello hello(String line) throws NotUnderstoodException {
        JsonNode object = object(line);
        JsonNode version = object.path("hello");
        if (!version.isInt() || version.intValue() != VERSION) {
            throw new NotUnderstoodException(
                    "found " + shown(line) + ", expected {\"hello\":" + VERSION + ",\"functions\":[...]} first");
        }
        Set<String> functions = new LinkedHashSet<>();
        object.path("functions").forEach(one -> functions.add(one.asString("")));
        return new Hello(functions, object.path("store").asStringOpt());
    }

    /** The line of a request of a session. */
    String request(long id, Request request, Node node) {
        ObjectNode line = line(id, request.function(), node);
        request.key().ifPresent(key -> line.set("key", json(key)));
        if (request.function().equals(Request.SNAPSHOT)) {
            line.set("keys", json(request.argument()));
        } else if (!request.function().equals(Request.READ)) {
            line.set("value", json(request.argument()));
        }
        if (request.finalPhase()) {
            line.put("final", true);
        }
        return line.toString();
    }

    /** The line that asks whether a node answers. */
    String ping(long id, Node node) {
        return line(id, PING, node).toString();
    }

    private ObjectNode line(long id, String function, Node node) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("f", function)
                .put("node", node.name())
                .put("address", addresses.get(node));
    }

    /**
     * What a client answered.
     *
     * @param id of the request
     * @param request empty: it was a ping
     * @throws NotUnderstoodException if it is no answer, or one to another request
     */
    Response answer(String line, long id, Optional<Request> request) throws NotUnderstoodException {
        JsonNode object = object(line);
        JsonNode found = object.path("id");
        if (!found.isIntegralNumber() || !found.canConvertToLong() || found.longValue() != id) {
            throw new NotUnderstoodException("found " + shown(line) + ", expected the answer to request " + id);
        }
        String error = object.path("error").asString("");
        return switch (object.path("type").asString("")) {
            case "ok" -> ok(object, line, request);
            case "fail" -> new Response.Fail(error.isEmpty() ? "the client says that it failed" : error);
            case "info" -> new Response.Info(error.isEmpty() ? "the client says that it does not know" : error);
            default ->
                throw new NotUnderstoodException("found " + shown(line) + ", expected a \"type\" of ok, fail or info");
        };
    }

    private Response ok(JsonNode object, String line, Optional<Request> request) throws NotUnderstoodException {
        Response.Ok ok = Response.done();
        String function = request.map(Request::function).orElse(PING);
        boolean reads = (request.isPresent() && request.get().onlyReads()) || function.equals(Request.POLL);
        boolean mayTell = function.equals(Request.SEND);
        if (reads || (mayTell && object.has("value"))) {
            if (!object.has("value")) {
                throw new NotUnderstoodException("found " + shown(line) + ", expected the \"value\" that was read");
            }
            ok = Response.ok(result(object.get("value"), request.orElseThrow(), line));
        }
        JsonNode node = object.path("node");
        if (!node.isMissingNode()) {
            ok = ok.by(node(node.asString(""), line));
        }
        for (String name : List.of("version", "position", "asOf")) {
            JsonNode number = object.path(name);
            if (number.isMissingNode() || number.isNull()) {
                continue;
            }
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw new NotUnderstoodException(
                        "found " + shown(line) + ", expected a whole number of 0 or more as \"" + name + "\"");
            }
            ok = switch (name) {
                case "version" -> ok.withVersion(number.longValue());
                case "position" -> ok.withPosition(number.longValue());
                default -> ok.asOf(number.longValue());
            };
        }
        return ok;
    }

    private Node node(String name, String line) throws NotUnderstoodException {
        Node node = new Node(name);
        if (!addresses.containsKey(node)) {
            throw new NotUnderstoodException(
                    "found " + shown(line) + ", expected one of " + addresses.keySet() + " as \"node\"");
        }
        return node;
    }

    private static Value result(JsonNode value, Request request, String line) throws NotUnderstoodException {
        if (request.function().equals(Request.POLL)) {
            return messages(value, line);
        }
        if (request.function().equals(Request.SEND)) {
            return message(value, line);
        }
        if (!request.function().equals(Request.SNAPSHOT)) {
            return value(value, line);
        }
        if (!value.isObject() || !(request.argument() instanceof Value.Sequence keys)) {
            throw new NotUnderstoodException(
                    "found " + shown(line) + ", expected an object with the value of each key as \"value\"");
        }
        Map<Value, Value> seen = new LinkedHashMap<>();
        for (Value key : keys.elements()) {
            JsonNode of = value.path(key.toString());
            seen.put(key, of.isMissingNode() ? Value.NIL : value(of, line));
        }
        return new Value.MapOf(seen);
    }

    private static Value messages(JsonNode value, String line) throws NotUnderstoodException {
        if (!value.isArray()) {
            throw new NotUnderstoodException(
                    "found " + shown(line) + ", expected an array of [offset, message] as \"value\"");
        }
        List<Value> messages = new ArrayList<>();
        for (JsonNode one : value.values()) {
            messages.add(message(one, line));
        }
        return Value.of(messages);
    }

    private static Value message(JsonNode value, String line) throws NotUnderstoodException {
        boolean offset = value.isArray()
                && value.size() == 2
                && value.get(0).isIntegralNumber()
                && value.get(0).canConvertToLong()
                && value.get(0).longValue() >= 0;
        if (!offset) {
            throw new NotUnderstoodException(
                    "found " + shown(line) + ", expected [offset, message], the offset a whole number of 0 or more");
        }
        return value(value, line);
    }

    private static JsonNode object(String line) throws NotUnderstoodException {
        try {
            JsonNode object = JSON.readTree(line);
            if (object.isObject()) {
                return object;
            }
        } catch (JacksonException notJson) {
            throw new NotUnderstoodException(
                    "found " + shown(line) + ", expected a JSON object on a line: " + notJson.getOriginalMessage());
        }
        throw new NotUnderstoodException("found " + shown(line) + ", expected a JSON object on a line");
    }

    /** Values as JSON: what has no like there is a string. */
    private static JsonNode json(Value value) {
        if (value instanceof Value.Int number) {
            return JSON.getNodeFactory().numberNode(number.value());
        }
        if (value instanceof Value.Bool truth) {
            return JSON.getNodeFactory().booleanNode(truth.value());
        }
        if (value instanceof Value.Sequence sequence) {
            ArrayNode array = JSON.createArrayNode();
            sequence.elements().forEach(one -> array.add(json(one)));
            return array;
        }
        return value.isNil()
                ? JSON.getNodeFactory().nullNode()
                : JSON.getNodeFactory().stringNode(value.toString());
    }

    private static Value value(JsonNode json, String line) throws NotUnderstoodException {
        if (json.isNull()) {
            return Value.NIL;
        }
        if (json.isBoolean()) {
            return Value.of(json.booleanValue());
        }
        if (json.isString()) {
            return Value.of(json.stringValue());
        }
        if (json.isIntegralNumber()) {
            BigInteger number = json.bigIntegerValue();
            return number.bitLength() < Long.SIZE ? Value.of(number.longValue()) : new Value.BigInt(number);
        }
        if (json.isArray()) {
            return Value.of(values(json.values(), line));
        }
        throw new NotUnderstoodException("found " + shown(line)
                + ", expected null, true, false, a string, a whole number or an array of these as a value");
    }

    private static List<Value> values(Collection<JsonNode> elements, String line) throws NotUnderstoodException {
        List<Value> values = new ArrayList<>();
        for (JsonNode element : elements) {
            values.add(value(element, line));
        }
        return values;
    }

    private static String shown(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
