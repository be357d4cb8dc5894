package dev.umpire.targets.postgres;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

    @TempDir
    Path folder;

    @Test
    void aServerIsToldHowManyConnectionsItBears() throws IOException {
        PostgresSettings settings = PostgresSettings.of(TestCluster.settings(new PostgresTarget()));

        Layout.write(settings, 2_100, N1, List.of(N2), 5432, folder, Optional.empty(), false);

        assertThat(folder.resolve("postgresql.conf")).content().contains("max_connections = 2100\n");
    }
}
