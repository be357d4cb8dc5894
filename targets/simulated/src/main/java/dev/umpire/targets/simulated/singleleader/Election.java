package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.targets.simulated.singleleader.Protocol.Vote;
import dev.umpire.targets.simulated.singleleader.Protocol.VoteRequest;
import dev.umpire.targets.simulated.world.Host;
import java.util.Arrays;

/**
 * How a follower that hears of no leader becomes one, and how it votes for others.
 *
 * <p>A candidate first asks on trial, which changes nothing anywhere, so that a node that was cut off does not unseat a leader
 * whom all others hear.
 */
final class Election {
    private static final long LEAST_SILENCE_NANOS = 150_000_000;
    private static final long MOST_SILENCE_NANOS = 300_000_000;

    private final Replica replica;
    private final Host host;
    private final Rules rules;
    private final Ledger ledger;
    private final KeyedRandom.Stream silences;
    private long draws;
    private boolean asking;
    private boolean trial;
    private long askedEpoch;
    private long newestHeard;
    private final boolean[] granted;

    Election(Replica replica, Host host, Rules rules, Ledger ledger) {
        this.replica = replica;
        this.host = host;
        this.rules = rules;
        this.ledger = ledger;
        this.silences = host.random("election");
        this.granted = new boolean[host.nodeCount()];
    }

    /** Looks again and again whether a leader is heard of. */
    void watch() {
        long silence = silences.between(LEAST_SILENCE_NANOS, MOST_SILENCE_NANOS, draws++);
        host.schedule(silence, () -> {
            if (!replica.leads()
                    && ledger.members().has(host.address())
                    && host.clockNanos() - replica.heardNanos() >= silence) {
                ask(true);
            }
            watch();
        });
    }

    /** There is a leader. */
    void giveUp() {
        asking = false;
    }

    private void ask(boolean onTrial) {
        asking = true;
        trial = onTrial;
        askedEpoch = Math.max(ledger.epoch(), newestHeard) + 1;
        Arrays.fill(granted, false);
        if (onTrial) {
            request();
        } else {
            replica.heardOfEpoch(askedEpoch);
            ledger.enter(askedEpoch, host.address());
            ledger.sync(() -> {
                if (asking && !trial && ledger.epoch() == askedEpoch) {
                    request();
                }
            });
        }
    }

    private void request() {
        VoteRequest request =
                new VoteRequest(askedEpoch, trial, ledger.epochAt(ledger.lastIndex()), ledger.lastIndex());
        for (int node : ledger.members().addresses()) {
            if (node != host.address()) {
                host.send(node, request);
            }
        }
        count(host.address());
    }

    void onVoteRequest(int from, VoteRequest request) {
        boolean unseatable = rules.fences() || !replica.leads();
        // whoever asks knows whether this vote counts; a node that has just joined does not know it yet
        boolean wouldVote =
                unseatable && request.epoch() > ledger.epoch() && !replica.bound() && advancedEnough(request);
        if (request.trial() || !wouldVote) {
            host.send(from, new Vote(request.epoch(), request.trial(), wouldVote, ledger.epoch()));
            return;
        }
        replica.heardOfEpoch(request.epoch());
        ledger.enter(request.epoch(), from);
        giveUp();
        ledger.sync(() -> {
            if (ledger.epoch() == request.epoch() && ledger.votedFor() == from) {
                host.send(from, new Vote(request.epoch(), false, true, request.epoch()));
            }
        });
    }

    private boolean advancedEnough(VoteRequest request) {
        if (!rules.comparesLogs()) {
            return true;
        }
        long lastEpoch = ledger.epochAt(ledger.lastIndex());
        return request.lastEpoch() > lastEpoch
                || (request.lastEpoch() == lastEpoch && request.lastIndex() >= ledger.lastIndex());
    }

    void onVote(int from, Vote vote) {
        // the voter may have voted in vain in an epoch of which this more advanced node knows nothing: without this
        // neither could ever be elected
        newestHeard = Math.max(newestHeard, vote.ownEpoch());
        if (asking && vote.granted() && vote.epoch() == askedEpoch && vote.trial() == trial) {
            count(from);
        }
    }

    private void count(int voter) {
        granted[voter] = true;
        Members members = ledger.members();
        int votes = 0;
        for (int node : members.addresses()) {
            votes += granted[node] ? 1 : 0;
        }
        if (votes < rules.electionQuorum(members.count())) {
            return;
        }
        if (trial) {
            ask(false);
        } else {
            asking = false;
            host.log("epoch " + askedEpoch + ": elected with " + votes + " of " + members.count() + " votes");
            replica.lead();
        }
    }
}
