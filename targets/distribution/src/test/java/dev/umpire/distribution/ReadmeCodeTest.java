package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the READMEs is compiled, within what its reader has around it. */
class ReadmeCodeTest {
    private static final List<String> IMPORTED = List.of(
            "static dev.umpire.checkers.Guarantee.*",
            "static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat",
            "static org.assertj.core.api.Assertions.assertThat",
            "static org.awaitility.Awaitility.await",
            "dev.umpire.checkers.*",
            "dev.umpire.checkers.knossos.*",
            "dev.umpire.checkers.online.*",
            "dev.umpire.checkers.verdict.*",
            "dev.umpire.harness.junit.*",
            "dev.umpire.harness.junit.live.*",
            "dev.umpire.harness.junit.recording.*",
            "dev.umpire.harness.plan.*",
            "dev.umpire.harness.run.*",
            "dev.umpire.harness.target.*",
            "dev.umpire.histories.*",
            "dev.umpire.histories.event.*",
            "dev.umpire.histories.value.*",
            "dev.umpire.targets.simulated.*",
            "dev.umpire.targets.testcontainers.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "org.junit.jupiter.api.*",
            "org.junit.jupiter.api.extension.*");

    /** What a reader has already where a block begins. */
    private static final String AROUND =
            "Map<String, Integer> client, replica; List<Event> events; History history; int operation;"
                    + " List<String> jars; ";

    /** A block that needs nothing around it. */
    private static final Pattern WHOLE_FILE = Pattern.compile("(?s)^import .*?\npublic final class (\\w+)");

    @TempDir
    private Path folder;

    static Stream<ReadmeBlock> blocks() throws IOException {
        return ReadmeBlock.all().stream().filter(block -> block.language().equals("java"));
    }

    @Test
    void blocksOfAllReadmesAreLookedAt() throws IOException {
        assertThat(blocks().map(ReadmeBlock::file))
                .contains(
                        "harness/README.md",
                        "checkers/README.md",
                        "histories/README.md",
                        "targets/README.md",
                        "targets/testcontainers/README.md");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void isCompiled(ReadmeBlock block) {
        assertThat(errors(block)).isEmpty();
    }

    @Test
    void aBlockThatIsOutOfDateIsToldWithItsLine() {
        ReadmeBlock block = new ReadmeBlock("a/README.md", 12, "java", List.of("int one = 1;", "Plan plan = one;"));

        assertThat(errors(block)).singleElement().asString().startsWith("a/README.md:13: incompatible types");
    }

    private List<String> errors(ReadmeBlock block) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString());
        boolean compiled = compiler.getTask(null, null, found, options, null, sources(block))
                .call();
        List<String> errors = found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> block.file() + ":" + one.getLineNumber() + ": " + one.getMessage(null))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!compiled && errors.isEmpty()) {
            errors.add(block + ": the compiler failed and said nothing");
        }
        return errors;
    }

    private static List<JavaFileObject> sources(ReadmeBlock block) {
        Matcher whole = WHOLE_FILE.matcher(block.text());
        return whole.find()
                ? List.of(new Source(whole.group(1), "\n".repeat(block.line() - 1) + block.text()))
                : List.of(new Source("Block", surrounded(block)), new Source("MyStore", OwnTargetTest.SOURCE));
    }

    /** A file in which the block stands on the lines on which it stands in the README. */
    private static String surrounded(ReadmeBlock block) {
        String imports = IMPORTED.stream().map(one -> "import " + one + "; ").collect(Collectors.joining());
        String text = block.text();
        String before;
        String after;
        if (text.startsWith("class ")) {
            before = imports;
            after = "";
        } else if (text.startsWith("@")) {
            before = imports + "class Block { ";
            after = "}";
        } else {
            before = imports + "class Block { " + AROUND + "Object block() throws Exception { if (true) { ";
            after = "} return this; } }";
        }
        return before + "\n".repeat(block.line() - 1) + text + "\n" + after;
    }

    /** A source that is no file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
