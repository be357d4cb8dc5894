package dev.umpire.harness.target;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A store whose nodes run in containers of an image, as settings say: {@code launcher=docker image=redis:7}. The store's own class
 * does not know of it; what cannot be done to nodes there is left out here.
 */
public final class InContainers {

    /** The setting that says who starts nodes. */
    public static final String LAUNCHER = "launcher";

    /** The launcher by which each node is a container. */
    public static final String DOCKER = "docker";

    /** The setting that names the image of all nodes. */
    public static final String IMAGE = "image";

    /** Not begun with a dash, by which it would be an option of docker. */
    private static final String REFERENCE = "[A-Za-z0-9][A-Za-z0-9_.:/@-]*";

    /** They need a library, or a disk, of this machine between a node and its system. */
    private static final Set<FaultKind> OF_PROCESSES = Set.of(FaultKind.CLOCK, FaultKind.FULL_DISK);

    private InContainers() {}

    /** The image of all nodes; empty: none runs in a container that is started here. */
    public static Optional<String> image(Settings settings) {
        return DOCKER.equals(settings.values().get(LAUNCHER))
                ? Optional.of(settings.values().getOrDefault(IMAGE, ""))
                : Optional.empty();
    }

    /**
     * Refuses an image that is none. Does nothing where nodes run in no containers.
     *
     * @throws IllegalArgumentException if none is named, or none has such a name
     */
    public static void requirePossible(Settings settings) {
        Optional<String> image = image(settings);
        if (image.filter(name -> !name.matches(REFERENCE)).isPresent()) {
            throw new IllegalArgumentException(IMAGE + ": found " + (image.get().isEmpty() ? "none" : image.get())
                    + ", expected the image that nodes run in, as docker knows it: redis:7");
        }
    }

    /** As {@link Target#describe}, begun with the image of the nodes where they run in containers. */
    public static String describe(Target target, Settings settings) {
        return image(settings).map(image -> image + " · ").orElse("") + target.describe(settings);
    }

    /** The faults that a target can be given with these settings, wherever its nodes run. */
    public static Set<FaultKind> faults(Target target, Settings settings) {
        Set<FaultKind> all = target.faults(settings);
        return image(settings).isEmpty()
                ? all
                : all.stream()
                        .filter(kind -> !OF_PROCESSES.contains(kind))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    /** Why a fault is not among them; as {@link Target#missingFor}. */
    public static Optional<String> missingFor(Target target, Settings settings, FaultKind kind) {
        return image(settings).isPresent() && OF_PROCESSES.contains(kind)
                ? Optional.of("nodes in containers have the clock and the disks of their engine; with " + LAUNCHER
                        + "=process it may be")
                : target.missingFor(kind);
    }
}
