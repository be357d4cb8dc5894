package dev.umpire.targets.simulated.log;

import dev.umpire.targets.simulated.log.Protocol.Accept;
import dev.umpire.targets.simulated.log.Protocol.Accepted;
import dev.umpire.targets.simulated.log.Protocol.Chosen;
import dev.umpire.targets.simulated.log.Protocol.Commit;
import dev.umpire.targets.simulated.log.Protocol.Consumed;
import dev.umpire.targets.simulated.log.Protocol.Diverged;
import dev.umpire.targets.simulated.log.Protocol.Fetch;
import dev.umpire.targets.simulated.log.Protocol.Fetched;
import dev.umpire.targets.simulated.log.Protocol.Join;
import dev.umpire.targets.simulated.log.Protocol.Outdated;
import dev.umpire.targets.simulated.log.Protocol.Poll;
import dev.umpire.targets.simulated.log.Protocol.Prepare;
import dev.umpire.targets.simulated.log.Protocol.Promise;
import dev.umpire.targets.simulated.log.Protocol.ReadKey;
import dev.umpire.targets.simulated.log.Protocol.Refused;
import dev.umpire.targets.simulated.log.Protocol.Send;
import dev.umpire.targets.simulated.log.Protocol.Sent;
import dev.umpire.targets.simulated.log.Protocol.Status;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One node of the store, in one process: its partitions, each of which gets its messages from here. */
final class Replica implements Program {
    private final Host host;
    private final Rules rules;
    private final List<PartitionReplica> partitions = new ArrayList<>();

    Replica(Host host, Rules rules) {
        this.host = host;
        this.rules = rules;
        for (int partition = 0; partition < rules.allPartitions(); partition++) {
            partitions.add(new PartitionReplica(host, rules, partition));
        }
    }

    @Override
    public void start() {
        partitions.forEach(PartitionReplica::start);
    }

    @Override
    public void receive(int from, Message message) {
        if (!(message instanceof Protocol.ToPartition addressed)) {
            throw new IllegalArgumentException("message: found " + message + ", expected one to a partition");
        }
        PartitionReplica partition = partitions.get(addressed.partition());
        if (message instanceof Fetch fetch) {
            partition.onFetch(from, fetch);
        } else if (message instanceof Fetched fetched) {
            partition.onFetched(fetched);
        } else if (message instanceof Diverged diverged) {
            partition.onDiverged(diverged);
        } else if (message instanceof Chosen chosen) {
            partition.onChosen(chosen);
        } else if (message instanceof Prepare prepare) {
            partition.register().onPrepare(from, prepare);
        } else if (message instanceof Promise promise) {
            partition.register().onPromise(from, promise);
        } else if (message instanceof Accept accept) {
            partition.register().onAccept(from, accept);
        } else if (message instanceof Accepted accepted) {
            partition.register().onAccepted(from, accepted);
        } else if (message instanceof Outdated outdated) {
            partition.register().onOutdated(outdated);
        } else if (message instanceof Send send) {
            onSend(from, partition, send);
        } else if (message instanceof Poll poll) {
            partition.onPoll(from, poll);
        } else if (message instanceof ReadKey read) {
            partition.onReadKey(from, read);
        } else if (message instanceof Join join) {
            asGroup(from, join.id(), partition, group -> group.onJoin(from, join));
        } else if (message instanceof Commit commit) {
            asGroup(from, commit.id(), partition, group -> group.onCommit(from, commit));
        } else if (message instanceof Consumed consumed) {
            asGroup(from, consumed.id(), partition, group -> group.onConsumed(from, consumed));
        } else {
            throw new IllegalArgumentException("message: found " + message + ", expected one for a node");
        }
    }

    private void onSend(int from, PartitionReplica partition, Send send) {
        Optional<Leading> leading = partition.leading();
        if (rules.acks() == Rules.Acks.NONE) {
            // nobody waits for more than that a node took it, whatever that one can do with it
            host.send(from, new Sent(send.id(), -1));
        } else if (leading.isEmpty()) {
            host.send(from, new Refused(send.id(), partition.leaderHint()));
        }
        leading.ifPresent(leader -> leader.onSend(from, send));
    }

    private void asGroup(int from, long id, PartitionReplica partition, Consumer<Group> deed) {
        Optional<Group> group = partition.leading().flatMap(Leading::group);
        if (group.isEmpty()) {
            host.send(from, new Refused(id, partition.leaderHint()));
        } else {
            deed.accept(group.get());
        }
    }

    @Override
    public Message answer(Message question) {
        return new Status(partitions.stream().map(PartitionReplica::status).toList());
    }
}
