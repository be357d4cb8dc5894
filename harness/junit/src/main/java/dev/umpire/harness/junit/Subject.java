package dev.umpire.harness.junit;

import dev.umpire.harness.target.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What a {@link ConsistencyTest} puts to the question.
 *
 * @param store gives the target, anew where the annotation names its class
 * @param settings of the target, which those of the annotation come on top of
 * @param promises the file by which its runs are judged; empty: by their plans
 */
record Subject(Supplier<Target> store, Map<String, String> settings, Optional<Path> promises) {

    /**
     * The target that the annotation names, else that of the extension which the class of the test registers.
     *
     * @throws IllegalArgumentException if there is neither
     */
    static Subject of(ConsistencyTest test, ExtensionContext context) {
        Optional<Path> named =
                Optional.of(test.promise()).filter(file -> !file.isEmpty()).map(Path::of);
        if (test.target() != Target.class) {
            return new Subject(() -> ReflectionSupport.newInstance(test.target()), Map.of(), named);
        }
        UmpireExtension registered = UmpireExtension.registered(context);
        return new Subject(registered::target, registered.settings(), named.or(registered::promises));
    }

    Target target() {
        return store.get();
    }
}
