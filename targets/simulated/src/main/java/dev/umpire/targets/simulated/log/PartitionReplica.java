package dev.umpire.targets.simulated.log;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.log.Protocol.Chosen;
import dev.umpire.targets.simulated.log.Protocol.Diverged;
import dev.umpire.targets.simulated.log.Protocol.Fetch;
import dev.umpire.targets.simulated.log.Protocol.Fetched;
import dev.umpire.targets.simulated.log.Protocol.KeyRead;
import dev.umpire.targets.simulated.log.Protocol.PartitionStatus;
import dev.umpire.targets.simulated.log.Protocol.Poll;
import dev.umpire.targets.simulated.log.Protocol.Polled;
import dev.umpire.targets.simulated.log.Protocol.ReadKey;
import dev.umpire.targets.simulated.log.Protocol.Refused;
import dev.umpire.targets.simulated.world.Cell;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One partition on one node: a follower that fetches from its leader, unless {@link #leading} says otherwise. */
final class PartitionReplica {
    /** After this long without an answer a fetch is taken for lost. */
    private static final long REFETCH_NANOS = 60_000_000;

    private static final long LEAST_SILENCE_NANOS = 150_000_000;
    private static final long MOST_SILENCE_NANOS = 300_000_000;

    private final Host host;
    private final Rules rules;
    private final int partition;
    private final PartitionLog log;
    private final StateRegister register;
    private final Cell<PartitionState> known;
    private final KeyedRandom.Stream silences;
    private long draws;
    private long highWatermark;
    private @Nullable Leading leading;
    private long heardNanos;
    private long fetches;

    PartitionReplica(Host host, Rules rules, int partition) {
        this.host = host;
        this.rules = rules;
        this.partition = partition;
        this.log = new PartitionLog(host.disk(), partition);
        PartitionState founding = PartitionState.founding(Rules.founder(partition, host.nodeCount()), host.nodeCount());
        this.register = new StateRegister(host, partition, founding);
        this.known = host.disk().cell("state-" + partition, founding);
        this.silences = host.random("election-" + partition);
    }

    void start() {
        heardNanos = host.clockNanos();
        if (host.starts() == 1 && state().leader() == host.address()) {
            lead();
        } else {
            followOn();
        }
        watch();
    }

    PartitionState state() {
        return known.get();
    }

    StateRegister register() {
        return register;
    }

    PartitionLog log() {
        return log;
    }

    Optional<Leading> leading() {
        return Optional.ofNullable(leading);
    }

    long highWatermark() {
        return highWatermark;
    }

    /** Up to here every replica in sync holds the log; it never goes back, unless what was seen can be taken back. */
    void moveHighWatermark(long offset) {
        highWatermark = Math.max(highWatermark, offset);
    }

    /** Whom a client should ask instead. */
    int leaderHint() {
        return state().leader() == host.address() ? Protocol.NOBODY : state().leader();
    }

    // what was agreed on

    void onChosen(Chosen chosen) {
        adopt(chosen.state());
    }

    private void adopt(PartitionState chosen) {
        if (chosen.version() <= state().version()) {
            return;
        }
        boolean newEpoch = chosen.epoch() > state().epoch();
        known.set(chosen);
        if (newEpoch) {
            heardNanos = host.clockNanos();
            stepDown();
            followOn();
        }
    }

    private void stepDown() {
        Leading past = leading;
        if (past != null) {
            host.log("partition " + partition + ", epoch " + state().epoch() + " has begun: steps down");
            leading = null;
            past.end();
        }
    }

    /** Changes the state with the help of a majority, unless such a change is under way. */
    void change(UnaryOperator<PartitionState> change) {
        register.change(change, (chosen, changed) -> {
            adopt(chosen);
            if (leading != null) {
                leading.settled();
            } else if (changed && chosen.leader() == host.address() && chosen.equals(state())) {
                host.disk().sync(() -> {
                    if (chosen.equals(state()) && leading == null) {
                        lead();
                    }
                });
            }
        });
    }

    private void lead() {
        host.log("partition " + partition + ", epoch " + state().epoch() + ": leads from offset " + log.end()
                + ", in sync "
                + state().inSync().stream().map(address -> "n" + (address + 1)).toList());
        Leading begun = new Leading(host, rules, this, partition);
        leading = begun;
        begun.begin();
    }

    /** Looks again and again whether the leader is heard of, and takes its place if it is not. */
    private void watch() {
        long silence = silences.between(LEAST_SILENCE_NANOS, MOST_SILENCE_NANOS, draws++);
        host.schedule(silence, () -> {
            if (leading == null && host.clockNanos() - heardNanos >= silence) {
                long suspected = state().epoch();
                change(state -> state.epoch() == suspected && mayLead(state)
                        ? state.ledBy(host.address(), rules.leastInSync(host.nodeCount()))
                        : state);
            }
            watch();
        });
    }

    private boolean mayLead(PartitionState state) {
        return state.isInSync(host.address()) || !rules.electsInSync();
    }

    // following

    /** Fetches from the leader once the disk has all that the fetch says. */
    private void followOn() {
        long number = ++fetches;
        host.disk().sync(() -> fetch(number));
    }

    private void fetch(long number) {
        if (number != fetches || leading != null) {
            return;
        }
        PartitionState state = state();
        if (state.leader() != host.address()) {
            host.send(
                    state.leader(),
                    new Fetch(
                            partition, state.epoch(), state.version(), number, log.end(), log.epochBefore(log.end())));
        }
        host.schedule(REFETCH_NANOS, () -> {
            if (number == fetches) {
                followOn();
            }
        });
    }

    void onFetched(Fetched fetched) {
        if (!isAwaited(fetched.epoch(), fetched.number())) {
            return;
        }
        fetched.entries().forEach(log::append);
        moveHighWatermark(Math.min(fetched.highWatermark(), log.end()));
        followOn();
    }

    void onDiverged(Diverged diverged) {
        if (!isAwaited(diverged.epoch(), diverged.number())) {
            return;
        }
        long common = Math.min(diverged.end(), log.endOfEpoch(diverged.commonEpoch()));
        if (common < highWatermark) {
            if (!rules.mayTakeBack()) {
                throw new IllegalStateException("partition " + partition + ": told to cut off from offset " + common
                        + ", expected " + highWatermark + " or more, which all replicas in sync had");
            }
            highWatermark = common;
        }
        log.truncate(common);
        followOn();
    }

    /** Whether this answers the last fetch; whatever is older may be out of date. */
    private boolean isAwaited(long epoch, long number) {
        boolean awaited = leading == null && epoch == state().epoch() && number == fetches;
        if (awaited) {
            heardNanos = host.clockNanos();
        }
        return awaited;
    }

    void onFetch(int from, Fetch fetch) {
        PartitionState state = state();
        if (fetch.epoch() == state.epoch() && fetch.version() > state.version()) {
            // of a change of this leader's whose end it did not hear of
            change(same -> same);
        }
        if (fetch.version() < state.version()) {
            host.send(from, new Chosen(partition, state));
        }
        if (leading != null && fetch.epoch() == state.epoch()) {
            leading.onFetch(from, fetch);
        }
    }

    // reading

    /** Up to where consumers see the log here. */
    private long visible() {
        return rules.hidesUnsafe() ? highWatermark : log.end();
    }

    void onPoll(int from, Poll poll) {
        if (leading == null && !poll.anyReplica()) {
            host.send(from, new Refused(poll.id(), leaderHint()));
            return;
        }
        long end = Math.min(visible(), poll.from() + poll.most());
        List<Value> values = log.copy(Math.min(poll.from(), end), end).stream()
                .map(Entry::value)
                .toList();
        host.send(from, new Polled(poll.id(), poll.from(), values));
    }

    void onReadKey(int from, ReadKey read) {
        if (leading == null && !read.anyReplica()) {
            host.send(from, new Refused(read.id(), leaderHint()));
            return;
        }
        List<Value> values = new ArrayList<>();
        for (Entry entry : log.copy(0, visible())) {
            if (entry.key().equals(read.key())) {
                values.add(entry.value());
            }
        }
        host.send(from, new KeyRead(read.id(), values));
    }

    PartitionStatus status() {
        return new PartitionStatus(leading != null, state(), log.end(), highWatermark);
    }
}
