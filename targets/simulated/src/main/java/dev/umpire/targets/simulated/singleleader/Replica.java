package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.singleleader.Protocol.Append;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendGap;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendOk;
import dev.umpire.targets.simulated.singleleader.Protocol.AppendRefused;
import dev.umpire.targets.simulated.singleleader.Protocol.ChangeMembers;
import dev.umpire.targets.simulated.singleleader.Protocol.Done;
import dev.umpire.targets.simulated.singleleader.Protocol.ReadRequest;
import dev.umpire.targets.simulated.singleleader.Protocol.Refused;
import dev.umpire.targets.simulated.singleleader.Protocol.Snapshot;
import dev.umpire.targets.simulated.singleleader.Protocol.Status;
import dev.umpire.targets.simulated.singleleader.Protocol.Vote;
import dev.umpire.targets.simulated.singleleader.Protocol.VoteRequest;
import dev.umpire.targets.simulated.singleleader.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.Program;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of the store, in one process. Follower, unless {@link #leadership} says otherwise; every message comes in through
 * {@link #receive}.
 */
final class Replica implements Program {
    /** How long a leader may read after sending what a majority answered. */
    static final long LEASE_NANOS = 120_000_000;
    /** How long a follower votes for nobody after hearing of a leader: the lease, and 1 % for clocks that drift apart. */
    static final long PROMISE_NANOS = LEASE_NANOS + LEASE_NANOS / 100;
    /** After this long without a word a follower takes its connection to the leader for lost. */
    private static final long LOST_NANOS = 150_000_000;
    /** How long a follower that is behind a session's token lets it wait. */
    private static final long TOKEN_WAIT_NANOS = 50_000_000;

    private final Host host;
    private final Rules rules;
    private final Ledger ledger;
    private final Election election;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Lanes lanes;
    private final KeyedRandom.Stream conditions;
    private boolean reconnecting;
    private long freshNanos = Long.MIN_VALUE / 2;
    private @Nullable Leadership leadership;
    private int leader;
    private long heardNanos;
    private long promisedUntilNanos;
    private long draws;

    Replica(Host host, Rules rules) {
        this.host = host;
        this.rules = rules;
        Members founders = host.exchanged() ? Members.NONE : Members.all(host.nodeCount());
        this.ledger = new Ledger(host.disk(), rules, founders);
        this.election = new Election(this, host, rules, ledger);
        this.lanes = new Lanes(host, ledger);
        this.conditions = host.random("condition");
        this.leader = Protocol.NOBODY;
    }

    @Override
    public void start() {
        long now = host.clockNanos();
        heardNanos = now;
        boolean founding = host.starts() == 1;
        reconnecting = !founding;
        // an earlier process may have heard of a leader up to this moment
        promisedUntilNanos = founding ? now : now + PROMISE_NANOS;
        if (founding || !rules.failover()) {
            leader = 0;
        }
        if (host.address() == leader) {
            ledger.enter(founding ? ledger.epoch() : ledger.epoch() + 1, host.address());
            lead();
        }
        if (rules.failover()) {
            election.watch();
        }
    }

    // messages

    @Override
    public void receive(int from, Message message) {
        if (message instanceof ReadRequest read) {
            onRead(from, read);
        } else if (message instanceof WriteRequest write) {
            onWrite(from, write);
        } else if (message instanceof AppendOk ok) {
            if (leadership != null && ok.epoch() == ledger.epoch()) {
                leadership.onAppendOk(from, ok);
            }
        } else if (message instanceof Append append) {
            onAppend(from, append);
        } else if (message instanceof Snapshot snapshot) {
            onSnapshot(from, snapshot);
        } else if (message instanceof AppendGap gap) {
            if (leadership != null && gap.epoch() == ledger.epoch()) {
                leadership.onAppendGap(from, gap);
            }
        } else if (message instanceof AppendRefused refused) {
            heardOfEpoch(refused.epoch());
        } else if (message instanceof VoteRequest request) {
            election.onVoteRequest(from, request);
        } else if (message instanceof Vote vote) {
            election.onVote(from, vote);
        } else {
            throw new IllegalArgumentException("message: found " + message + ", expected one for a node");
        }
    }

    private void onWrite(int from, WriteRequest write) {
        if (leadership == null) {
            host.send(from, new Refused(write.id(), leader, "not the leader"));
        } else {
            leadership.write(from, write);
        }
    }

    private void onRead(int from, ReadRequest read) {
        if (!read.atLeader()) {
            if (!joined()) {
                host.send(from, new Refused(read.id(), leader, "the follower has not joined yet"));
            } else if (read.mostLagNanos() < host.clockNanos() - freshNanos) {
                host.send(from, new Refused(read.id(), leader, "the follower does not know that it is fresh enough"));
            } else if (ledger.applied() >= read.atLeast()) {
                answer(from, read);
            } else {
                waitFor(new Waiting(from, read));
            }
        } else if (leadership == null) {
            host.send(from, new Refused(read.id(), leader, "not the leader"));
        } else if (!leadership.mayRead()) {
            host.send(from, new Refused(read.id(), host.address(), "the leader has no lease"));
        } else {
            answer(from, read);
        }
    }

    /**
     * Whether a machine that came in the place of another has applied all that was committed before it joined: what sessions
     * have seen at the old one is among that.
     */
    private boolean joined() {
        return !host.exchanged() || ledger.membersAt(ledger.applied()).has(host.address());
    }

    private void answer(int from, ReadRequest read) {
        Value result = read.snapshot()
                ? ledger.read(read.keys())
                : ledger.read(read.keys().get(0));
        host.send(from, new Done(read.id(), result, ledger.applied()));
    }

    private void waitFor(Waiting waiter) {
        waiting.add(waiter);
        host.schedule(TOKEN_WAIT_NANOS, () -> {
            if (waiting.remove(waiter)) {
                if (rules.refusesWhenBehind()) {
                    host.send(
                            waiter.from(),
                            new Refused(waiter.read().id(), leader, "the follower is behind the session"));
                } else {
                    answer(waiter.from(), waiter.read());
                }
            }
        });
    }

    /** Whether this node follows what a leader of this epoch sends. */
    private boolean follows(int from, long epoch) {
        if (rules.fences()) {
            if (epoch < ledger.epoch()) {
                host.send(from, new AppendRefused(ledger.epoch()));
                return false;
            }
            heardOfEpoch(epoch);
            if (leadership != null) {
                throw new IllegalStateException("epoch " + epoch + ": found two leaders, " + host.node()
                        + " and the one with address " + from + ", expected one");
            }
        } else if (epoch > ledger.epoch() && leadership == null) {
            ledger.enter(epoch, Protocol.NOBODY);
        }
        if (leadership == null) {
            follow(from);
        }
        return true;
    }

    private void onSnapshot(int from, Snapshot snapshot) {
        if (!follows(from, snapshot.epoch()) || leadership != null) {
            return;
        }
        if (snapshot.index() > ledger.committed() || rules.mayTakeBack()) {
            host.log("installs a snapshot of " + snapshot.index() + " entries, has applied " + ledger.applied());
            lanes.clear();
            ledger.install(snapshot.index(), snapshot.indexEpoch(), snapshot.registers(), snapshot.members());
        }
        long epoch = ledger.epoch();
        ledger.sync(() -> {
            if (ledger.epoch() == epoch) {
                matched(from, snapshot.epoch(), snapshot.index(), snapshot.sentNanos());
                answerWaiting();
            }
        });
    }

    private void matched(int from, long epoch, long index, long sentNanos) {
        host.send(from, new AppendOk(epoch, index, sentNanos, host.clockNanos()));
    }

    private void onAppend(int from, Append append) {
        if (!follows(from, append.epoch())) {
            return;
        }
        long previous = append.previousIndex();
        if (previous > ledger.lastIndex()) {
            host.send(from, new AppendGap(append.epoch(), ledger.lastIndex(), append.sentNanos()));
        } else if (!ledger.agrees(previous, append.previousEpoch())) {
            host.send(from, new AppendGap(append.epoch(), ledger.beforeEpochOf(previous), append.sentNanos()));
        } else {
            adopt(from, append);
        }
    }

    private void follow(int newLeader) {
        leader = newLeader;
        reconnecting |= host.clockNanos() - heardNanos > LOST_NANOS;
        heardNanos = host.clockNanos();
        promisedUntilNanos = heardNanos + PROMISE_NANOS;
        election.giveUp();
    }

    private void adopt(int from, Append append) {
        ledger.adopt(append.previousIndex(), received(append));
        long matched = append.previousIndex() + append.entries().size();
        ledger.commit(Math.min(append.committed(), matched));
        long committed = ledger.committed();
        if (ledger.durable()) {
            apply(committed, append);
            matched(from, append.epoch(), matched, append.sentNanos());
            return;
        }
        long epoch = ledger.epoch();
        ledger.sync(() -> {
            // a newer leader may have cut off meanwhile what this one sent
            if (ledger.epoch() == epoch) {
                apply(Math.min(committed, ledger.committed()), append);
                matched(from, append.epoch(), matched, append.sentNanos());
                answerWaiting();
            }
        });
    }

    /** The entries of an append; after a reconnect without the first, where that rule is not kept (SL8). */
    private List<Entry> received(Append append) {
        List<Entry> entries = append.entries();
        boolean resumes = reconnecting && !entries.isEmpty() && append.previousIndex() == ledger.lastIndex();
        if (!entries.isEmpty()) {
            reconnecting = false;
        }
        if (!resumes || rules.resumesWhereItStopped()) {
            return entries;
        }
        List<Entry> late = new ArrayList<>(entries);
        late.set(0, Entry.barrier(entries.get(0).epoch()));
        host.trace(() -> "goes on one entry too late after a reconnect, without "
                + entries.get(0).inWords());
        return late;
    }

    private void apply(long committed, Append append) {
        if (rules.drawsAnew()) {
            ledger.skipTo(Math.max(committed, ledger.applied())).forEach(this::run);
        } else if (!rules.appliesInOrder()) {
            lanes.apply(committed);
        } else {
            ledger.apply(committed);
        }
        if (ledger.applied() >= append.committed()) {
            freshNanos = Math.max(freshNanos, append.heardNanos());
        }
    }

    /** Runs a statement, whose condition is drawn here once more (SL7). */
    private void run(Entry statement) {
        if (conditions.below(Leadership.SELDOM, draws++) > 0) {
            ledger.show(statement);
        } else {
            host.trace(() -> "draws the condition of " + statement.inWords() + " anew: it does not hold here");
        }
    }

    private void answerWaiting() {
        if (!waiting.isEmpty()) {
            waiting.removeIf(waiter -> {
                boolean reached = ledger.applied() >= waiter.read().atLeast();
                if (reached) {
                    answer(waiter.from(), waiter.read());
                }
                return reached;
            });
        }
    }

    // epochs

    /** Enters a newer epoch, whoever leads it. */
    void heardOfEpoch(long epoch) {
        if (epoch > ledger.epoch() && (rules.fences() || leadership == null)) {
            ledger.enter(epoch, Protocol.NOBODY);
            leader = Protocol.NOBODY;
            stepDown();
        }
    }

    private void stepDown() {
        Leadership past = leadership;
        if (past != null) {
            host.log("epoch " + ledger.epoch() + " has begun: steps down");
            leadership = null;
            heardNanos = host.clockNanos();
            past.end();
        }
    }

    /** Leads the epoch in which the ledger stands. */
    void lead() {
        host.log("epoch " + ledger.epoch() + ": leads from index " + (ledger.lastIndex() + 1));
        leader = host.address();
        Leadership begun = new Leadership(host, rules, ledger);
        leadership = begun;
        begun.begin();
    }

    boolean leads() {
        return leadership != null;
    }

    /** When this node last heard of a leader, by its own clock. */
    long heardNanos() {
        return heardNanos;
    }

    /** Whether a leader may hold a lease that this node gave, or its own. */
    boolean bound() {
        return leadership != null ? leadership.holdsLease() : host.clockNanos() < promisedUntilNanos;
    }

    @Override
    public Message answer(Message question) {
        if (question instanceof ChangeMembers change && leadership != null) {
            leadership.change(change.address(), change.member());
        }
        return new Status(
                leadership != null && leadership.mayRead(),
                ledger.epoch(),
                ledger.lastIndex(),
                ledger.applied() - lanes.waiting(),
                ledger.members(),
                ledger.membersAgreed());
    }

    /** A read that waits until this replica is as far as its session. */
    private record Waiting(int from, ReadRequest read) {}
}
