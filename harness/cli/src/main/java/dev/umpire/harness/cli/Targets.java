package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import picocli.CommandLine.Mixin;

/** The targets of the class path, that of {@link ClassPath the user} included. */
final class Targets {
    @Mixin
    ClassPath classPath = new ClassPath();

    /** All targets, by name; those of {@code --classpath} among them. */
    List<Target> all(Surroundings surroundings) throws WrongUse {
        try {
            List<Target> targets = new ArrayList<>(surroundings.targets().apply(classPath.loader(surroundings)));
            targets.sort(Comparator.comparing(Target::name));
            return targets;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new WrongUse("--classpath: found a target that cannot be loaded: " + e.getMessage());
        }
    }

    Target named(String name, Surroundings surroundings) throws WrongUse {
        return named("target", name, surroundings);
    }

    /**
     * The target of this name.
     *
     * @param place what names it, in the message
     * @throws WrongUse if there is none
     */
    Target named(String place, String name, Surroundings surroundings) throws WrongUse {
        List<Target> targets = all(surroundings);
        List<String> known = targets.stream().map(Target::name).toList();
        if (!known.contains(name)) {
            throw new WrongUse(Names.unknown(place, name, known) + "; --classpath brings one of your own");
        }
        return targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The target of this name.
     *
     * @param otherwise what is wrong with one in real time
     * @throws WrongUse if there is none, or if it runs in real time
     */
    Target inVirtualTime(String name, Surroundings surroundings, String otherwise) throws WrongUse {
        Target target = named(name, surroundings);
        if (!target.simulated()) {
            throw new WrongUse("target: found " + name + ", expected one in virtual time: in real time " + otherwise);
        }
        return target;
    }
}
