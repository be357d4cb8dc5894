package dev.umpire.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A history whose every name and value means harm to whoever shows it, one of them a mebibyte long: all that is written is data. */
class HostileHistoryTest {
    private static final String HARM =
            "</testcase><script>alert(1)</script> ``` | \\u001b[2J\\u001b]0;x\\u0007\\u202e\\u2066 \\r\\n::error::x ]]>";
    /** What a terminal obeys, ends of lines left out, and what turns the direction of reading. */
    private static final Pattern OBEYED =
            Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f\\u202a-\\u202e\\u2066-\\u2069]");

    private static final int MEBIBYTE = 1 << 20;
    private static final int LONGEST_LINE = 10_000;

    @TempDir
    private Path folder;

    private Command command;

    @BeforeEach
    void aSessionThatDoesNotSeeItsOwnWrite() throws IOException {
        command = Command.in(folder);
        String huge = HARM + "y".repeat(MEBIBYTE);
        Files.writeString(folder.resolve("hostile.jsonl"), history(huge));
    }

    private static String history(String huge) {
        return """
                {"umpire":"history","version":1,"nodes":["n1","HARM"],"initial":null}
                {"type":"info","process":"nemesis","f":"confirm","value":{"id":1,"fault":"HARM","nodes":["HARM"]},"time":1}
                {"type":"invoke","process":"HARM","session":"HARM","node":"HARM","f":"write","key":"HARM","value":"HUGE","time":2}
                {"type":"ok","process":"HARM","session":"HARM","node":"HARM","f":"write","key":"HARM","value":"HUGE","time":3}
                {"type":"invoke","process":"HARM","session":"HARM","node":"n1","f":"read","key":"HARM","time":4}
                {"type":"ok","process":"HARM","session":"HARM","node":"n1","f":"read","key":"HARM","value":null,"time":5}
                {"type":"invoke","process":2,"f":"HARM","key":"other HARM","value":"HUGE","time":6}
                {"type":"info","process":2,"f":"HARM","key":"other HARM","value":"HUGE","error":"HUGE","time":7}
                """.replace("HARM", HARM).replace("HUGE", huge);
    }

    private static void isPlain(String text) {
        assertThat(OBEYED.matcher(text).results().map(found -> Integer.toHexString(text.charAt(found.start()))))
                .as(text.substring(0, Math.min(text.length(), LONGEST_LINE)))
                .isEmpty();
        assertThat(text.lines()).noneMatch(line -> line.startsWith("::error"));
    }

    private String written(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void theTerminalShowsItAsText() {
        for (List<String> arguments : List.of(
                List.of("check", "hostile.jsonl"),
                List.of("check", "hostile.jsonl", "-g", "read-your-writes"),
                List.of("lint", "hostile.jsonl"))) {
            for (boolean terminal : List.of(true, false)) {
                Command.Answered answered = command.onATerminal(terminal).run(arguments.toArray(String[]::new));

                String plain = (answered.out() + answered.err()).replaceAll("\u001b\\[[0-9;]*m", "");
                isPlain(plain);
                assertThat(plain).contains("<script>");
                assertThat(plain.lines()).allMatch(line -> line.length() < LONGEST_LINE);
            }
        }
    }

    @Test
    void filesForCiSystemsAreWellFormedAndShort() throws Exception {
        Command.Answered answered = command.run(
                "check",
                "hostile.jsonl",
                "--require",
                "read-your-writes",
                "--junit-xml",
                "r.xml",
                "--sarif",
                "r.sarif",
                "--markdown",
                "r.md",
                "--json");

        assertThat(answered.code()).isEqualTo(1);
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(written("r.xml").getBytes(StandardCharsets.UTF_8)));
        assertThat(xml.getElementsByTagName("script").getLength()).isZero();
        assertThat(xml.getElementsByTagName("failure").getLength()).isPositive();
        isPlain(written("r.xml"));
        isPlain(written("r.md"));
        assertThat(written("r.md").lines().filter(line -> !line.startsWith("session")))
                .noneMatch(line -> line.startsWith("|") && line.contains("<script>"));
        JsonNode sarif = JsonMapper.shared().readTree(written("r.sarif"));
        assertThat(sarif.at("/runs/0/results")).isNotEmpty();
        assertThat(JsonMapper.shared().readTree(answered.out()).get("guarantees"))
                .isNotEmpty();
        isPlain(answered.out());
        for (String file : List.of("r.xml", "r.md", "r.sarif")) {
            assertThat(written(file)).as(file).hasSizeLessThan(MEBIBYTE / 4);
        }
    }

    @Test
    void whatDiffersIsToldInShort() throws IOException {
        Files.writeString(folder.resolve("other.jsonl"), history(HARM + "z".repeat(MEBIBYTE)));

        Command.Answered answered = command.run("diff", "hostile.jsonl", "other.jsonl");

        isPlain(answered.out() + answered.err());
        assertThat(answered.out()).contains("…").hasSizeLessThan(MEBIBYTE / 4);
    }
}
