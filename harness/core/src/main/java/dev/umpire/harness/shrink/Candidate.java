package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A schedule and the plan beside it, and what is left of them without some of it. */
record Candidate(Plan plan, Script script) {

    Candidate with(List<Script.Ask> asks, List<Script.Strike> strikes) {
        return new Candidate(plan, new Script(asks, strikes));
    }

    Candidate withAsks(List<Script.Ask> asks) {
        return with(asks, script.strikes());
    }

    Candidate withStrikes(List<Script.Strike> strikes) {
        return with(script.asks(), strikes);
    }

    Candidate withSeed(long seed) {
        return seed == plan.seed() ? this : new Candidate(plan.withSeed(seed), script);
    }

    List<Integer> sessions() {
        return script.asks().stream()
                .map(Script.Ask::session)
                .distinct()
                .sorted()
                .toList();
    }

    List<Value> keys() {
        Set<Value> keys = new LinkedHashSet<>();
        script.asks().forEach(ask -> keys.addAll(keys(ask.request())));
        return List.copyOf(keys);
    }

    /** What only these sessions ask. */
    Candidate ofSessions(Collection<Integer> kept) {
        return withAsks(script.asks().stream()
                .filter(ask -> kept.contains(ask.session()))
                .toList());
    }

    /** What is asked of these keys only; who reads several reads the others no more. */
    Candidate ofKeys(Collection<Value> kept) {
        List<Script.Ask> asks = new ArrayList<>();
        for (Script.Ask ask : script.asks()) {
            of(ask.request(), kept)
                    .ifPresent(request -> asks.add(
                            request.equals(ask.request())
                                    ? ask
                                    : new Script.Ask(ask.session(), ask.atNanos(), ask.home(), request)));
        }
        return withAsks(asks);
    }

    private static Optional<Request> of(Request request, Collection<Value> kept) {
        List<Value> keys = keys(request);
        List<Value> left = keys.stream().filter(kept::contains).toList();
        if (left.equals(keys)) {
            return Optional.of(request);
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(Request.snapshot(left));
    }

    private static List<Value> keys(Request request) {
        if (request.key().isPresent()) {
            return List.of(request.key().get());
        }
        return request.function().equals(Request.SNAPSHOT) && request.argument() instanceof Value.Sequence keys
                ? keys.elements()
                : List.of();
    }

    /** One session asks what another asked. */
    Candidate merged(int from, int to) {
        return withAsks(script.asks().stream()
                .map(ask -> ask.session() == from ? new Script.Ask(to, ask.atNanos(), ask.home(), ask.request()) : ask)
                .toList());
    }

    /** The sessions that ask anything have the first numbers, and there are no others. */
    Candidate renumbered() {
        List<Integer> sessions = sessions();
        return new Candidate(
                plan.with(plan.nodes(), Math.max(1, sessions.size())),
                new Script(
                        script.asks().stream()
                                .map(ask -> new Script.Ask(
                                        sessions.indexOf(ask.session()), ask.atNanos(), ask.home(), ask.request()))
                                .toList(),
                        script.strikes()));
    }

    Size size() {
        return Size.of(plan, script);
    }
}
