package dev.umpire.harness.interpreter;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.generator.Action;
import dev.umpire.harness.generator.Completion;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.FreeSessions;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.nemesis.Nemesis;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.NemesisEvent;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Drives sessions and nemesis by a generator. Used on the loop only; one generator at a time, several one after another.
 */
public final class Interpreter {

    private final Environment environment;
    private final List<Node> nodes;
    private final Recording recording;
    private final Nemesis nemesis;
    private final List<SessionWorker> sessions = new ArrayList<>();
    private FreeSessions free = FreeSessions.NONE;
    private final List<Script.Ask> asked = new ArrayList<>();
    private boolean nemesisFree = true;

    private @Nullable Generator generator;
    private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    private Environment.@Nullable Timer timer;
    private boolean pumping;
    private boolean pumpAgain;

    /** Events go to the sink in the order in which they are to stand in the recording. */
    public Interpreter(Environment environment, Cluster cluster, SessionLimits limits, EventSink sink) {
        this.environment = environment;
        this.nodes = List.copyOf(cluster.nodes());
        this.recording = new Recording(environment, sink);
        this.nemesis = new Nemesis(environment, cluster, this::recordNemesis);
        Journey journey = Journey.of(environment.random(), nodes.size());
        for (int number = 0; number < limits.sessions(); number++) {
            SessionWorker session =
                    new SessionWorker(number, environment, cluster, limits, journey, recording, this::answered);
            sessions.add(session);
            free = free.with(number);
        }
    }

    /** All that was asked so far but in the final phase, as it can be asked again. */
    public List<Script.Ask> asked() {
        return List.copyOf(asked);
    }

    public Nemesis nemesis() {
        return nemesis;
    }

    /** Completes when the generator is done and nothing is under way. */
    public CompletionStage<Void> run(Generator toRun) {
        if (generator != null) {
            throw new IllegalStateException("generator: found a second one, expected the first to be done");
        }
        generator = toRun;
        end = new CompletableFuture<>();
        environment.execute(this::pump);
        return end;
    }

    /** Gives up: nothing more is asked, answers are ignored, {@link #run}'s stage fails with the reason. */
    public void abort(String reason) {
        generator = null;
        sessions.forEach(SessionWorker::abandon);
        recording.flush();
        end.completeExceptionally(new CancellationException(reason));
    }

    /** Gives all connections back; returns what went wrong in doing so, a sentence each. */
    public List<String> close() {
        List<String> troubles = new ArrayList<>();
        sessions.forEach(session -> session.disconnect().ifPresent(troubles::add));
        recording.flush();
        return troubles;
    }

    /**
     * Records that the replicas did not agree in time, so that whoever judges the recording knows what its final reads are worth.
     *
     * @param evidence what was last seen of them, a sentence without its full stop
     */
    public void unconverged(String evidence) {
        recordNemesis(NemesisEvent.UNCONVERGED, new Value.MapOf(Map.of(Value.of("evidence"), Value.of(evidence))));
    }

    /**
     * Records that the replicas will never agree, so that whoever judges the recording takes its final reads for the end.
     *
     * @param why which of them has stopped and why, a sentence without its full stop
     */
    public void neverConverges(String why) {
        recordNemesis(NemesisEvent.STOPPED, new Value.MapOf(Map.of(Value.of("evidence"), Value.of(why))));
    }

    private void recordNemesis(String function, Value value) {
        recording.now(Event.of(EventType.INFO)
                .time(environment.nowNanos())
                .process(Value.of("nemesis"))
                .function(function)
                .value(value)
                .build());
    }

    /** Called when an answer is recorded, after the instant at which it came. */
    private void answered(SessionWorker session, Request request, Node node, Response response, long restNanos) {
        if (response instanceof Response.Ok ok && !request.onlyReads()) {
            nemesis.acknowledged(ok.node().orElse(node));
        }
        if (restNanos > 0) {
            environment.schedule(restNanos, () -> release(session, request, response));
        } else {
            release(session, request, response);
        }
    }

    private void release(SessionWorker session, Request request, Response response) {
        free = free.with(session.number());
        completed(new Completion.Answered(session.number(), request, response));
    }

    private void completed(Completion completion) {
        if (generator != null) {
            generator = generator.update(context(), completion);
            pump();
        }
    }

    private Context context() {
        return new Context(environment.nowNanos(), environment.random(), sessions.size(), free, nodes, nemesisFree);
    }

    /** Asks the generator until it has nothing to do now. */
    private void pump() {
        if (pumping) {
            pumpAgain = true;
            return;
        }
        pumping = true;
        try {
            do {
                pumpAgain = false;
                recording.flushBefore(environment.nowNanos());
                step();
            } while (pumpAgain);
        } catch (RuntimeException | Error failure) {
            generator = null;
            end.completeExceptionally(failure);
        } finally {
            pumping = false;
        }
    }

    private void step() {
        if (generator == null) {
            return;
        }
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        Step step = generator.next(context());
        if (step instanceof Step.Emit emit) {
            generator = emit.rest();
            pumpAgain = true;
            perform(emit.action());
        } else if (step instanceof Step.Wait wait) {
            generator = wait.rest();
            timer = environment.schedule(Math.max(0, wait.untilNanos() - environment.nowNanos()), this::pump);
        } else if (step instanceof Step.Pending pending) {
            generator = pending.rest();
            if (idle()) {
                throw new IllegalStateException(
                        "generator: found one that awaits a completion, expected an action, as nothing is under way: "
                                + generator);
            }
        } else if (idle()) {
            generator = null;
            end.complete(null);
        }
    }

    private boolean idle() {
        return nemesisFree && free.size() == sessions.size();
    }

    private void perform(Action action) {
        if (action instanceof Action.Ask ask) {
            if (free.isEmpty()) {
                throw new IllegalStateException("session: found none free for " + ask + ", expected one");
            }
            SessionWorker session = sessions.get(ask.session().orElse(free.get(0)));
            free = free.without(session.number());
            session.ask(ask);
            if (!ask.request().finalPhase()) {
                asked.add(asked(ask, session));
            }
            return;
        }
        nemesisFree = false;
        nemesis.perform(action).whenComplete((completion, failure) -> {
            nemesisFree = true;
            if (failure != null) {
                abort("the nemesis failed: " + failure);
            } else {
                completed(completion);
            }
        });
    }

    private Script.Ask asked(Action.Ask ask, SessionWorker session) {
        long nowNanos = environment.nowNanos();
        return new Script.Ask(session.number(), nowNanos, session.home(), ask.request(), ask.intendedBeside(nowNanos));
    }
}
