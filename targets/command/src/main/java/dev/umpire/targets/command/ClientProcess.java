package dev.umpire.targets.command;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.targets.command.Dialogue.Hello;
import dev.umpire.targets.command.Dialogue.NotUnderstoodException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client of one session: a process that is started before its first request or with it, and again after it broke the protocol,
 * died, or was killed as its answer took too long.
 *
 * <p>Asked on the loop, one request at a time; what blocks runs on a thread of its own. What is given up while the process is
 * still starting is not sent, and the process goes on starting, so that a client that starts more slowly than an operation may
 * take comes to be used all the same.
 */
final class ClientProcess {
    private static final long HELLO_SECONDS = 20;

    private final Environment environment;
    private final Launcher launcher;
    private final Command command;
    private final Dialogue dialogue;
    private final Set<String> functions;
    private final String session;

    private volatile @Nullable Conversation conversation;
    private volatile boolean starting;
    private volatile boolean distrusted;
    private Turn turn = new Turn();
    private long asked;

    /**
     * A client that has not been started.
     *
     * @param functions that it must understand
     * @param session what it is told of whose it is
     */
    ClientProcess(
            Environment environment,
            Launcher launcher,
            Command command,
            Dialogue dialogue,
            Set<String> functions,
            String session) {
        this.environment = environment;
        this.launcher = launcher;
        this.command = command;
        this.dialogue = dialogue;
        this.functions = Set.copyOf(functions);
        this.session = session;
    }

    /** Starts it, unless it runs, and tells what it said of itself. */
    CompletionStage<Hello> hello() {
        return onItsThread(() -> running().hello());
    }

    /** Asks it for a session. */
    CompletionStage<Response> ask(Request request, Node node) {
        return ask(Optional.of(request), node);
    }

    /** Asks it whether a node answers. */
    CompletionStage<Response> ping(Node node) {
        return ask(Optional.empty(), node);
    }

    /** What was asked is not wanted any more: where it is under way the process is killed, and started again with the next request. */
    void abandon() {
        if (turn.giveUp()) {
            kill();
        }
    }

    /** Its connections are not known to be good: it is started again with the next request. */
    void distrust() {
        distrusted = true;
    }

    private CompletionStage<Response> ask(Optional<Request> request, Node node) {
        Turn own = new Turn();
        turn = own;
        long id = ++asked;
        return onItsThread(() -> {
            Conversation running;
            try {
                running = running();
            } catch (IOException | RuntimeException e) {
                return new Response.Fail("the client could not be started: " + e.getMessage());
            }
            if (!own.begin()) {
                return new Response.Fail("given up before the client had started");
            }
            try {
                return exchanged(running, id, request, node);
            } finally {
                own.end();
            }
        });
    }

    /** Something that blocks. */
    private interface Work<T> {
        T done() throws IOException;
    }

    private <T> CompletionStage<T> onItsThread(Work<T> work) {
        Environment.Timer late = environment.schedule(TimeUnit.SECONDS.toNanos(HELLO_SECONDS), () -> {
            if (starting) {
                kill();
            }
        });
        return environment.blocking(command.name(), work::done).whenComplete((value, failure) -> late.cancel());
    }

    /** The conversation with a process that can be asked, begun if there is none. Blocks. */
    private Conversation running() throws IOException {
        Conversation now = conversation;
        if (now != null && !distrusted && now.process().alive()) {
            return now;
        }
        starting = true;
        try {
            NodeProcess process;
            if (now == null) {
                process = launcher.converse(command);
            } else {
                process = now.process();
                process.restart();
            }
            Conversation begun = new Conversation(process);
            conversation = begun;
            distrusted = true;
            begun.greet(dialogue.greeting(session), functions);
            distrusted = false;
            return begun;
        } finally {
            starting = false;
        }
    }

    /** Blocks. */
    private Response exchanged(Conversation running, long id, Optional<Request> request, Node node) {
        Optional<String> unasked = running.saidUnasked();
        if (unasked.isPresent()) {
            distrust();
            return new Response.Fail("not sent: the client said something without being asked: " + unasked.get());
        }
        try {
            running.say(request.isPresent() ? dialogue.request(id, request.get(), node) : dialogue.ping(id, node));
            return dialogue.answer(running.line(), id, request);
        } catch (IOException | NotUnderstoodException | RuntimeException e) {
            // whatever goes wrong from here on, the client may have done what it was asked
            distrust();
            return new Response.Info("the client: " + e.getMessage());
        }
    }

    private void kill() {
        Conversation now = conversation;
        if (now != null) {
            CompletionStage<?> unused = environment.blocking("launcher-" + command.name(), () -> {
                now.process().kill();
                return null;
            });
        }
    }
}
