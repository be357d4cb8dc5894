package dev.umpire.checkers.words;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.BitSet;
import java.util.Optional;

/**
 * What the operations on objects that are no registers are called: queues, stacks, locks, sets, counters, logs and sources of ids.
 * Which of them it is the functions tell, as they tell which model a history asks for. Thread-safe.
 */
final class ObjectWords {
    private final History history;
    private final Words words;
    private final BitSet counters;
    private final String noun;

    ObjectWords(History history, Words words) {
        this.history = history;
        this.words = words;
        counters = counters();
        noun = nounOfHistory();
    }

    /** What the object is that has no name: {@code queue}; {@code register} where the functions say nothing else. */
    String noun() {
        return noun;
    }

    private String nounOfHistory() {
        for (String function : new String[] {
            "get",
            "put",
            "append",
            "txn",
            "snapshot",
            "acquire",
            "release",
            "enqueue",
            "dequeue",
            "push",
            "pop",
            "generate",
            "increment",
            "decrement",
            "remove",
            "contains",
            "add",
            "transfer",
            "claim",
            "send",
            "poll"
        }) {
            if (history.functionId(function) != History.NONE) {
                return switch (function) {
                    case "append" -> "list";
                    case "transfer" -> "bank";
                    case "claim" -> "source of names";
                    default -> nounOf(function, !counters.isEmpty()).orElse("register");
                };
            }
        }
        return "register";
    }

    private static Optional<String> nounOf(String function, boolean counter) {
        return switch (function) {
            case "acquire", "release" -> Optional.of("lock");
            case "enqueue", "dequeue", "drain" -> Optional.of("queue");
            case "push", "pop" -> Optional.of("stack");
            case "send", "poll" -> Optional.of("log");
            case "generate" -> Optional.of("source of ids");
            case "increment", "decrement" -> Optional.of("counter");
            case "remove", "contains" -> Optional.of("set");
            case "add" -> Optional.of(counter ? "counter" : "set");
            default -> Optional.empty();
        };
    }

    /** The keys to which amounts are added and no elements; empty where nothing is added. */
    private BitSet counters() {
        BitSet counters = new BitSet();
        BitSet known = new BitSet();
        boolean adds = history.functionId("add") != History.NONE;
        for (int operation = 0; operation < history.size() && adds; operation++) {
            int key = history.key(operation);
            if (key == History.NONE || known.get(key)) {
                continue;
            }
            String function = history.functionName(history.function(operation));
            boolean counts = function.equals("increment") || function.equals("decrement");
            boolean answered = function.equals("read")
                    && history.outcome(operation) == Outcome.OK
                    && history.result(operation) != History.NIL;
            if (counts || answered || function.equals("remove") || function.equals("contains")) {
                known.set(key);
                counters.set(
                        key, counts || (answered && history.value(history.result(operation)) instanceof Value.Int));
            }
        }
        return counters;
    }

    /** {@code dequeued 3 from queue q}; empty of a function that is not one of theirs, or that asks for nothing. */
    Optional<String> deed(int operation) {
        String function = history.functionName(history.function(operation));
        int argument = history.argument(operation);
        String asked = argument == History.NIL ? "" : words.value(argument);
        String object = object(operation, function);
        return switch (function) {
            case "enqueue" -> Optional.of("enqueued " + words.value(argument) + " to " + object);
            case "push" -> Optional.of("pushed " + words.value(argument) + " on " + object);
            case "dequeue" -> Optional.of(taken(operation, "dequeued", object));
            case "pop" -> Optional.of(taken(operation, "popped", object));
            case "drain" -> Optional.of("drained " + object);
            case "send" -> Optional.of("sent " + words.value(argument) + " to " + object);
            case "poll" -> Optional.of("polled " + object);
            case "acquire" ->
                Optional.of("acquired " + object + withToken(isToken(operation) ? answer(operation) : ""));
            case "release" -> Optional.of("released " + object + withToken(asked));
            case "generate" -> Optional.of(generated(operation));
            case "increment" -> Optional.of("incremented " + object + (asked.isEmpty() ? "" : " by " + asked));
            case "decrement" -> Optional.of("decremented " + object + (asked.isEmpty() ? "" : " by " + asked));
            case "add" -> Optional.of("added " + words.value(argument) + " to " + object);
            case "remove" -> asked.isEmpty() ? Optional.empty() : Optional.of("removed " + asked + " from " + object);
            case "contains" ->
                asked.isEmpty() ? Optional.empty() : Optional.of("looked for " + asked + " in " + object);
            default -> Optional.empty();
        };
    }

    /** What was answered, where the deed does not tell it. */
    Optional<String> returned(int operation) {
        if (history.outcome(operation) != Outcome.OK
                || history.result(operation) == History.NIL
                || history.result(operation) == history.argument(operation)) {
            return Optional.empty();
        }
        String function = history.functionName(history.function(operation));
        boolean told = function.equals("drain")
                || function.equals("send")
                || function.equals("poll")
                || (nounOf(function, false).isPresent()
                        && history.value(history.result(operation)) instanceof Value.Bool);
        return told ? Optional.of("returned " + answer(operation)) : Optional.empty();
    }

    private String object(int operation, String function) {
        int key = history.key(operation);
        String itsNoun =
                nounOf(function, key != History.NONE && counters.get(key)).orElse(noun);
        return isNamed(key) ? itsNoun + " " + words.key(key) : "the " + itsNoun;
    }

    private boolean isNamed(int key) {
        return key != History.NONE && !history.keyName(key).isNil();
    }

    private String taken(int operation, String verb, String object) {
        if (history.outcome(operation) != Outcome.OK) {
            return verb + " from " + object;
        }
        return history.result(operation) == History.NIL
                ? "found " + object + " empty"
                : verb + " " + answer(operation) + " from " + object;
    }

    private String generated(int operation) {
        String what = answer(operation).isEmpty() ? "generated an id" : "generated id " + answer(operation);
        int key = history.key(operation);
        return isNamed(key) ? what + " of " + words.key(key) : what;
    }

    private boolean isToken(int operation) {
        return history.result(operation) != history.argument(operation)
                && !(history.value(history.result(operation)) instanceof Value.Bool);
    }

    private static String withToken(String token) {
        return token.isEmpty() ? "" : " with token " + token;
    }

    private String answer(int operation) {
        boolean answered = history.outcome(operation) == Outcome.OK && history.result(operation) != History.NIL;
        return answered ? words.value(history.result(operation)) : "";
    }
}
