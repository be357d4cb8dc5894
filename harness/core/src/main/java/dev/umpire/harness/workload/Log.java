package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A log: sessions send messages that nobody sent before to a few partitions, and poll.
 *
 * <p>Either every session sends and polls, each on its own, or every second one sends and the others are a group that shares
 * the partitions. In the end every partition is polled to its end at every node, from where a session or the group is.
 */
public final class Log implements Workload {
    private static final String PARTITIONS = "partitions";
    private static final String SENDS = "send-percent";
    private static final int MOST_PARTITIONS = 1_000;

    private final boolean group;

    private Log(boolean group) {
        this.group = group;
    }

    /** Every session polls on its own. */
    public static Log ofSessions() {
        return new Log(false);
    }

    /** Every second session is a member of the one group; the others send. */
    public static Log ofGroup() {
        return new Log(true);
    }

    @Override
    public String name() {
        return group ? "log-group" : "log";
    }

    @Override
    public String meaning() {
        return group
                ? "every second session sends messages to the partitions of a log, and the others share what there is as a "
                        + "group, whose members change; shows what the group skipped and what the log lost or doubled, but "
                        + "not what it delivered twice, which a group may"
                : "sessions send messages that nobody sent before to the partitions of a log and poll them; shows messages "
                        + "that are lost, doubled, skipped or in two places, but not how late they are";
    }

    @Override
    public List<String> shows() {
        return List.of("log-order", "durability", "integrity");
    }

    @Override
    public List<Option> options() {
        Option partitions = new Option(PARTITIONS, "3", "how many partitions are in use: p0, p1 and so on");
        return group
                ? List.of(partitions)
                : List.of(partitions, new Option(SENDS, "50", "how many of 100 requests send; the others poll"));
    }

    @Override
    public Set<String> needs() {
        return group ? Set.of(Request.SEND, Request.POLL, Request.SUBSCRIBE) : Set.of(Request.SEND, Request.POLL);
    }

    @Override
    public String describe(Map<String, String> options) {
        int partitions = new OptionValues(this, options).number(PARTITIONS, 1, MOST_PARTITIONS);
        return name() + " · " + (partitions == 1 ? "one partition" : partitions + " partitions");
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        OptionValues values = new OptionValues(this, options);
        int partitions = values.number(PARTITIONS, 1, MOST_PARTITIONS);
        KeyedRandom.Stream drawn = random.stream("log/partition");
        if (group) {
            return Turns.of(new Halves(drawn, partitions), Set.of());
        }
        int percent = values.number(SENDS, 1, 100);
        KeyedRandom.Stream draws = random.stream("log/function");
        return Generators.requests(asked -> {
            Value partition = partition(drawn.below(partitions, asked));
            return draws.below(100, asked) < percent ? send(partition, asked) : poll(partition);
        });
    }

    private static Value partition(int number) {
        return Value.of("p" + number);
    }

    private static Request send(Value partition, long asked) {
        return Request.of(Request.SEND, partition, Value.of(asked + 1));
    }

    private static Request poll(Value partition) {
        return Request.of(Request.POLL, partition, Value.NIL);
    }

    @Override
    public List<Request> finalReads(Collection<Value> keys, List<Node> nodes) {
        List<Request> polls = new ArrayList<>();
        for (Value key : keys) {
            for (Node node : nodes) {
                polls.add(poll(key).finallyAt(node));
            }
        }
        return polls;
    }

    /** Every second session sends; of the others each subscribes once and polls from then on. The memory: who subscribed. */
    private record Halves(KeyedRandom.Stream drawn, int partitions) implements Turns.Rule<Set<Integer>> {

        @Override
        public Optional<Turns.Turn<Set<Integer>>> turn(
                Set<Integer> subscribed, int session, int sessionCount, long asked) {
            if (session % 2 == 0) {
                return Turns.ask(send(partition(drawn.below(partitions, asked)), asked), subscribed);
            }
            if (subscribed.contains(session)) {
                return Turns.ask(Request.pollAsMember(), subscribed);
            }
            Set<Integer> more = new TreeSet<>(subscribed);
            more.add(session);
            return Turns.ask(
                    new Request(Request.SUBSCRIBE, Optional.empty(), Value.NIL, Optional.empty(), false),
                    Set.copyOf(more));
        }
    }
}
