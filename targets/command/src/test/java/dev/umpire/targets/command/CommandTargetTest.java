package dev.umpire.targets.command;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.PretendedProgram;
import dev.umpire.targets.testing.TestCluster;
import dev.umpire.targets.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are small shell scripts, good ones and bad ones. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class CommandTargetTest {
    /** Says hello, answers pings, and does with other requests what stands in the middle; $id is that of the request. */
    private static final String CLIENT = """
            read greeting
            echo '{"hello":1,"functions":["read","write"],"store":"shell 0.1"}'
            while read request; do
              id=$(echo "$request" | sed 's/.*"id":\\([0-9]*\\).*/\\1/')
              case "$request" in
                *ping*) echo '{"id":'$id',"type":"ok"}' ;;
                *write*) %s ;;
                *) echo '{"id":'$id',"type":"ok","value":5}' ;;
              esac
            done
            """;

    private static final String GOOD = "echo '{\"id\":'$id',\"type\":\"ok\",\"position\":9}'";
    private static final Session ALICE = new Session(0);

    @TempDir
    Path folder;

    private TestCluster cluster(String onWrite, String... more) throws IOException {
        return started(CLIENT.formatted(onWrite), more);
    }

    private TestCluster started(String script, String... more) throws IOException {
        return new TestCluster(new CommandTarget(), folder, 2, settings(script, more));
    }

    private String[] settings(String script, String... more) throws IOException {
        Path client = PretendedProgram.write(folder.resolve("client.sh"), script);
        List<String> settings = new ArrayList<>(List.of("client=" + client, "addresses=a:1,b:2", "settle-ms=0"));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    private String refusal(String script, String... more) throws IOException {
        return String.valueOf(TestCluster.refusal(new CommandTarget(), folder, 2, settings(script, more))
                .getMessage());
    }

    @Test
    void aSessionIsAnsweredByItsProcessWhichStaysWhileItMoves() throws IOException {
        try (TestCluster cluster = cluster(GOOD)) {
            assertThat(cluster.await(cluster.cluster().version())).contains("shell 0.1");
            Client there = cluster.connect(ALICE, N1);
            assertThat(cluster.write(there, 1)).isEqualTo(Response.done().withPosition(9));
            there.close();
            List<ProcessHandle> before = TestCluster.children();
            Client elsewhere = cluster.connect(ALICE, N2);

            assertThat(cluster.readAt(N2)).isEqualTo(Response.ok(Value.of(5)));
            assertThat(cluster.write(elsewhere, 2)).isEqualTo(Response.done().withPosition(9));
            assertThat(TestCluster.children()).containsAll(before);
            cluster.awaitConvergence();
        }
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void aClientThatDiesLeavesItsRequestUnknownAndIsStartedAgain() throws IOException {
        try (TestCluster cluster = cluster("echo 'out of ideas' >&2; exit 3")) {
            Client client = cluster.connect(ALICE, N1);

            assertThat(cluster.write(client, 1))
                    .isInstanceOfSatisfying(
                            Response.Info.class,
                            info -> assertThat(info.reason())
                                    .contains("its output ended", "client-0.log", "out of ideas"));
            assertThat(cluster.write(client, 2)).isInstanceOf(Response.Info.class);
        }
    }

    @Test
    void garbageLeavesTheRequestUnknown() throws IOException {
        try (TestCluster cluster = cluster("echo sorry")) {
            assertThat(cluster.write(cluster.connect(ALICE, N1), 1))
                    .isEqualTo(new Response.Info("the client: found sorry, expected a JSON object on a line: "
                            + "Unrecognized token 'sorry': was expecting (JSON String, Number, Array, Object or token"
                            + " 'null', 'true' or 'false')"));
        }
    }

    /** Whatever was made of the bytes that are none would be a value that nobody wrote. */
    @Test
    void whatIsNoUtf8LeavesTheRequestUnknown() throws IOException {
        String script = CLIENT.formatted(GOOD)
                .replace(
                        "echo '{\"id\":'$id',\"type\":\"ok\",\"value\":5}'",
                        "printf '{\"id\":%s,\"type\":\"ok\",\"value\":\"\\377\"}\\n' $id");
        try (TestCluster cluster = started(script)) {
            assertThat(cluster.ask(cluster.connect(ALICE, N1), Request.read(TestCluster.X)))
                    .isEqualTo(new Response.Info("the client: found bytes that are no UTF-8"));
        }
    }

    @Test
    void aNumberThatNoRequestHasLeavesTheRequestUnknownHoweverLongItIs() throws IOException {
        try (TestCluster cluster = cluster("echo '{\"id\":99999999999999999999999,\"type\":\"ok\"}'")) {
            assertThat(cluster.write(cluster.connect(ALICE, N1), 1))
                    .isEqualTo(new Response.Info("the client: found {\"id\":99999999999999999999999,\"type\":\"ok\"}, "
                            + "expected the answer to request 1"));
        }
    }

    @Test
    void aClientThatCannotBeStartedWasSentNothing() throws IOException {
        String script = CLIENT.formatted(GOOD)
                .replace("read greeting", "read greeting; case \"$greeting\" in *'\"0\"'*) exit 1;; esac");
        try (TestCluster cluster = started(script)) {
            assertThat(cluster.write(cluster.connect(ALICE, N1), 1))
                    .isInstanceOfSatisfying(
                            Response.Fail.class,
                            fail -> assertThat(fail.reason())
                                    .startsWith("the client could not be started: client-0: its output ended"));
        }
    }

    @Test
    void replicasAreGivenTimeAnewAfterEachHealing() throws IOException {
        try (TestCluster cluster = cluster(GOOD, "settle-ms=200", "order.pause=true", "order.resume=true")) {
            cluster.await(cluster.faults().pause(N1));
            cluster.await(cluster.faults().resume(N1));
            cluster.awaitConvergence();
            cluster.await(cluster.faults().pause(N1));
            cluster.await(cluster.faults().resume(N1));

            assertThat(cluster.await(cluster.cluster().convergence()))
                    .satisfies(seen -> assertThat(seen.reached()).isFalse())
                    .satisfies(seen ->
                            assertThat(seen.lastSeen()).isEqualTo("0 of 200 ms have passed (the setting settle-ms)"));
            cluster.awaitConvergence();
        }
    }

    @Test
    void aSecondAnswerIsNotTakenForThatToTheNextRequest() throws IOException {
        try (TestCluster cluster = cluster(GOOD + "; " + GOOD)) {
            Client client = cluster.connect(ALICE, N1);
            assertThat(cluster.write(client, 1)).isInstanceOf(Response.Ok.class);

            Response second = cluster.write(client, 2);

            assertThat(second)
                    .satisfiesAnyOf(
                            early -> assertThat(early)
                                    .isInstanceOfSatisfying(
                                            Response.Fail.class,
                                            fail -> assertThat(fail.reason())
                                                    .startsWith(
                                                            "not sent: the client said something without being asked: {\"id\":1")),
                            late -> assertThat(late)
                                    .isInstanceOfSatisfying(
                                            Response.Info.class,
                                            info -> assertThat(info.reason())
                                                    .contains("expected the answer to request 2")));
            assertThat(cluster.write(client, 3)).as("by a new process").isInstanceOf(Response.Ok.class);
        }
    }

    @Test
    void aClientThatNeverAnswersIsKilledWhenItsRequestIsGivenUp() throws IOException {
        Path asked = folder.resolve("asked");
        try (TestCluster cluster = cluster("touch " + asked + "; sleep 1000")) {
            Client client = cluster.connect(ALICE, N1);
            CompletionStage<Response> hanging = client.invoke(Request.write(TestCluster.X, Value.of(1)), N1);
            Awaitility.await("the request").until(() -> Files.exists(asked));

            client.close();

            assertThat(cluster.await(hanging)).isInstanceOf(Response.Info.class);
            assertThat(cluster.ask(cluster.connect(ALICE, N1), Request.read(TestCluster.X)))
                    .isEqualTo(Response.ok(Value.of(5)));
        }
    }

    @Test
    void whatIsGivenUpWhileTheClientIsStillStartingIsNotSentAndTheClientIsUsedAfterwards() throws IOException {
        Path go = folder.resolve("go");
        String slow = CLIENT.formatted(GOOD)
                .replace(
                        "read greeting",
                        "read greeting; case \"$greeting\" in *'\"0\"'*) touch " + folder.resolve("slow")
                                + "; while ! [ -e " + go + " ]; do sleep 0.05; done;; esac");
        try (TestCluster cluster = started(slow)) {
            Client client = cluster.connect(ALICE, N1);
            CompletionStage<Response> early = client.invoke(Request.write(TestCluster.X, Value.of(1)), N1);
            Awaitility.await("its start").until(() -> Files.exists(folder.resolve("slow")));
            List<ProcessHandle> before = TestCluster.children();
            client.close();
            Files.createFile(go);

            assertThat(cluster.await(early)).isEqualTo(new Response.Fail("given up before the client had started"));
            assertThat(cluster.write(cluster.connect(ALICE, N1), 2)).isInstanceOf(Response.Ok.class);
            assertThat(TestCluster.children()).containsAll(before);
        }
    }

    @Test
    void aRunStartsTheClientsOfAllItsSessionsBeforeTheFirstOperation() throws Exception {
        Path early = folder.resolve("early");
        String asked = "cd " + folder + "; [ -e hello-0 -a -e hello-1 ] || touch " + early + "; ";
        String client = CLIENT.formatted(asked + GOOD)
                .replace(" *) echo", " *) " + asked + "echo")
                .replace(
                        "read greeting",
                        "read greeting; touch \"" + folder
                                + "/hello-$(echo \"$greeting\" | sed 's/.*session\":\"\\([a-z0-9]*\\).*/\\1/')\"");
        Path file = PretendedProgram.write(folder.resolve("client.sh"), client);

        Run run = TestRun.run(
                PlanBuilder.real("command")
                        .nodes(2)
                        .set("client", file.toString())
                        .set("addresses", "a:1,b:2")
                        .set("settle-ms", "0")
                        .sessions(2)
                        .operations(1)
                        .guarantees("durability"),
                new CommandTarget(),
                folder);

        assertThat(run.history().size()).isPositive();
        assertThat(folder.resolve("hello-1")).exists();
        assertThat(early).doesNotExist();
    }

    @Test
    void behindAClientThatDoesNotComeNoOtherIsAwaitedBeforeTheFirstOperationAndHowManyCameIsTold() throws Exception {
        String script = CLIENT.formatted(GOOD)
                .replace("read greeting", "read greeting; case \"$greeting\" in *'\"0\"'*) exit 1;; esac");
        Path file = PretendedProgram.write(folder.resolve("client.sh"), script);

        Run run = TestRun.run(
                PlanBuilder.real("command")
                        .nodes(2)
                        .set("client", file.toString())
                        .set("addresses", "a:1,b:2")
                        .set("settle-ms", "0")
                        .sessions(9)
                        .operations(1)
                        .guarantees("durability"),
                new CommandTarget(),
                folder);

        assertThat(run.historyFile().resolveSibling("nodes").resolve("clients.log"))
                .as("the turn of client 8 was to come after that of client 0")
                .content()
                .contains("7 of 9 clients came before the first operation");
    }

    @Test
    void aClientThatSaysItDoesNotKnowIsStartedAgain() throws IOException {
        try (TestCluster cluster = cluster("echo '{\"id\":'$id',\"type\":\"info\",\"error\":\"'$$'\"}'")) {
            Client client = cluster.connect(ALICE, N1);

            assertThat(cluster.write(client, 1)).isNotEqualTo(cluster.write(client, 2));
        }
    }

    @Test
    void aClientThatEndsAtOnceIsRefusedWithWhatItSaid() throws IOException {
        assertThat(refusal("echo 'no such module' >&2; exit 1"))
                .contains("client-first: its output ended", "no such module");
    }

    @Test
    void aClientThatSaysSomethingElseFirstIsRefused() throws IOException {
        assertThat(refusal("read greeting; echo '{\"hello\":7}'; read more"))
                .contains("found {\"hello\":7}, expected {\"hello\":1,\"functions\":[...]} first");
    }

    @Test
    void aClientThatUnderstandsTooLittleIsRefused() throws IOException {
        assertThat(refusal(CLIENT.formatted(GOOD), "functions=read,write,cas"))
                .contains("it understands [read, write], expected all of [", "cas", "as the setting functions says");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamed() throws IOException {
        assertThat(
                        refusal(
                                CLIENT.formatted(GOOD)
                                        .replace(
                                                "*ping*)",
                                                "*ping*b:2*) echo '{\"id\":'$id',\"type\":\"fail\",\"error\":\"refused\"}' ;;\n *ping*)")))
                .contains(
                        "n2 to answer: not within 10000 ms",
                        "n2 was asked by a client of the probe and did not answer: refused");
    }

    @Test
    void ordersBreakAndMendWhatTheyAreToldOf() throws IOException {
        Path said = folder.resolve("said");
        String tell = "echo \"%s $UMPIRE_NODE$UMPIRE_FROM $UMPIRE_ADDRESS$UMPIRE_TO_ADDRESS\" >> " + said;
        try (TestCluster cluster = cluster(
                GOOD,
                "order.pause=" + tell.formatted("pause"),
                "order.resume=" + tell.formatted("resume"),
                "order.crash=" + tell.formatted("crash"),
                "order.restart=" + tell.formatted("restart"),
                "order.cut=" + tell.formatted("cut"),
                "order.mend=" + tell.formatted("mend"),
                "order.delivers=echo looking; echo no",
                "order.failover=" + tell.formatted("failover"),
                "order.leader=echo n2",
                "order.converged=echo 'n2 lacks 3'")) {
            Link link = new Link(N1, N2);
            cluster.await(cluster.faults().pause(N1));
            cluster.await(cluster.faults().resume(N1));
            cluster.await(cluster.faults().crash(N2));
            cluster.await(cluster.faults().restart(N2));
            cluster.await(cluster.faults().cut(Set.of(link)));
            cluster.await(cluster.faults().mend(Set.of(link)));
            assertThat(cluster.delivers(link).positive()).isFalse();
            assertThat(cluster.await(cluster.faults().failOver(N1))).isEqualTo(N2);
            assertThat(cluster.await(cluster.cluster().leader())).contains(N2);
            assertThat(cluster.await(cluster.cluster().convergence()))
                    .satisfies(seen -> assertThat(seen.reached()).isFalse())
                    .satisfies(seen -> assertThat(seen.lastSeen()).isEqualTo("n2 lacks 3"));

            assertThat(said).hasContent("""
                            pause n1 a:1
                            resume n1 a:1
                            crash n2 b:2
                            restart n2 b:2
                            cut n1 b:2
                            mend n1 b:2
                            failover n1 a:1
                            """);
        }
        assertThat(said)
                .as("what was not mended is, at the end")
                .content()
                .endsWith("failover n1 a:1\nrestart n1 a:1\n");
        TestCluster.assertNothingInForce(folder);
    }

    @Test
    void anOrderThatFailsIsToldWithWhatItPrinted() throws IOException {
        try (TestCluster cluster = cluster(GOOD, "order.pause=echo 'no right to do so'; exit 1", "order.resume=true")) {
            assertThat(catchThrowable(() -> cluster.await(cluster.faults().pause(N1))))
                    .hasMessageContaining("pause n1")
                    .hasMessageContaining("no right to do so");
        }
    }

    @Test
    void anAnswerThatIsNeitherYesNorNoProvesNothing() throws IOException {
        try (TestCluster cluster = cluster(GOOD, "order.cut=true", "order.mend=true", "order.delivers=echo perhaps")) {
            assertThat(catchThrowable(() -> cluster.delivers(new Link(new Node("n1"), N2))))
                    .hasMessageContaining("found 'perhaps' as its last line, expected yes or no");
        }
    }
}
