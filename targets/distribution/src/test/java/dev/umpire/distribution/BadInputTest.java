package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad files as a user meets them: exit code 2 and one line with file, line, what was found and what was expected, in a
 * process with a small heap.
 */
class BadInputTest {
    private static final List<String> SMALL = List.of("-Xmx256m");
    private static final String EDN = "{:type :invoke, :process 0, :f :write, :value 1}\n";
    private static final String JSON =
            "{\"index\":0,\"time\":1,\"type\":\"invoke\",\"process\":0,\"f\":\"write\",\"key\":\"x\",\"value\":1}\n";

    @TempDir
    Path folder;

    static List<Arguments> badFiles() {
        return List.of(
                Arguments.of("cut.edn", EDN + "{:type :ok, :process 0, :f :wr"),
                Arguments.of("cut.json", JSON + "{\"type\":\"ok\",\"process\":0,\"f\":[1,"),
                Arguments.of("type.edn", EDN.replace(":f :write", ":f {1 2}")),
                Arguments.of("type.json", JSON.replace("\"time\":1", "\"time\":\"noon\"")),
                Arguments.of("deep.edn", "{:type :invoke, :process 0, :f :write, :value " + "[".repeat(100_000)),
                Arguments.of(
                        "deep.json",
                        "{\"type\":\"invoke\",\"process\":0,\"f\":\"write\",\"value\":" + "[".repeat(100_000)),
                Arguments.of(
                        "deep-and-closed.edn",
                        "{:type :invoke, :process 0, :f :write, :value " + "[".repeat(100_000) + "]".repeat(100_000)
                                + "}"),
                Arguments.of("noise.bin", noise()),
                Arguments.of("empty.edn", ""),
                Arguments.of("completion.edn", EDN.replace(":invoke", ":ok")),
                Arguments.of("completion.json", JSON.replace("invoke", "ok")),
                Arguments.of("two-open.edn", EDN + EDN),
                Arguments.of("two-open.json", JSON + JSON.replace("\"index\":0", "\"index\":1")));
    }

    private static String noise() {
        byte[] bytes = new byte[4_096];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * i * 31 + i * 7 + 0x80);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void isRefusedWithOneLine(String name, String content) throws Exception {
        Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));

        refused(name, UmpireProcess.run(folder, SMALL, "check", name));
    }

    @Test
    void aTokenOfAGibibyteIsRefusedWithOneLine() throws Exception {
        Path file = folder.resolve("token.edn");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("{:type :invoke, :process 0, :f :write, :value \"".getBytes(StandardCharsets.US_ASCII));
            byte[] much = new byte[1 << 20];
            Arrays.fill(much, (byte) 'a');
            for (int i = 0; i < 1 << 10; i++) {
                out.write(much);
            }
        }

        refused("token.edn", UmpireProcess.run(folder, SMALL, "check", "token.edn"));
        Files.delete(file);
    }

    @Test
    void aHistoryOnOneLongLineIsRead() throws Exception {
        StringBuilder line = new StringBuilder("[");
        for (int i = 0; i < 50_000; i++) {
            line.append("{:type :invoke, :process 0, :f :write, :key 1, :value ")
                    .append(i)
                    .append("} ");
            line.append("{:type :ok, :process 0, :f :write, :key 1, :value ")
                    .append(i)
                    .append("} ");
        }
        Files.writeString(folder.resolve("long.edn"), line.append("]"));

        UmpireProcess.Ended ended = UmpireProcess.run(folder, SMALL, "check", "long.edn", "--json");

        assertThat(ended.out()).contains("\"operations\":50000");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void aProcessThatIsUsedAgainAfterInfoIsAWarning() throws Exception {
        Files.writeString(
                folder.resolve("again.edn"),
                EDN
                        + EDN.replace(":invoke", ":info")
                        + EDN.replace("1}", "2}")
                        + EDN.replace(":invoke", ":ok").replace("1}", "2}"));

        UmpireProcess.Ended ended = UmpireProcess.run(folder, SMALL, "check", "again.edn");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).containsPattern("process 0.*again");
    }

    private static void refused(String name, UmpireProcess.Ended ended) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).matches("(?s).*" + name + ":\\d+:\\d+: .*found .*expected .*");
        assertThat(ended.err()).hasSizeLessThan(1_000);
    }
}
