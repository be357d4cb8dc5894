package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the READMEs do what is shown: on the simulated store word by word, and the builds name what there is. */
class ReadmeCommandsTest {
    private static final String UMPIRE = "./umpire ";

    @TempDir
    private Path folder;

    private static List<ReadmeBlock> blocksWith(String begin) throws IOException {
        return ReadmeBlock.all().stream()
                .filter(block -> block.lines().stream().anyMatch(line -> line.startsWith(begin)))
                .toList();
    }

    /** Blocks that show a command and what it prints. */
    static List<ReadmeBlock> shown() throws IOException {
        return blocksWith("$ " + UMPIRE);
    }

    @ParameterizedTest
    @MethodSource("shown")
    void whatIsShownIsWhatIsPrinted(ReadmeBlock block) throws Exception {
        String command = block.lines().get(0).substring(("$ " + UMPIRE).length());

        UmpireProcess.Ended ended = UmpireHere.run(folder, command.split(" "));

        List<String> printed =
                new ArrayList<>(block.lines().subList(1, block.lines().size()));
        assertThat(withoutFolders(ended.out().lines().toList())).as(ended.err()).isEqualTo(withoutFolders(printed));
    }

    /** Names of folders have the time in them. */
    private static List<String> withoutFolders(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("runs/\\d{4}-\\d\\d-\\d\\dT[\\d.]+-", "runs/"))
                .toList();
    }

    @Test
    void theMainCommandIsShownWithItsOutput() throws IOException {
        assertThat(shown()).extracting(ReadmeBlock::file).contains("README.md");
    }

    /**
     * From the table of what one can do with simulated stores, top to bottom in one folder, as what is replayed and shrunk is what
     * was run before. The survey and the tour take longer and have tests of their own.
     */
    @Test
    void whatTheTableOfTheSimulatedStoresSaysCanBeDone() throws Exception {
        List<String> commands = tabled("targets/simulated/README.md").stream()
                .filter(command -> !command.equals("learn") && !command.startsWith("survey "))
                .toList();
        assertThat(commands)
                .extracting(command -> command.substring(0, command.indexOf(' ')))
                .contains("run", "explore", "replay", "shrink");
        for (String command : commands) {
            UmpireProcess.Ended ended = UmpireHere.run(folder, command.split(" "));

            boolean shows = command.contains("--defect");
            assertThat(ended.code())
                    .as("%s%n%s%n%s", command, ended.out(), ended.err())
                    .isEqualTo(shows ? 1 : 0);
        }
    }

    private static List<String> tabled(String file) throws IOException {
        Pattern command = Pattern.compile("^\\|.*`" + Pattern.quote(UMPIRE) + "([^`]+)` \\|$");
        return Files.readAllLines(ReadmeBlock.ROOT.resolve(file)).stream()
                .map(command::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    static List<String> builds() throws IOException {
        return ReadmeBlock.all().stream()
                .flatMap(block -> block.commands().stream())
                .filter(command -> command.contains("mvn "))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("builds")
    void aBuildNamesProfilesModulesAndFilesThatThereAre(String command) throws IOException {
        Set<String> profiles = profiles("");
        for (String modules : named(" -pl ([^ ]+)", command)) {
            for (String module : modules.split(",", -1)) {
                profiles.addAll(profiles(module));
            }
        }
        assertThat(profiles).as(command).containsAll(named(" -P([^ ]+)", command));
        for (String file : named(" -f ([^ ]+)", command)) {
            assertThat(ReadmeBlock.ROOT.resolve(file)).exists();
        }
    }

    @Test
    void buildsAreLookedAt() throws IOException {
        assertThat(builds()).contains("mvn verify").hasSizeGreaterThan(5);
    }

    /** A build that is no other test's is one that CI makes, which the tests here hold. */
    @Test
    void everyBuildAndBenchmarkIsMadeBySomebody() throws IOException {
        List<String> ofTheLongRun = ReadmeBuildsTest.BUILDS.stream()
                .map(ReadmeBuildsTest.Build::line)
                .toList();
        Stream<String> typed = ReadmeBlock.all().stream()
                .flatMap(block -> block.commands().stream())
                .filter(command -> command.startsWith("mvn ") || command.startsWith("java "));

        assertThat(typed)
                .filteredOn(command -> !ofTheLongRun.contains(command))
                .allMatch(command -> command.equals("mvn verify")
                        || command.startsWith("mvn verify -pl ")
                        || command.contains(" -f targets/servers/"));
    }

    @Test
    void serversAndImagesAreMadeByCiAsTheReadmesSay() throws IOException {
        String ci = Files.readString(ReadmeBlock.ROOT.resolve(".ci/run"));
        for (String build : builds()) {
            for (String file : named(" -f ([^ ]+)", build)) {
                assertThat(ci).contains("-f " + file + " package");
            }
        }
        Stream<String> images = ReadmeBlock.all().stream()
                .flatMap(block -> block.commands().stream())
                .map(command -> command.split(" ", 2)[0])
                .filter(program -> program.contains("/src/test/docker/"));
        assertThat(images).isNotEmpty().allSatisfy(program -> {
            Path recipe = Path.of(program);
            assertThat(ci).contains("recipe=" + recipe.getParent() + "\n", "\"$recipe/" + recipe.getFileName() + "\" ");
            assertThat(ReadmeBlock.ROOT.resolve(recipe)).isExecutable();
        });
    }

    private static Set<String> profiles(String module) throws IOException {
        return named(
                "<id>([^<]+)</id>",
                Files.readString(ReadmeBlock.ROOT.resolve(module).resolve("pom.xml")));
    }

    private static Set<String> named(String pattern, String text) {
        Set<String> names = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }
}
