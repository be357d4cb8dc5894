package dev.umpire.harness.target;

import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a session asks of the store.
 *
 * @param function {@link #READ}, {@link #WRITE}, {@link #SNAPSHOT}, or another function that workload and target agree on
 * @param key the key; empty where the argument names several
 * @param argument what is written; nil for a read; the sequence of keys for a snapshot
 * @param at the node that must answer, whatever the routing says: for the final reads from every node
 * @param finalPhase whether this belongs to the phase after healing and convergence
 */
public record Request(String function, Optional<Value> key, Value argument, Optional<Node> at, boolean finalPhase) {

    /** Reads several keys in one request; the result is a map from key to value. */
    public static final String SNAPSHOT = "snapshot";

    /** Replaces the value of one key on the condition that it is another; the argument is {@code [old new]}. */
    public static final String CAS = "cas";

    /** Appends to the list of one key. */
    public static final String APPEND = "append";

    /** Adds an element to the set of one key. */
    public static final String ADD = "add";

    /** Removes an element from the set of one key. */
    public static final String REMOVE = "remove";

    /** Adds a number to the counter of one key. */
    public static final String INCREMENT = "increment";

    /**
     * Moves money between two accounts of the bank that is the key, both at once or not at all; the argument is a map of {@link
     * #FROM}, {@link #TO} and {@link #AMOUNT}. An account holds nothing before its first transfer, and may be overdrawn. To read
     * the bank gives a map from account to balance.
     */
    public static final String TRANSFER = "transfer";

    /** Of a transfer the account that has less afterwards. */
    public static final String FROM = "from";

    /** Of a transfer the account that has more afterwards. */
    public static final String TO = "to";

    /** Of a transfer how much it moves. */
    public static final String AMOUNT = "amount";

    /** Asks for an id that nobody else is given; the result is the id. */
    public static final String GENERATE = "generate";

    /** Claims the name that is the key, for the session alone; fails where somebody has it. */
    public static final String CLAIM = "claim";

    /** Sends a message to the partition of a log that is the key; the result is {@code [offset message]}. */
    public static final String SEND = "send";

    /**
     * Takes the next messages of the partition that is the key, where the session is; the result is {@code [[offset message]
     * ...]}. Without a key and with the argument {@code [[:poll]]}: as a member of the group, from what it is assigned; the
     * result is {@code [[:poll {partition [[offset message] ...]}]]}. In the final phase: all up to the end.
     */
    public static final String POLL = "poll";

    /** Lets the session be a member of the group from its next poll on. */
    public static final String SUBSCRIBE = "subscribe";

    /** Reads one key. */
    public static final String READ = "read";

    /** Writes one key. */
    public static final String WRITE = "write";

    public static Request read(Value key) {
        return new Request(READ, Optional.of(key), Value.NIL, Optional.empty(), false);
    }

    public static Request write(Value key, Value value) {
        return new Request(WRITE, Optional.of(key), value, Optional.empty(), false);
    }

    public static Request snapshot(List<Value> keys) {
        return new Request(SNAPSHOT, Optional.empty(), Value.of(keys), Optional.empty(), false);
    }

    /** Polls as a member of the group. */
    public static Request pollAsMember() {
        return new Request(
                POLL,
                Optional.empty(),
                Value.of(List.of(Value.of(List.of(Value.keyword(POLL))))),
                Optional.empty(),
                false);
    }

    /** Any other function on one key. */
    public static Request of(String function, Value key, Value argument) {
        return new Request(function, Optional.of(key), argument, Optional.empty(), false);
    }

    /**
     * The key of a request that cannot be without one.
     *
     * @throws IllegalArgumentException if it has none
     */
    public Value requireKey() {
        return key.orElseThrow(() -> new IllegalArgumentException("key: found none, expected one for " + this));
    }

    /**
     * What a compare-and-set is about.
     *
     * @param old what has to be there
     * @param wanted what shall be there then
     */
    public record Swap(Value old, Value wanted) {}

    /**
     * The argument {@code [old new]} of a compare-and-set.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Swap requireSwap() {
        if (!(argument instanceof Value.Sequence both) || both.elements().size() != 2) {
            throw new IllegalArgumentException("argument: found " + argument + ", expected [old new]");
        }
        return new Swap(both.elements().get(0), both.elements().get(1));
    }

    /** Whether it changes nothing, as far as the functions are known here. */
    public boolean onlyReads() {
        return function.equals(READ) || function.equals(SNAPSHOT);
    }

    /** The same request, in the final phase, at this node. */
    public Request finallyAt(Node node) {
        return new Request(function, key, argument, Optional.of(node), true);
    }
}
