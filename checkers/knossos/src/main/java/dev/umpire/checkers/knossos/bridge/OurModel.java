package dev.umpire.checkers.knossos.bridge;

import clojure.lang.IFn;
import clojure.lang.RT;
import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Model;
import dev.umpire.histories.value.Value;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A state of a model of ours as a {@code knossos.model.Model}.
 *
 * <p>The interface is there only at run time, so that the object is a {@link Proxy}. Knossos compares states by
 * {@code equals}, which is the state's own. The {@code :value} of an operation is the {@link Call} itself.
 *
 * @param <S> the states of the model
 */
final class OurModel<S> implements InvocationHandler {

    /** What all states of one analysis share. */
    private record Shared<S>(
            Model<S> model, Class<?> type, IFn inconsistent, AtomicReference<@Nullable Throwable> failure) {}

    private final Shared<S> shared;
    private final S state;

    private OurModel(Shared<S> shared, S state) {
        this.shared = shared;
        this.state = state;
    }

    /**
     * The initial state.
     *
     * @param failure is told of the first thing that the model throws, as Knossos would swallow it
     */
    static <S> Object initial(Model<S> model, Value declared, AtomicReference<@Nullable Throwable> failure) {
        Shared<S> shared =
                new Shared<>(model, KnossosNames.modelInterface(), KnossosNames.ofModel("inconsistent"), failure);
        return of(shared, model.initial(declared));
    }

    private static <S> Object of(Shared<S> shared, S state) {
        return Proxy.newProxyInstance(
                shared.type().getClassLoader(), new Class<?>[] {shared.type()}, new OurModel<>(shared, state));
    }

    @Override
    public Object invoke(Object self, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "hashCode" -> state.hashCode();
            case "toString" -> text();
            case "equals" -> arguments != null && isEqual(arguments[0]);
            default -> arguments == null ? self : step(arguments[0]);
        };
    }

    // states of two analyses are never equal, whatever their models
    @SuppressWarnings("ReferenceEquality")
    private boolean isEqual(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof OurModel<?> theirs
                && shared == theirs.shared
                && state.equals(theirs.state);
    }

    private Object step(Object operation) {
        Object value = RT.get(operation, KnossosNames.VALUE);
        try {
            if (!(value instanceof Call call)) {
                throw new IllegalStateException("value: found " + value + ", expected a call");
            }
            Optional<S> next = shared.model().step(state, call);
            return next.isPresent() ? of(shared, next.get()) : inconsistent(call);
        } catch (RuntimeException | Error e) {
            shared.failure().compareAndSet(null, e);
            return shared.inconsistent().invoke("the model failed");
        }
    }

    private Object inconsistent(Call call) {
        String asked = call.argument().isNil() ? "" : " " + call.argument();
        String answered = call.answered() && !call.result().isNil() ? ", answered " + call.result() : "";
        return shared.inconsistent().invoke("found " + text() + " before " + call.function() + asked + answered);
    }

    private String text() {
        return String.valueOf(state);
    }
}
