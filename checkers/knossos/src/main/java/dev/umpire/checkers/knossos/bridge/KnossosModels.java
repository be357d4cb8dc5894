package dev.umpire.checkers.knossos.bridge;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Knossos' models as models of ours, for {@code Linearizable.check(history, options, model)}.
 *
 * <p>Needs Clojure and Knossos on the class path of whoever calls. An operation of unknown result (a dequeue without answer)
 * takes no effect in Knossos' queues; with models of ours it takes every effect that it may have.
 */
public final class KnossosModels {
    private static final Map<String, Set<String>> FUNCTIONS = functions();

    private KnossosModels() {}

    private static Map<String, Set<String>> functions() {
        Map<String, Set<String>> functions = new LinkedHashMap<>();
        functions.put("register", Set.of("read", "write"));
        functions.put("cas-register", Set.of("read", "write", "cas"));
        functions.put("mutex", Set.of("acquire", "release"));
        functions.put("set", Set.of("add", "read"));
        functions.put("unordered-queue", Set.of("enqueue", "dequeue"));
        functions.put("fifo-queue", Set.of("enqueue", "dequeue"));
        return functions;
    }

    /** The names of Knossos' models of one object. */
    public static List<String> names() {
        return List.copyOf(FUNCTIONS.keySet());
    }

    /**
     * A model of Knossos by the name of its constructor in {@code knossos.model}. Loads Knossos where nobody did before.
     *
     * @throws IllegalArgumentException if it has none of this name; the message lists those it has
     */
    public static Model<?> named(String name) {
        Set<String> functions = FUNCTIONS.get(name);
        if (functions == null) {
            throw new IllegalArgumentException(
                    "model: found " + name + ", expected one of " + String.join(", ", FUNCTIONS.keySet()));
        }
        KnossosNames.load();
        return new Adapter("knossos " + name, functions, declared -> initial(name, declared));
    }

    /**
     * A model that implements {@code knossos.model.Model}, such as one of a Jepsen test.
     *
     * @param name what people call it
     * @param functions the functions that it knows, such as {@code read}
     * @param model its initial state
     */
    public static Model<?> of(String name, Set<String> functions, Object model) {
        KnossosNames.load();
        if (!KnossosNames.modelInterface().isInstance(model)) {
            throw new IllegalArgumentException(
                    "model: found a " + model.getClass().getName() + ", expected a knossos.model.Model");
        }
        return new Adapter(name, Set.copyOf(functions), declared -> model);
    }

    /** Knossos' own model of what a model of ours says, if it says the same; for an opinion that shares nothing with ours. */
    static Optional<Object> own(Model<?> model, Value declared) {
        boolean same = model == Models.REGISTER || model == Models.CAS_REGISTER || model == Models.MUTEX;
        return same ? Optional.of(initial(model.name(), declared)) : Optional.empty();
    }

    private static Object initial(String name, Value declared) {
        return name.endsWith("register")
                ? KnossosNames.ofModel(name).invoke(ClojureValues.of(declared))
                : KnossosNames.ofModel(name).invoke();
    }

    /** What Knossos' models expect as {@code :value} of an operation; null: not known. */
    static @Nullable Object value(Call call) {
        return switch (call.function()) {
            case "read", "dequeue" -> call.answered() ? ClojureValues.of(call.result()) : null;
            default -> ClojureValues.of(call.argument());
        };
    }

    private static final class Adapter implements Model<Object> {
        private final String name;
        private final Set<String> functions;
        private final Function<Value, Object> initial;

        Adapter(String name, Set<String> functions, Function<Value, Object> initial) {
            this.name = name;
            this.functions = functions;
            this.initial = initial;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean knows(String function) {
            return functions.contains(function);
        }

        @Override
        public Object initial(Value declared) {
            return initial.apply(declared);
        }

        @Override
        public Optional<Object> step(Object state, Call call) {
            boolean readsSet = functions.contains("add") && call.function().equals("read") && call.answered();
            IPersistentMap operation = ClojureValues.operation(
                    KnossosNames.FUNCTION,
                    Keyword.intern(call.function()),
                    KnossosNames.VALUE,
                    readsSet ? ClojureValues.asSet(call.result()) : value(call));
            Object next = KnossosNames.ofModel("step").invoke(state, operation);
            return Boolean.TRUE.equals(KnossosNames.ofModel("inconsistent?").invoke(next))
                    ? Optional.empty()
                    : Optional.of(next);
        }
    }
}
