package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
    @TempDir
    Path folder;

    @Test
    void aShortLogIsReadAsAWhole() throws Exception {
        Files.writeString(folder.resolve("n2.log"), "b\n");
        Files.writeString(folder.resolve("n1.log"), "a\nc\n");
        Files.writeString(folder.resolve("other.txt"), "x\n");

        assertThat(NodeLog.in(folder))
                .containsExactly(new NodeLog("n1", List.of("a", "c"), 0), new NodeLog("n2", List.of("b"), 0));
    }

    @Test
    void ofALongLogTheEndIsReadAndHalfALineLeftOut() throws Exception {
        Files.writeString(folder.resolve("n1.log"), "a line of twenty one\n".repeat(10_000) + "the last\n");

        NodeLog log = NodeLog.in(folder).get(0);

        assertThat(log.leftOutBytes()).isEqualTo(210_009 - 32 * 1024);
        assertThat(log.lines()).first().isEqualTo("a line of twenty one");
        assertThat(log.lines()).last().isEqualTo("the last");
    }

    @Test
    void aRunWithoutLogsHasNone() throws Exception {
        assertThat(NodeLog.in(folder.resolve("nodes"))).isEmpty();
    }
}
