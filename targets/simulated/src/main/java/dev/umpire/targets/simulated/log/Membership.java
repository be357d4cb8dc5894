package dev.umpire.targets.simulated.log;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.log.Protocol.Commit;
import dev.umpire.targets.simulated.log.Protocol.Join;
import dev.umpire.targets.simulated.log.Protocol.Joined;
import dev.umpire.targets.simulated.log.Protocol.Poll;
import dev.umpire.targets.simulated.log.Protocol.Polled;
import dev.umpire.targets.simulated.log.Protocol.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How one connection of a session consumes as a member of the group. A poll says first what the polls before it have delivered,
 * then hands out what was fetched and is left, or fetches the next records of one of its partitions.
 *
 * <p>Nothing of this outlives the connection: what was fetched and not delivered is gone with it.
 */
final class Membership {
    /** The most records of one fetch, and of one poll. */
    private static final int FETCHED = 12;

    private static final int DELIVERED = 3;

    private final Rules rules;
    private final int session;
    private final long connection;
    private final NavigableMap<Integer, Long> fetchedUpTo = new TreeMap<>();
    private final NavigableMap<Integer, Long> toCommit = new TreeMap<>();
    private final ArrayDeque<Value> left = new ArrayDeque<>();
    private int partition;
    private long nextDelivered;
    private long generation;
    private boolean joined;
    private Stage stage = Stage.SPEAKING;

    /** How far a poll is. */
    private enum Stage {
        /** The group is to hear of this member. */
        SPEAKING,
        /** Something is to be fetched, if nothing is left. */
        FETCHING,
        /** What was fetched can be delivered, after the group has heard of it where that comes first. */
        DELIVERING;
    }

    Membership(Rules rules, int session, long connection) {
        this.rules = rules;
        this.session = session;
        this.connection = connection;
    }

    /** A poll begins. */
    void begin() {
        stage = Stage.SPEAKING;
    }

    /** Whether there is something to deliver, or nothing to be had, so that the poll is over. */
    boolean isDone() {
        return joined && (stage == Stage.DELIVERING ? !announcesFirst() : stage == Stage.FETCHING && !fetches());
    }

    private boolean announcesFirst() {
        return !rules.deliversFirst() && !toCommit.isEmpty();
    }

    private boolean fetches() {
        return left.isEmpty() && !fetchedUpTo.isEmpty();
    }

    /** The number of the partition to whose leader the next message goes. */
    int addressee() {
        return joined && stage == Stage.FETCHING ? nextPartition() : rules.groupPartition();
    }

    private int nextPartition() {
        Integer after = fetchedUpTo.higherKey(partition);
        return after == null ? fetchedUpTo.firstKey() : after;
    }

    /** The next message of a poll that is not done. */
    Protocol message(long id) {
        if (!joined) {
            return new Join(id, rules.groupPartition(), session, connection);
        } else if (stage == Stage.FETCHING) {
            int next = nextPartition();
            return new Poll(id, next, fetchedUpTo.getOrDefault(next, 0L), FETCHED, false);
        }
        List<Position> positions = new ArrayList<>();
        toCommit.forEach((each, offset) -> positions.add(new Position(each, offset)));
        return new Commit(id, rules.groupPartition(), session, connection, generation, positions);
    }

    void joined(Joined answer) {
        drop();
        joined = true;
        generation = answer.generation();
        answer.assigned().forEach(position -> fetchedUpTo.put(position.partition(), position.offset()));
        partition = -1;
        stage = Stage.FETCHING;
    }

    void committed() {
        toCommit.clear();
        stage = stage == Stage.SPEAKING ? Stage.FETCHING : Stage.DELIVERING;
    }

    /** The group went on without this member: what it has may be another's now. */
    void expelled() {
        drop();
        stage = Stage.SPEAKING;
    }

    private void drop() {
        joined = false;
        fetchedUpTo.clear();
        toCommit.clear();
        left.clear();
    }

    void fetched(Polled answer) {
        partition = nextPartition();
        nextDelivered = answer.from();
        left.addAll(answer.values());
        long end = answer.from() + answer.values().size();
        fetchedUpTo.put(partition, end);
        if (!rules.deliversFirst() && !answer.values().isEmpty()) {
            toCommit.put(partition, end);
        }
        stage = Stage.DELIVERING;
    }

    /** What the poll delivers: a step {@code [:poll {partition [[offset message] ...]}]}. */
    Value deliver() {
        Map<Value, Value> delivered = new LinkedHashMap<>();
        if (!fetchedUpTo.isEmpty()) {
            List<Value> records = new ArrayList<>();
            while (!left.isEmpty() && records.size() < DELIVERED) {
                records.add(Value.of(List.of(Value.of(nextDelivered++), left.remove())));
            }
            if (rules.deliversFirst() && !records.isEmpty()) {
                toCommit.put(partition, nextDelivered);
            }
            delivered.put(Rules.nameOf(partition), Value.of(records));
        }
        return Value.of(List.of(Value.of(List.of(Value.keyword("poll"), new Value.MapOf(delivered)))));
    }
}
