package dev.umpire.checkers.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in models by their names. */
public final class Models {

    /** Reads and writes of one value. */
    public static final Model<?> REGISTER = new RegisterModel("register", false);

    /** A register that also compares and sets. */
    public static final Model<?> CAS_REGISTER = new RegisterModel("cas-register", true);

    /** Registers that transactions and snapshots read and write together. */
    public static final Model<?> MULTI_REGISTER = new MultiRegisterModel("multi-register", false);

    /** Lists that grow at their ends, alone or in transactions. */
    public static final Model<?> LIST_APPEND = new MultiRegisterModel("list-append", true);

    /** A string that is got, put and appended to; absent is the empty string. */
    public static final Model<?> KEY_VALUE = new KeyValueModel();

    /** A lock that one holds at a time, whoever releases it. */
    public static final Model<?> MUTEX = new MutexModel();

    /** A lock that only the session releases that holds it. */
    public static final Model<?> OWNED_MUTEX = new OwnedMutexModel();

    /** A lock that hands out growing tokens. */
    public static final Model<?> FENCED_LOCK = new FencedLockModel();

    /** A number that is changed by amounts. */
    public static final Model<?> COUNTER = new CounterModel();

    /** A set from which nothing is removed. */
    public static final Model<?> GROW_ONLY_SET = new SetModel("g-set", true);

    /** A set. */
    public static final Model<?> SET = new SetModel("set", false);

    /** A queue, first in, first out. */
    public static final Model<?> FIFO_QUEUE = new QueueModel();

    /** A queue that gives out its elements in any order. */
    public static final Model<?> UNORDERED_QUEUE = new UnorderedQueueModel();

    /** A stack, last in, first out. */
    public static final Model<?> STACK = new StackModel();

    /** A source of ids that are all different. */
    public static final Model<?> UNIQUE_ID = new UniqueIdModel();

    private static final Map<String, Model<?>> BY_NAME = byName(
            REGISTER,
            CAS_REGISTER,
            MULTI_REGISTER,
            LIST_APPEND,
            KEY_VALUE,
            COUNTER,
            GROW_ONLY_SET,
            SET,
            FIFO_QUEUE,
            UNORDERED_QUEUE,
            STACK,
            MUTEX,
            OWNED_MUTEX,
            FENCED_LOCK,
            UNIQUE_ID);

    /** What others call the same. */
    private static final Map<String, Model<?>> BY_OTHER_NAME = Map.of(
            "key-value", KEY_VALUE,
            "grow-only-set", GROW_ONLY_SET,
            "queue", FIFO_QUEUE,
            "lock", MUTEX,
            "owner-aware-mutex", OWNED_MUTEX,
            "fenced-mutex", FENCED_LOCK,
            "unique-ids", UNIQUE_ID);

    private Models() {}

    private static Map<String, Model<?>> byName(Model<?>... models) {
        Map<String, Model<?>> named = new LinkedHashMap<>();
        for (Model<?> model : models) {
            named.put(model.name(), model);
        }
        return named;
    }

    /** The model of this name, or of another that is in use for it; empty if there is none. */
    public static Optional<Model<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.getOrDefault(name, BY_OTHER_NAME.get(name)));
    }

    /** What else some of them are called, in the order of the alphabet. */
    public static List<String> otherNames() {
        return BY_OTHER_NAME.keySet().stream().sorted().toList();
    }

    /** The names of all built-in models. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }
}
