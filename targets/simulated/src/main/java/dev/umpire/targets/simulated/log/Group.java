package dev.umpire.targets.simulated.log;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.log.Protocol.Commit;
import dev.umpire.targets.simulated.log.Protocol.Committed;
import dev.umpire.targets.simulated.log.Protocol.Consumed;
import dev.umpire.targets.simulated.log.Protocol.ConsumedUpTo;
import dev.umpire.targets.simulated.log.Protocol.Join;
import dev.umpire.targets.simulated.log.Protocol.Joined;
import dev.umpire.targets.simulated.log.Protocol.NotMember;
import dev.umpire.targets.simulated.log.Protocol.Position;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The consumer group, as the leader of the group's partition looks after it: who is a member, which partitions each is assigned,
 * and how far each partition has been consumed. All of it is in that partition, as records, and nothing is told before it is
 * safe there.
 */
final class Group {
    /** A member that was silent for so long is one no more. */
    private static final long SILENCE_NANOS = 250_000_000;

    private static final Value GENERATION = Value.of("generation");
    private static final Value CONSUMED = Value.of("consumed");

    private final Host host;
    private final Rules rules;
    private final Leading leading;
    /** The connection of each session that is a member. */
    private final NavigableMap<Integer, Long> members = new TreeMap<>();

    private final NavigableMap<Integer, Long> heardNanos = new TreeMap<>();
    private final NavigableMap<Integer, Long> consumed = new TreeMap<>();
    private long generation;
    private long generationOffset = -1;

    Group(Host host, Rules rules, Leading leading, PartitionLog log) {
        this.host = host;
        this.rules = rules;
        this.leading = leading;
        for (long offset = 0; offset < log.end(); offset++) {
            take(log.get(offset), offset);
        }
        members.keySet().forEach(session -> heardNanos.put(session, host.clockNanos()));
    }

    private void take(Entry entry, long offset) {
        List<Long> numbers = numbers(entry.value());
        if (entry.key().equals(GENERATION)) {
            generation = numbers.get(0);
            generationOffset = offset;
            members.clear();
            for (int i = 1; i < numbers.size(); i += 2) {
                members.put(numbers.get(i).intValue(), numbers.get(i + 1));
            }
        } else {
            // a commit that comes late takes nothing back
            consumed.merge(numbers.get(0).intValue(), numbers.get(1), Math::max);
        }
    }

    private static List<Long> numbers(Value value) {
        List<Long> numbers = new ArrayList<>();
        if (value instanceof Value.Sequence sequence) {
            sequence.elements().forEach(each -> numbers.add(((Value.Int) each).value()));
        }
        return numbers;
    }

    private long append(Value key, List<Long> numbers) {
        Entry entry = new Entry(
                leading.epoch(),
                Entry.NO_PRODUCER,
                0,
                key,
                Value.of(numbers.stream().map(Value::of).toList()));
        long offset = leading.append(entry);
        take(entry, offset);
        return offset;
    }

    /** The members are these from now on. */
    private void begin(NavigableMap<Integer, Long> next) {
        List<Long> numbers = new ArrayList<>(List.of(generation + 1));
        next.forEach((session, connection) -> {
            numbers.add((long) session);
            numbers.add(connection);
        });
        append(GENERATION, numbers);
    }

    void onJoin(int from, Join join) {
        long connection = members.getOrDefault(join.session(), -1L);
        if (connection > join.connection()) {
            host.send(from, new NotMember(join.id()));
            return;
        }
        heardNanos.put(join.session(), host.clockNanos());
        if (connection < join.connection()) {
            NavigableMap<Integer, Long> next = new TreeMap<>(members);
            next.put(join.session(), join.connection());
            begin(next);
        }
        leading.whenSafe(
                generationOffset,
                from,
                join.id(),
                () -> isMember(join.session(), join.connection())
                        ? new Joined(join.id(), generation, assigned(join.session()))
                        : new NotMember(join.id()));
    }

    private boolean isMember(int session, long connection) {
        return members.getOrDefault(session, -1L) == connection;
    }

    /** The partitions go round the members. */
    private List<Position> assigned(int session) {
        int place = members.headMap(session).size();
        List<Position> assigned = new ArrayList<>();
        for (int partition = place; partition < rules.partitions(); partition += members.size()) {
            assigned.add(new Position(partition, consumed.getOrDefault(partition, 0L)));
        }
        return assigned;
    }

    void onCommit(int from, Commit commit) {
        if (commit.generation() != generation || !isMember(commit.session(), commit.connection())) {
            host.send(from, new NotMember(commit.id()));
            return;
        }
        heardNanos.put(commit.session(), host.clockNanos());
        long last = -1;
        for (Position position : commit.positions()) {
            host.trace(() -> "session " + commit.session() + " says that " + Rules.nameOf(position.partition())
                    + " is consumed up to offset " + position.offset());
            last = append(CONSUMED, List.of((long) position.partition(), position.offset()));
        }
        leading.whenSafe(last, from, commit.id(), () -> new Committed(commit.id()));
    }

    void onConsumed(int from, Consumed question) {
        long offset = consumed.getOrDefault(question.consumed(), 0L);
        host.send(from, new ConsumedUpTo(question.id(), offset));
    }

    /** Goes on without the members that have been silent for too long. */
    void look() {
        long now = host.clockNanos();
        NavigableMap<Integer, Long> next = new TreeMap<>(members);
        next.keySet().removeIf(session -> now - heardNanos.getOrDefault(session, now) > SILENCE_NANOS);
        if (next.size() < members.size()) {
            begin(next);
        }
    }
}
