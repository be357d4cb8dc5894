package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.targets.testing.InstalledStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of the READMEs are typed as they stand there, and what is said of each is what becomes of it. Those that need
 * minutes of real stores are typed where {@code -Plong} asks for it.
 */
class TypedCommandsTest {
    private static final String LONG = "umpire.long";
    private static final String WHY_NOT = "asked for by the profile long";
    private static final String UMPIRE = "./umpire ";
    private static final String RUN = "./umpire run ";

    /** What a busy machine can hide; a run of real time that shows the contrary is never repeated. */
    private static final int MOST_RUNS = 3;

    private static final int BROKEN = 1;
    private static final int WRONG_USE_OR_FAILED = 2;

    private static final Set<String> HOLDS = Set.of("holds", "its promise", "acknowledged writes survive");

    /** What is said of a run, and the guarantee of which it is said that it breaks. */
    private static final Map<String, String> BREAKS = Map.ofEntries(
            Map.entry("stale reads", "read-your-writes"),
            Map.entry("stale reads after own writes", "read-your-writes"),
            Map.entry("stale reads that only the cut explains", "read-your-writes"),
            Map.entry("sessions go back in time", "monotonic-reads"),
            Map.entry("acknowledged writes are lost", "durability"),
            Map.entry("acknowledged and lost", "durability"),
            Map.entry("reads what was given up", "integrity"),
            Map.entry("masters differ for ever", "eventual"),
            Map.entry("increments are lost", "counter"),
            Map.entry("ids are given twice", "uniqueness"));

    /** Of which nothing certain is said. */
    private static final Set<String> MAY = Set.of("", "may lose acknowledged writes");

    private static final Map<String, InstalledStore.Search> STORES = Map.of(
            "redis", launcher -> launcher.program("redis-server", "redis-server"),
            "etcd", launcher -> launcher.program("etcd", "etcd-server"),
            "postgres", TypedCommandsTest::findPostgres,
            "mariadb", launcher -> launcher.program("/usr/sbin/mariadbd", "mariadb-server"),
            "kafka", launcher -> findJars(launcher, "kafka"),
            "zookeeper", launcher -> findJars(launcher, "zookeeper"),
            "cassandra", launcher -> findJars(launcher, "cassandra"));

    private static final String IN_CONTAINERS = "--set launcher=docker ";

    /** Commands of blocks that are carried out by other tests, or need what is not there. */
    private static final Pattern ELSEWHERE = Pattern.compile("\\./umpire (?:"
            + "run" // MainJobTest
            + "|run my-store .*" // WalkthroughTest
            + "|check reads\\.jsonl .*" // WorkedAnomalyTest
            + ")");

    /** In this order, after a run. */
    private static final List<Said> IN_SENTENCES = List.of(
            new Said(
                    "README.md",
                    "./umpire check runs --summary --require causal --markdown \"$GITHUB_STEP_SUMMARY\"",
                    ""),
            new Said(
                    "histories/README.md",
                    "umpire convert A B.umpire",
                    "umpire convert runs/latest/history.jsonl b.umpire"),
            new Said("histories/README.md", "umpire convert --redact A B", "umpire convert --redact b.umpire c.jsonl"),
            new Said(
                    "histories/README.md",
                    "UMPIRE_JAVA_OPTIONS=-Xmx1g ./umpire check --guarantees linearizable FILE",
                    "UMPIRE_JAVA_OPTIONS=-Xmx1g ./umpire check --guarantees linearizable c.jsonl"),
            new Said("harness/README.md", "umpire diff A B", "umpire diff runs/latest c.jsonl"),
            new Said("checkers/README.md", "umpire lint", "umpire lint c.jsonl"),
            new Said("harness/README.md", "umpire list workloads", ""),
            new Said("harness/README.md", "umpire list schema", ""),
            new Said("targets/README.md", "./umpire list targets", ""),
            new Said("targets/README.md", "./umpire list targets postgres", ""),
            new Said("targets/README.md", "./umpire list defects", ""));

    @TempDir
    private Path folder;

    private Shell shell;

    /**
     * A command in a sentence.
     *
     * @param typed with names of files for those that stand for any; empty: as it stands
     */
    private record Said(String file, String span, String typed) {}

    private static void findPostgres(Launcher launcher) throws IOException {
        try (Stream<Path> programs =
                Files.find(Path.of("/usr/lib/postgresql"), 3, (path, unused) -> path.endsWith("bin/postgres"))) {
            launcher.program(programs.findFirst().map(Path::toString).orElse("postgres"), "postgresql");
        }
    }

    private static void findJars(Launcher launcher, String server) throws IOException {
        Path made = ReadmeBlock.ROOT.resolve("targets/servers").resolve(server).resolve("target");
        try (Stream<Path> folders = Files.isDirectory(made) ? Files.list(made) : Stream.empty()) {
            Path jars = folders.filter(one -> String.valueOf(one.getFileName()).startsWith(server + "-"))
                    .findFirst()
                    .orElse(made);
            Object unused = ServerJars.find(launcher, server, jars.toString(), "");
        }
    }

    @BeforeEach
    void openShell() throws IOException {
        shell = Shell.in(folder);
    }

    /** What a command that was given up has left is gone too. */
    @AfterEach
    void closeShell() throws Exception {
        if (Files.exists(folder.resolve("state"))) {
            shell.type("./umpire heal");
        }
        shell.close();
    }

    /** All that begin so in blocks of code; a line of an overview has its meaning behind it. */
    private static Stream<ReadmeCommand> commands(String begin) throws IOException {
        return ReadmeBlock.all().stream()
                .flatMap(ReadmeBlock::typed)
                .filter(command -> command.line().startsWith(begin))
                .filter(command -> !command.line().contains("   "));
    }

    private static String firstWord(String line) {
        return line.split(" ", 2)[0];
    }

    private static boolean isOfAStore(ReadmeCommand command) {
        return command.line().startsWith(RUN)
                && !command.line().contains("launcher=external")
                && !command.line().contains(IN_CONTAINERS)
                && STORES.containsKey(firstWord(command.line().substring(RUN.length())));
    }

    static Stream<ReadmeCommand> ofStores() throws IOException {
        return commands(RUN).filter(TypedCommandsTest::isOfAStore);
    }

    @Test
    void everyCommandOfABlockIsTypedByATest() throws IOException {
        Set<String> ofTheExample = Set.copyOf(lines(RUN + "command "));
        Set<String> ofTheirs = Set.copyOf(lines("./umpire run redis --set launcher=external "));
        Set<String> others = Set.of(survey(), knossos(), only(RUN + "redis " + IN_CONTAINERS));

        assertThat(commands(UMPIRE))
                .filteredOn(command -> !isOfAStore(command)
                        && !ofTheExample.contains(command.line())
                        && !ofTheirs.contains(command.line())
                        && !others.contains(command.line())
                        && !ELSEWHERE.matcher(command.line()).matches())
                .isEmpty();
        assertThat(ofStores().map(command -> firstWord(command.line().substring(RUN.length()))))
                .containsAll(STORES.keySet());
    }

    private static List<String> lines(String begin) throws IOException {
        return commands(begin).map(ReadmeCommand::line).toList();
    }

    private static String only(String begin) throws IOException {
        List<String> lines = lines(begin);
        assertThat(lines).as(begin).hasSize(1);
        return lines.get(0);
    }

    @Test
    void whatIsSaidOfACommandIsUnderstood() throws IOException {
        assertThat(ofStores())
                .allMatch(command -> HOLDS.contains(command.said())
                        || BREAKS.containsKey(command.said())
                        || MAY.contains(command.said()));
    }

    @ParameterizedTest
    @MethodSource("ofStores")
    @EnabledIfSystemProperty(named = LONG, matches = "true", disabledReason = WHY_NOT)
    void whatIsSaidOfARunOfARealStoreIsWhatBecomesOfIt(ReadmeCommand command) throws Exception {
        String store = firstWord(command.line().substring(RUN.length()));
        InstalledStore.required(store, STORES.get(store));

        Shell.Ended ended = shown(command, command.line());

        assertThat(ended.printed()).containsPattern("target +" + store + " ");
        if (HOLDS.contains(command.said())) {
            assertThat(ended.code()).as(ended.printed()).isZero();
        } else if (BREAKS.containsKey(command.said())) {
            assertThat(ended.code()).as(ended.printed()).isEqualTo(BROKEN);
            assertThat(ended.printed()).containsPattern(BREAKS.get(command.said()) + " +✗ broken");
        } else {
            assertThat(ended.code()).as(ended.printed()).isNotEqualTo(WRONG_USE_OR_FAILED);
        }
    }

    /** Types a command, and again where the run shows neither what is said of it nor the contrary, as on a machine that starves it. */
    private Shell.Ended shown(ReadmeCommand command, String line) throws Exception {
        Shell.Ended ended = shell.type(line);
        for (int runs = 1; runs < MOST_RUNS && isHidden(command, ended); runs++) {
            ended = shell.type(line);
        }
        return ended;
    }

    private static boolean isHidden(ReadmeCommand command, Shell.Ended ended) {
        if (HOLDS.contains(command.said())) {
            return ended.code() >= WRONG_USE_OR_FAILED;
        }
        String breaks = BREAKS.get(command.said());
        return breaks == null
                ? ended.code() == WRONG_USE_OR_FAILED
                : !Pattern.compile(breaks + " +✗ broken")
                        .matcher(ended.printed())
                        .find();
    }

    @Test
    void aRunOfARealStoreIsTypedInShort() throws Exception {
        InstalledStore.required("redis", STORES.get("redis"));
        ReadmeCommand first = ofStores()
                .filter(command -> command.file().equals("targets/redis/README.md"))
                .findFirst()
                .orElseThrow();
        assertThat(first.line()).endsWith(" --time 20s");

        Shell.Ended ended = shell.type(first.line().replace(" --time 20s", " --time 2s"));

        assertThat(ended.code()).as(ended.printed()).isNotEqualTo(WRONG_USE_OR_FAILED);
        assertThat(ended.printed()).contains("target     redis ", "read-your-writes");
    }

    @Test
    void whatIsSaidInSentencesIsDoneToOneRun() throws Exception {
        Shell.Ended main = shell.type(RUN + "--ops 2000");
        assertThat(main.code()).as(main.printed()).isZero();
        for (Said said : IN_SENTENCES) {
            assertThat(Files.readString(ReadmeBlock.ROOT.resolve(said.file()))).contains("`" + said.span() + "`");

            Shell.Ended ended = shell.type(said.typed().isEmpty() ? said.span() : said.typed());

            assertThat(ended.code()).as("%s%n%s", said, ended.printed()).isZero();
            assertThat(ended.printed()).as("%s", said).isNotEmpty();
        }
        assertThat(folder.resolve("summary.md")).content().contains("1 history: 1 held");
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true", disabledReason = WHY_NOT)
    void whatIsTypedForClustersOfOnesOwnIsDoneToThem() throws Exception {
        InstalledStore.required("redis", STORES.get("redis"));
        for (String line : lines("./umpire run redis --set launcher=external ")) {
            Path own = Files.createTempDirectory(folder, "theirs");
            try (TheirServers servers = TheirServers.redis(own, shell)) {
                Shell.Ended ended = shell.type(servers.at(line, "6379"));

                assertThat(ended.code()).as("%s%n%s", line, ended.printed()).isNotEqualTo(WRONG_USE_OR_FAILED);
                assertThat(ended.printed())
                        .as(line)
                        .containsPattern("client-cut \\d+ × \\(at most .*confirmed")
                        .containsPattern(
                                (line.contains("crash") ? "crash" : "client-slow") + " \\d+ × \\(at most .*confirmed");
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true", disabledReason = WHY_NOT)
    void aPauseByOrdersOfOnesOwnIsSeen() throws Exception {
        requirePython();
        String line = lines(RUN + "command ").stream()
                .filter(command -> command.contains("client=./client"))
                .findFirst()
                .orElseThrow();
        shell.program("client", "exec python3 '%s' primary\n".formatted(example("client.py")));
        Path own = Files.createTempDirectory(folder, "theirs");
        try (TheirServers servers = TheirServers.ofTheExample(own, shell)) {
            Shell.Ended ended = shell.type(servers.at(line, "5432"));

            assertThat(ended.code()).as("%s%n%s", line, ended.printed()).isNotEqualTo(WRONG_USE_OR_FAILED);
            assertThat(ended.printed()).containsPattern("pause \\d+ × \\(at most .*confirmed");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true", disabledReason = WHY_NOT)
    void whatIsTypedForContainersIsDoneInThem() throws Exception {
        NodesInContainersTest.required();
        String line = only(RUN + "redis " + IN_CONTAINERS);
        assertThat(line).contains("image=redis:7");

        Shell.Ended ended = shell.type(line.replace("redis:7", NodesInContainersTest.IMAGE));

        assertThat(ended.code()).as(ended.printed()).isNotEqualTo(WRONG_USE_OR_FAILED);
        assertThat(ended.printed()).containsPattern("crash \\d+ × \\(at most .*confirmed");
    }

    private static void requirePython() {
        InstalledStore.required("python", launcher -> launcher.program("python3", "python3"));
    }

    private static Path example(String file) {
        return ReadmeBlock.ROOT.resolve("targets/command/example").resolve(file);
    }

    /** The first block of the page as it stands, but for its ports, which may be somebody's. */
    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true", disabledReason = WHY_NOT)
    void theExampleIsStartedAndAskedAsItStands() throws Exception {
        requirePython();
        Path copies = Files.createDirectories(folder.resolve("targets/command/example"));
        for (String file : List.of("store.py", "client.py")) {
            Files.copy(example(file), copies.resolve(file));
        }
        List<ReadmeCommand> runs = commands(RUN + "command ")
                .filter(command -> !command.line().contains("client=./client"))
                .toList();

        assertThat(runs).extracting(ReadmeCommand::said).containsExactly("stale reads", "holds");
        for (ReadmeCommand run : runs) {
            Shell.Ended ended = askedAnew(run);
            for (int tries = 1; tries < MOST_RUNS && isHidden(run, ended); tries++) {
                ended = askedAnew(run);
            }
            assertThat(ended.code()).as(ended.printed()).isEqualTo(HOLDS.contains(run.said()) ? 0 : BROKEN);
        }
    }

    private Shell.Ended askedAnew(ReadmeCommand run) throws Exception {
        List<Integer> ports = TheirServers.freePorts();
        List<String> begins = ReadmeBlock.all().stream()
                .filter(block -> block.file().equals(run.file()))
                .flatMap(block -> block.commands().stream())
                .filter(line -> line.endsWith(" &"))
                .toList();
        for (String line : begins) {
            shell.begin(at(ports, line.substring(0, line.length() - 2)));
        }
        ports.forEach(TheirServers::awaitListening);
        Shell.Ended ended = shell.type(at(ports, run.line()));
        shell.close();
        return ended;
    }

    private static String at(List<Integer> ports, String line) {
        String there = line;
        for (int node = 1; node <= ports.size(); node++) {
            there = there.replace("700" + node, String.valueOf(ports.get(node - 1)));
        }
        return there;
    }

    private static String survey() throws IOException {
        return only("./umpire survey ");
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true", disabledReason = WHY_NOT)
    void aFurtherSurveyPutsItsRowsInThePlaceOfOlderOnes() throws Exception {
        InstalledStore.required("redis", STORES.get("redis"));
        Path page = Files.createDirectories(folder.resolve("targets")).resolve("README.md");
        String before = Files.readString(ReadmeBlock.ROOT.resolve("targets/README.md"));
        Files.writeString(page, before);

        Shell.Ended ended = shell.type(survey());

        assertThat(ended.code()).as(ended.printed()).isNotEqualTo(WRONG_USE_OR_FAILED);
        String after = Files.readString(page);
        assertThat(after).isNotEqualTo(before);
        assertThat(after.lines().filter(line -> line.startsWith("| redis | primary-reads |")))
                .hasSize(2);
        assertThat(after.lines().filter(line -> !line.startsWith("| redis | primary-reads |")))
                .containsExactlyElementsOf(before.lines()
                        .filter(line -> !line.startsWith("| redis | primary-reads |"))
                        .toList());
    }

    private static String knossos() throws IOException {
        return only("./umpire check register.edn ");
    }

    @Test
    void aSecondOpinionIsAskedWhereKnossosIsThere() throws Exception {
        assumeTrue(
                System.getenv("UMPIRE_CLASSPATH") != null,
                "UMPIRE_CLASSPATH: found none, expected the jars of Knossos");
        Files.writeString(folder.resolve("register.edn"), """
                {:type :invoke, :process 0, :f :write, :value 1}
                {:type :ok, :process 0, :f :write, :value 1}
                {:type :invoke, :process 1, :f :read, :value nil}
                {:type :ok, :process 1, :f :read, :value 1}
                """);

        Shell.Ended ended = shell.type(knossos());

        assertThat(ended.code()).as(ended.printed()).isZero();
    }
}
