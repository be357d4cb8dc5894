package dev.umpire.targets.testcontainers;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.targets.testing.InstalledStore;
import java.io.IOException;

/** The image with the stores of these tests, which {@code src/test/docker/image} makes. */
final class StoresImage {
    static final String NAME = "umpire-test-stores:1";

    private StoresImage() {}

    /** Skips visibly where there is no container engine or no image. */
    static void required() {
        InstalledStore.required("docker", StoresImage::find);
    }

    private static void find(Launcher unused) throws IOException {
        Engine engine = Engine.open();
        try {
            engine.client().inspectImageCmd(NAME).exec();
        } catch (NotFoundException missing) {
            throw new LaunchException(
                    "found no image " + NAME + ", expected one: targets/testcontainers/src/test/docker/image", missing);
        }
    }
}
