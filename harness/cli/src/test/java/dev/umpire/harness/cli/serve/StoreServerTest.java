package dev.umpire.harness.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreServerTest {
    private static final String HELD = "2026-11-23T13.31.02-simulated-1";
    private static final String BROKEN = "2026-11-24T09.00.00-simulated-2";
    private static final String HOSTILE = "<img src=x onerror=harmed=1>\u001b[31m\u202e'\"&";

    /** Stands still, so that however long a test takes, what it writes is new. */
    private final Clock clock = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private KeptRuns runs;
    private Path store;
    private StoreServer server;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        store = Files.createDirectory(folder.resolve("runs"));
        runs = new KeptRuns(store);
        runs.ended(HELD, 1, "VALID");
        runs.ended(BROKEN, 2, "INVALID");
        Files.writeString(folder.resolve("secret.txt"), "a secret beside the store");
        ServedStore.Commands commands = new ServedStore.Commands() {
            @Override
            public List<String> of(String run, Plan plan, boolean repeatable, boolean broken) {
                return List.of("paste " + run + (repeatable ? " repeatable" : "") + (broken ? " broken" : ""));
            }

            @Override
            public String diff(String a, String b) {
                return "compare " + a + " " + b;
            }
        };
        server = StoreServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "127.0.0.1",
                new ServedStore(store, "runs", clock, commands));
        port = URI.create(server.address()).getPort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Asked get(String address) throws IOException {
        return ask("GET", address);
    }

    private Asked ask(String method, String address) throws IOException {
        return Asked.raw(port, method + " " + address + " HTTP/1.1", "Host: 127.0.0.1:" + port);
    }

    @Nested
    class TheListOfRuns {
        @Test
        void hasEachRunWithItsTargetVerdictAndWhatItBreaks() throws IOException {
            Asked page = get("/");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body())
                    .contains("2 runs", "2026-11-23 13:31:02", "✓ held", "✗ broken", "read-your-writes", "simulated")
                    .contains("href=\"/run/" + HELD + "\"");
        }

        @Test
        void isTheNewestFirstUnlessItsReaderAsksForAnotherOrder() throws IOException {
            assertThat(get("/").body()).matches("(?s).*2026-11-24.*2026-11-23.*");
            assertThat(get("/?sort=time").body())
                    .matches("(?s).*2026-11-23.*2026-11-24.*")
                    .contains("aria-sort=\"ascending\"");
            assertThat(get("/?sort=nonsense").body()).matches("(?s).*2026-11-24.*2026-11-23.*");
        }

        @Test
        void isFilteredByVerdictTargetAndWords() throws IOException {
            assertThat(get("/?verdict=%E2%9C%97+broken").body())
                    .contains("1 run<", "2026-11-24")
                    .doesNotContain("2026-11-23");
            assertThat(get("/?target=redis").body()).contains("No run passes the filters.");
            assertThat(get("/?q=ANY-follower+read-your").body()).contains("1 run<", "2026-11-24");
        }

        @Test
        void isTurnedPageByPage() throws IOException {
            for (int run = 0; run < 200; run++) {
                runs.begin("2026-10-01T00.00.00-simulated-" + run, run);
            }

            assertThat(get("/").body()).contains("1 to 200 of 202 runs", "from=200");
            assertThat(get("/?from=200").body()).contains("201 to 202 of 202 runs", "the runs before these");
        }

        @Test
        void followsWhatIsJudgedAnewRemovedAndAdded() throws IOException {
            assertThat(get("/").body()).contains("✓ held");
            Path verdict = store.resolve(HELD).resolve("verdict.json");
            FileTime before = Files.getLastModifiedTime(verdict);
            Files.writeString(verdict, KeptRuns.verdict("UNKNOWN", "read-your-writes"));
            Files.setLastModifiedTime(verdict, FileTime.fromMillis(before.toMillis() + 1));
            assertThat(get("/").body()).contains("2 runs").doesNotContain("✓ held");

            Files.delete(store.resolve(BROKEN).resolve("plan.json"));
            assertThat(get("/").body()).contains("1 run<").doesNotContain("✗ broken");
            runs.ended(BROKEN + "2", 3, "VALID");
            assertThat(get("/").body()).contains("2 runs", "✓ held");
        }

        @Test
        void leavesOutWhatIsNoRun() throws IOException {
            Files.createDirectory(store.resolve("notes"));
            Files.createSymbolicLink(store.resolve("latest"), Path.of(HELD));

            assertThat(get("/").body()).contains("2 runs").doesNotContain("notes", "latest");
            assertThat(get("/run/latest").body()).contains(HELD);
        }
    }

    @Test
    void aFolderThatNobodyMayWriteIsServedWholeAndStaysAsItIs() throws IOException {
        Files.writeString(store.resolve(HELD).resolve("report.html"), "<p>a report</p>");
        for (Path path : insideFirst()) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
        }
        Map<Path, FileTime> before = written();
        try {
            for (String page : List.of(
                    "/",
                    "/run/" + HELD,
                    "/live/" + BROKEN,
                    "/file/" + HELD + "/report.html",
                    "/compare?run=" + HELD + "&run=" + BROKEN)) {
                assertThat(get(page).status()).as(page).isEqualTo(200);
            }
            assertThat(written()).isEqualTo(before);
        } finally {
            for (Path path : insideFirst()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** The store and all that is in it, what is inside before the folder in which it is. */
    private List<Path> insideFirst() throws IOException {
        try (Stream<Path> all = Files.walk(store)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /** When everything in the store was written; root may write where nobody else may. */
    private Map<Path, FileTime> written() throws IOException {
        Map<Path, FileTime> written = new HashMap<>();
        for (Path path : insideFirst()) {
            written.put(path, Files.getLastModifiedTime(path));
        }
        return written;
    }

    @Nested
    class ARun {
        @Test
        void tellsItsVerdictsItsPlanItsCommandsAndItsFiles() throws IOException {
            Files.createDirectories(store.resolve(BROKEN).resolve("nodes"));
            Files.writeString(store.resolve(BROKEN).resolve("nodes/n1.log"), "started\n");

            Asked page = get("/run/" + BROKEN);

            assertThat(page.body())
                    .contains("✗ broken", "3 of 12", "settings.reads", "any-follower")
                    .contains("paste " + BROKEN + " broken\n")
                    .contains("href=\"/file/" + BROKEN + "/nodes/n1.log\"", "8 bytes");
        }

        @Test
        void withAScheduleCanBeRunAgain() throws IOException {
            Files.writeString(store.resolve(HELD).resolve("schedule.jsonl"), "{}");

            assertThat(get("/run/" + HELD).body()).contains("paste " + HELD + " repeatable\n");
        }

        @Test
        void whosePlanOrVerdictCannotBeReadSaysWhy() throws IOException {
            Files.writeString(store.resolve(HELD).resolve("plan.json"), "{");
            Files.writeString(store.resolve(BROKEN).resolve("verdict.json"), "[]");

            assertThat(get("/").body()).contains("plan.json:1:", "expected the verdict of a run");
            assertThat(get("/run/" + HELD).body()).contains("plan.json:1:");
        }
    }

    @Nested
    class AFile {
        @Test
        void isOfferedForDownloadAndNeverOpenedAsAPage() throws IOException {
            Files.writeString(store.resolve(HELD).resolve("page.html"), "<script>harmed = 1</script>");

            Asked file = get("/file/" + HELD + "/page.html");

            assertThat(file.body()).isEqualTo("<script>harmed = 1</script>");
            assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename*=UTF-8''page.html");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }

        @Test
        void thatIsTheReportIsAPageOfNoOriginInWhichOurScriptAloneRuns() throws IOException {
            Files.writeString(store.resolve(HELD).resolve("report.html"), "<script>harmed = 1</script>");

            Asked report = get("/file/" + HELD + "/report.html");

            assertThat(report.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(report.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'sha256-", "sandbox allow-scripts;")
                    .doesNotContain("script-src 'unsafe-inline'", "allow-same-origin");
        }

        @Test
        void withANameThatMeansHarmKeepsItsHeadersWhole() throws IOException {
            Files.writeString(store.resolve(HELD).resolve("a\"\r\nX-Harm: 1"), "x");

            Asked file = get("/file/" + HELD + "/a%22%0D%0AX-Harm:%201");

            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("X-Harm")).isEmpty();
            assertThat(file.header("Content-Disposition"))
                    .isEqualTo("attachment; filename*=UTF-8''a%22%0D%0AX-Harm%3A%201");
        }

        @Test
        void thatIsEmptyIsAnEmptyAnswer() throws IOException {
            Files.createFile(store.resolve(HELD).resolve("empty"));

            Asked file = get("/file/" + HELD + "/empty");

            assertThat(file.status()).isEqualTo(200);
            assertThat(file.body()).isEmpty();
        }
    }

    @Nested
    class WhatIsOutsideOfTheStore {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/file/RUN/../../secret.txt",
                    "/file/RUN/..%2f..%2fsecret.txt",
                    "/file/RUN/%2e%2e/%2e%2e/secret.txt",
                    "/file/RUN/%252e%252e/%252e%252e/secret.txt",
                    "/file/RUN/..%5c..%5csecret.txt",
                    "/file/RUN/%2fetc%2fpasswd",
                    "/file/RUN//etc/passwd",
                    "/file/RUN/plan.json%00.txt",
                    "/file/../secret.txt",
                    "/file/%2e%2e/secret.txt",
                    "/file/./secret.txt",
                    "/file/..%2fruns%2fRUN/plan.json",
                    "/run/..",
                    "/run/%2e%2e",
                    "/run/.",
                    "/live/%2e%2e",
                    "/compare?run=..&run=RUN",
                    "/compare?run=RUN&run=%2fetc",
                    "/../secret.txt",
                    "/secret.txt"
                })
        void isNotFoundByAnyName(String address) throws IOException {
            Asked answer = get(address.replace("RUN", HELD));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("a secret", "root:", "any-follower");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/file/RUN/%zz", "/?q=%e0%8", "/run/%"})
        void isNotFoundByAnAddressThatIsNone(String address) throws IOException {
            assertThat(get(address.replace("RUN", HELD)).status()).isEqualTo(400);
        }

        @Test
        void isNotReachedByALinkToAFile() throws IOException {
            Files.createSymbolicLink(store.resolve(HELD).resolve("link.txt"), folder.resolve("secret.txt"));

            assertThat(get("/file/" + HELD + "/link.txt").status()).isEqualTo(404);
            assertThat(get("/run/" + HELD).body()).doesNotContain("link.txt");
        }

        @Test
        void isNotReachedByALinkToAFolder() throws IOException {
            Path outside = new KeptRuns(folder).ended("outside", 7, "VALID");
            Files.createSymbolicLink(store.resolve("outside"), outside);
            Files.createSymbolicLink(store.resolve(HELD).resolve("up"), folder);

            assertThat(get("/run/outside").status()).isEqualTo(404);
            assertThat(get("/file/outside/plan.json").status()).isEqualTo(404);
            assertThat(get("/file/" + HELD + "/up/secret.txt").status()).isEqualTo(404);
            assertThat(get("/").body()).doesNotContain("outside");
        }

        @Test
        void isNotReachedByALinkInThePlaceOfARunsOwnFile() throws IOException {
            Path run = store.resolve(HELD);
            Files.delete(run.resolve("verdict.json"));
            Files.createSymbolicLink(run.resolve("verdict.json"), folder.resolve("secret.txt"));
            Files.delete(run.resolve("history.jsonl"));
            Files.createSymbolicLink(run.resolve("history.jsonl"), folder.resolve("secret.txt"));

            assertThat(get("/run/" + HELD).body()).contains("… starting").doesNotContain("secret");
            assertThat(get("/live/" + HELD).body()).doesNotContain("secret");
            assertThat(get("/compare?run=" + HELD + "&run=" + BROKEN).body()).doesNotContain("secret");
        }

        @Test
        void isNotReachedFromARunByTheLinkOfAnother() throws IOException {
            Files.createSymbolicLink(store.resolve(HELD).resolve("other"), store.resolve(BROKEN));

            assertThat(get("/file/" + HELD + "/other/plan.json").status()).isEqualTo(404);
        }
    }

    @Nested
    class WhatMeansHarm {
        @Test
        void isShownAsText() throws IOException {
            Path run = runs.ended(HOSTILE, 3, "INVALID");
            Files.writeString(
                    run.resolve("plan.json"),
                    PlanFile.toJson(KeptRuns.plan(3)).replace("any-follower", "<script>harmed = 2</script>"));
            Files.writeString(run.resolve("verdict.json"), KeptRuns.verdict("INVALID", "<script>harmed = 3</script>"));
            Files.delete(run.resolve("history.jsonl"));
            runs.append(
                    HOSTILE,
                    KeptRuns.HEADER
                            + KeptRuns.operation(0, 3).replace("\"x\"", "\"<script>harmed = 4</script>\"")
                            + "{\"umpire\":\"end\",\"events\":2}\n");
            Files.writeString(run.resolve("<b>"), "x");
            String name = Request.encoded(HOSTILE);

            for (String address :
                    List.of("/", "/run/" + name, "/compare?run=" + name + "&run=" + HELD, "/?q=%3Cscript%3E")) {
                Asked page = get(address);
                assertThat(page.status()).as(address).isEqualTo(200);
                assertThat(page.body())
                        .as(address)
                        .doesNotContain("<img", "<script>", "<b>", "\u001b", "\u202e")
                        .contains("script");
            }
            assertThat(get("/run/" + name).body()).contains("&lt;img src=x", "&lt;script&gt;harmed = 2");
        }

        @Test
        void isCutWhereItIsAMebibyteLong() throws IOException {
            String huge = "\"" + HOSTILE.replace("\"", "").replace("\u001b", "\\u001b") + "y".repeat(1 << 20) + "\"";
            String operation = KeptRuns.operation(2, 0).replace("\"value\":0", "\"value\":" + huge);
            Files.delete(store.resolve(HELD).resolve("history.jsonl"));
            runs.append(HELD, KeptRuns.HEADER + operation + "{\"umpire\":\"end\",\"events\":2}\n");

            for (String address : List.of("/", "/run/" + HELD, "/compare?run=" + HELD + "&run=" + BROKEN)) {
                Asked page = get(address);
                assertThat(page.status()).as(address).isEqualTo(200);
                assertThat(page.body())
                        .as(address)
                        .doesNotContain("<img", "\u001b", "\u202e")
                        .hasSizeLessThan(100_000);
            }
            assertThat(get("/compare?run=" + HELD + "&run=" + BROKEN).body()).contains("…");
        }

        @Test
        void comesBackFromASearchAsText() throws IOException {
            assertThat(get("/?q=%22%3E%3Cscript%3E&target=%22%3E%3Cscript%3E&sort=%22%3E%3Cscript%3E")
                            .body())
                    .contains("value=\"&quot;&gt;&lt;script&gt;\"")
                    .doesNotContain("\"><script>");
        }
    }

    @Nested
    class ARunThatGoesOn {
        private static final String RUNNING = "2026-11-25T00.00.00-simulated-9";

        @Test
        void isToldHowFarItIsEachTimeThatSomebodyAsks() throws IOException {
            runs.begin(RUNNING, 9);
            assertThat(get("/live/" + RUNNING).body()).contains("starting", "\"goingOn\":true");
            runs.append(RUNNING, KeptRuns.HEADER + KeptRuns.operation(0, 1));
            assertThat(get("/live/" + RUNNING).body())
                    .contains("running", "\"operations\":\"1 of 4 operations\"", "\"share\":0.25");
            runs.append(RUNNING, KeptRuns.operation(2, 2) + "{\"index\":4,\"ti");
            assertThat(get("/live/" + RUNNING).body())
                    .contains("\"operations\":\"2 of 4 operations\"", "\"elapsed\":\"3 ms\"");
            assertThat(get("/run/" + RUNNING).body())
                    .contains("2 of 4 operations", "data-live=\"/live/" + RUNNING + "\"");
        }

        @Test
        void isJudgedOnceItsRecordingHasItsEndAndOverWithItsVerdict() throws IOException {
            Path run = runs.begin(RUNNING, 9);
            runs.append(RUNNING, KeptRuns.HEADER + KeptRuns.operation(0, 1) + "{\"umpire\":\"end\",\"events\":2}\n");
            assertThat(get("/live/" + RUNNING).body()).contains("being judged", "\"goingOn\":true");
            Files.writeString(run.resolve("verdict.json"), KeptRuns.verdict("VALID", "read-your-writes"));
            assertThat(get("/live/" + RUNNING).body()).contains("held", "\"goingOn\":false");
        }

        @Test
        void hasFaultsInForce() throws IOException {
            runs.begin(RUNNING, 9);
            runs.append(RUNNING, KeptRuns.HEADER + """
                    {"index":0,"type":"info","process":"nemesis","f":"confirm","value":{"id":1,"fault":"crash","nodes":["<b>"]}}
                    """);

            assertThat(get("/live/" + RUNNING).body()).contains("\"faults\":\"crash <b>\"");
            assertThat(get("/run/" + RUNNING).body()).contains("crash &lt;b&gt;");
        }

        @Test
        void isInterruptedWhenItHasWrittenNothingForLong() throws IOException {
            Path run = runs.begin(RUNNING, 9);
            runs.append(RUNNING, KeptRuns.HEADER);
            FileTime longAgo = FileTime.from(clock.instant().minus(Duration.ofMinutes(1)));
            Files.setLastModifiedTime(run.resolve("history.jsonl"), longAgo);

            assertThat(get("/live/" + RUNNING).body()).contains("interrupted", "\"goingOn\":false");
        }
    }

    @Nested
    class TwoRunsSideBySide {
        @Test
        void areComparedFromTheEarlierToTheLaterOne() throws IOException {
            Asked page = get("/compare?run=" + BROKEN + "&run=" + HELD);

            assertThat(page.body())
                    .matches("(?s).*>A</th>.*" + HELD + ".*>B</th>.*" + BROKEN + ".*")
                    .contains(
                            "worse",
                            "latency of write, A",
                            "Histories that are the same for 0 events differ in the next.")
                    .contains("compare " + HELD + " " + BROKEN);
        }

        @Test
        void needTwo() throws IOException {
            assertThat(get("/compare?run=" + HELD).status()).isEqualTo(400);
            assertThat(get("/compare").body()).contains("Found 0 chosen, expected two");
        }

        @Test
        void areComparedByTheirVerdictsWhereAHistoryIsMissing() throws IOException {
            Files.delete(store.resolve(HELD).resolve("history.jsonl"));

            assertThat(get("/compare?run=" + HELD + "&run=" + BROKEN).body())
                    .contains("worse", "Latency, staleness and events are not compared here: a history is missing");
        }

        @Test
        void areComparedByTheirVerdictsWhereAHistoryCannotBeRead() throws IOException {
            runs.append(HELD, "{\"<b>\":");

            assertThat(get("/compare?run=" + HELD + "&run=" + BROKEN).body())
                    .contains("worse", "are not compared here: ", "history.jsonl:5:1:")
                    .doesNotContain("<b>");
        }
    }

    @Nested
    class ARequest {
        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
        void thatMayChangeSomethingIsRefused(String method) throws IOException {
            Asked answer = ask(method, "/");

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }

        @Test
        void forTheHeadGetsNothingElse() throws IOException {
            Asked head = ask("HEAD", "/file/" + HELD + "/plan.json");

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.header("Content-Length"))
                    .isEqualTo(Long.toString(Files.size(store.resolve(HELD).resolve("plan.json"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "evil.example",
                    "evil.example:PORT",
                    "127.0.0.1",
                    "127.0.0.1:1",
                    "127.0.0.1.evil.example:PORT",
                    ""
                })
        void byANameThatIsNotOursIsRefused(String host) throws IOException {
            Asked answer = Asked.raw(port, "GET / HTTP/1.1", "Host: " + host.replace("PORT", "" + port));

            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.body()).doesNotContain("simulated");
        }

        @Test
        void byTwoNamesOrNoneIsRefused() throws IOException {
            String ours = "Host: 127.0.0.1:" + port;

            assertThat(Asked.raw(port, "GET / HTTP/1.1", ours, "Host: evil.example")
                            .status())
                    .isEqualTo(421);
            assertThat(Asked.raw(port, "GET / HTTP/1.0").status()).isEqualTo(421);
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost:PORT", "LOCALHOST:PORT", "127.0.0.1:PORT"})
        void byOneOfOurNamesIsAnswered(String host) throws IOException {
            assertThat(Asked.raw(port, "GET / HTTP/1.1", "Host: " + host.replace("PORT", "" + port))
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/", "/run/RUN", "/file/RUN/plan.json", "/live/RUN", "/nowhere", "/style.css", "/live.js"})
        void isAnsweredUnderAPolicyThatLoadsNothingFromElsewhere(String address) throws IOException {
            Asked answer = get(address.replace("RUN", HELD));

            assertThat(answer.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http", "*");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }
}
