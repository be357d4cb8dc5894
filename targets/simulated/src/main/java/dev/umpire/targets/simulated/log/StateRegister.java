package dev.umpire.targets.simulated.log;

import dev.umpire.targets.simulated.log.Protocol.Accept;
import dev.umpire.targets.simulated.log.Protocol.Accepted;
import dev.umpire.targets.simulated.log.Protocol.Outdated;
import dev.umpire.targets.simulated.log.Protocol.Prepare;
import dev.umpire.targets.simulated.log.Protocol.Promise;
import dev.umpire.targets.simulated.world.Cell;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in the agreement on one partition's state: a register that any node changes with the help of a majority,
 * one change on top of another (Rystsov, <i>CASPaxos</i>, 2018). No node decides alone, and none has to stay.
 *
 * <p>A change runs in a ballot of its own: a majority promises to take part in no older one and says what it accepted last; the
 * newest of that is changed; a majority accepts the result, which is chosen then. A change that makes no difference reads.
 */
final class StateRegister {
    /** After so long a change that a majority did not answer is given up. */
    private static final long PATIENCE_NANOS = 60_000_000;

    private final Host host;
    private final int partition;
    private final Cell<Acceptance> acceptance;
    private long newestHeard;
    private @Nullable Attempt attempt;

    /** What a node may not forget: the ballot it promised to, and what it accepted last in which. */
    private record Acceptance(long promised, long accepted, PartitionState state) {}

    /** Is told what was chosen. */
    @FunctionalInterface
    interface Outcome {

        /**
         * The change is over.
         *
         * @param changed whether the state that was chosen is another than before
         */
        void chosen(PartitionState state, boolean changed);
    }

    /** A change under way. */
    private static final class Attempt {
        private final long ballot;
        private final UnaryOperator<PartitionState> change;
        private final Outcome outcome;
        private final TreeSet<Integer> promised = new TreeSet<>();
        private final TreeSet<Integer> accepted = new TreeSet<>();
        private long newest = -1;
        private PartitionState state;
        private boolean changed;
        private boolean accepting;

        Attempt(long ballot, PartitionState own, UnaryOperator<PartitionState> change, Outcome outcome) {
            this.ballot = ballot;
            this.state = own;
            this.change = change;
            this.outcome = outcome;
        }
    }

    StateRegister(Host host, int partition, PartitionState founding) {
        this.host = host;
        this.partition = partition;
        this.acceptance = host.disk().cell("register-" + partition, new Acceptance(0, 0, founding));
    }

    /** Whether a change of this node is under way. */
    boolean isBusy() {
        return attempt != null;
    }

    /** Begins a change, unless one is under way; the outcome is told once it was chosen, which may never be. */
    void change(UnaryOperator<PartitionState> change, Outcome outcome) {
        if (attempt != null) {
            return;
        }
        Acceptance own = acceptance.get();
        long round = Math.max(own.promised(), newestHeard) / host.nodeCount() + 1;
        Attempt begun = new Attempt(round * host.nodeCount() + host.address(), own.state(), change, outcome);
        attempt = begun;
        acceptance.set(new Acceptance(begun.ballot, own.accepted(), own.state()));
        host.schedule(PATIENCE_NANOS, () -> giveUp(begun));
        host.disk().sync(() -> {
            if (attempt == begun && acceptance.get().promised() == begun.ballot) {
                toOthers(new Prepare(partition, begun.ballot));
                promised(host.address(), new Promise(partition, begun.ballot, own.accepted(), own.state()));
            }
        });
    }

    private void giveUp(Attempt begun) {
        if (attempt == begun) {
            attempt = null;
        }
    }

    private void toOthers(Message message) {
        for (int node = 0; node < host.nodeCount(); node++) {
            if (node != host.address()) {
                host.send(node, message);
            }
        }
    }

    void onPrepare(int from, Prepare prepare) {
        Acceptance own = acceptance.get();
        if (prepare.ballot() < own.promised()) {
            host.send(from, new Outdated(partition, prepare.ballot(), own.promised()));
            return;
        }
        acceptance.set(new Acceptance(prepare.ballot(), own.accepted(), own.state()));
        host.disk().sync(() -> host.send(from, new Promise(partition, prepare.ballot(), own.accepted(), own.state())));
    }

    void onPromise(int from, Promise promise) {
        promised(from, promise);
    }

    private void promised(int from, Promise promise) {
        Attempt begun = attempt;
        if (begun == null || begun.ballot != promise.ballot() || begun.accepting || !begun.promised.add(from)) {
            return;
        }
        if (promise.accepted() > begun.newest) {
            begun.newest = promise.accepted();
            begun.state = promise.state();
        }
        if (begun.promised.size() == Rules.majority(host.nodeCount())) {
            propose(begun);
        }
    }

    private void propose(Attempt begun) {
        if (acceptance.get().promised() != begun.ballot) {
            attempt = null; // this node promised somebody else meanwhile
            return;
        }
        begun.accepting = true;
        PartitionState next = begun.change.apply(begun.state);
        begun.changed = !next.equals(begun.state);
        begun.state = next;
        acceptance.set(new Acceptance(begun.ballot, begun.ballot, next));
        host.disk().sync(() -> {
            if (attempt == begun) {
                toOthers(new Accept(partition, begun.ballot, next));
                accepted(host.address(), begun.ballot);
            }
        });
    }

    void onAccept(int from, Accept accept) {
        Acceptance own = acceptance.get();
        if (accept.ballot() < own.promised()) {
            host.send(from, new Outdated(partition, accept.ballot(), own.promised()));
            return;
        }
        acceptance.set(new Acceptance(accept.ballot(), accept.ballot(), accept.state()));
        host.disk().sync(() -> host.send(from, new Accepted(partition, accept.ballot())));
    }

    void onAccepted(int from, Accepted accepted) {
        accepted(from, accepted.ballot());
    }

    private void accepted(int from, long ballot) {
        Attempt begun = attempt;
        if (begun != null
                && begun.ballot == ballot
                && begun.accepting
                && begun.accepted.add(from)
                && begun.accepted.size() == Rules.majority(host.nodeCount())) {
            attempt = null;
            toOthers(new Protocol.Chosen(partition, begun.state));
            begun.outcome.chosen(begun.state, begun.changed);
        }
    }

    void onOutdated(Outdated outdated) {
        newestHeard = Math.max(newestHeard, outdated.promised());
        Attempt begun = attempt;
        if (begun != null && begun.ballot == outdated.ballot()) {
            attempt = null;
        }
    }
}
