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

    private static final Map<String, Model<?>> BY_NAME =
            byName(REGISTER, CAS_REGISTER, MULTI_REGISTER, LIST_APPEND, KEY_VALUE, MUTEX);

    private Models() {}

    private static Map<String, Model<?>> byName(Model<?>... models) {
        Map<String, Model<?>> named = new LinkedHashMap<>();
        for (Model<?> model : models) {
            named.put(model.name(), model);
        }
        return named;
    }

    /** The model of this name; empty if there is none. */
    public static Optional<Model<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names of all built-in models. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }
}
