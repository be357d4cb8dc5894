package dev.umpire.checkers.knossos.bridge;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import dev.umpire.checkers.knossos.analysis.Finding;
import dev.umpire.checkers.knossos.analysis.Task;
import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.words.Visible;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks Knossos about one object.
 *
 * <p>Registers, cas-registers and mutexes are judged by Knossos' own models, so that the opinion shares nothing with ours;
 * every other model of ours is put on as a {@code knossos.model.Model}.
 */
public final class Bridge {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Bridge() {}

    /**
     * Loads Knossos, once a process: some seconds.
     *
     * @throws IllegalStateException if that fails; the message says how, in one line
     */
    public static Bridge load() {
        try {
            KnossosNames.load();
            return new Bridge();
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException("Knossos cannot be loaded: " + sentence(e), e);
        }
    }

    /**
     * Analyses one object. Nothing is thrown: what Knossos throws becomes UNKNOWN with its text.
     *
     * @param object the number of the object
     * @param limitMillis Knossos' own limit. Without one, an exception inside a competition is thrown; with one it is
     *     swallowed, and the caller waits for the limit
     */
    public Finding analyse(Task task, int object, OptionalLong limitMillis) {
        History history = task.history();
        Value declared = history.value(history.initialValue());
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Model<?> model = task.objects().model();
        Optional<Object> own = KnossosModels.own(model, declared);
        long begun = System.nanoTime();
        try {
            PersistentVector operations = Operations.of(
                    history,
                    task.objects(),
                    object,
                    own.isPresent() ? KnossosModels::value : call -> canonical(model, call));
            Object state = own.isPresent() ? own.get() : OurModel.initial(model, declared, failure);
            Object result = KnossosNames.analysis(task.algorithm()).invoke(state, operations, options(limitMillis));
            long millis = (System.nanoTime() - begun) / NANOS_PER_MILLI;
            Throwable failed = failure.get();
            return failed == null
                    ? new Results(history).finding(object, result, millis)
                    : Finding.unknown(object, "the model " + model.name() + " failed: " + sentence(failed), millis);
        } catch (Throwable e) { // Knossos throws AssertionError for what it does not like; sneakily, checked ones too
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Finding.unknown(
                    object, "Knossos failed: " + sentence(e), (System.nanoTime() - begun) / NANOS_PER_MILLI);
        }
    }

    /** The call without what makes no difference, so that Knossos' memo of states finds equal ones. */
    private static Call canonical(Model<?> model, Call call) {
        return model.canonical(call);
    }

    private static IPersistentMap options(OptionalLong limitMillis) {
        return limitMillis.isPresent()
                ? ClojureValues.operation(Keyword.intern("time-limit"), limitMillis.getAsLong())
                : PersistentArrayMap.EMPTY;
    }

    private static String sentence(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return root.getClass().getSimpleName()
                + (text == null || text.isBlank() ? "" : ": " + Visible.text(text.strip()));
    }
}
