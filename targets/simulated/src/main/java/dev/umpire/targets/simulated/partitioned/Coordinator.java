package dev.umpire.targets.simulated.partitioned;

import dev.umpire.harness.environment.Environment;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.partitioned.Protocol.Done;
import dev.umpire.targets.simulated.partitioned.Protocol.PartAnswer;
import dev.umpire.targets.simulated.partitioned.Protocol.PartRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.ReadName;
import dev.umpire.targets.simulated.partitioned.Protocol.ReadRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Refused;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.KeyRanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a node does for a session that reads: asks the leaders of all keys as of one time, and puts their answers together. */
final class Coordinator {
    private static final long ASK_AGAIN_NANOS = 25_000_000;
    private static final int MOST_TIMES_ASKED = 5;

    private final Host host;
    private final KeyRanges ranges;
    private final HybridClock clock;
    private final Leading own;
    private final Map<ReadName, Gathering> open = new HashMap<>();
    private long reads;

    Coordinator(Host host, KeyRanges ranges, HybridClock clock, Leading own) {
        this.host = host;
        this.ranges = ranges;
        this.clock = clock;
        this.own = own;
    }

    void read(int from, ReadRequest request) {
        ReadName name = new ReadName(host.starts(), reads++);
        Gathering gathering = new Gathering(from, request, name, clock.now(request.after()));
        open.put(name, gathering);
        gathering.ask();
    }

    /** A partition has answered; an answer to a read that is over, or of an earlier process, says nothing any more. */
    void onAnswer(int partition, PartAnswer answer) {
        Gathering gathering = open.get(answer.read());
        if (gathering != null) {
            gathering.take(partition, answer);
        }
    }

    /** One read, until all of its partitions have answered. */
    private final class Gathering {
        private final int from;
        private final ReadRequest request;
        private final ReadName name;
        private final long time;
        private final Map<Integer, List<Value>> missing = new TreeMap<>();
        private final Map<Value, Value> values = new LinkedHashMap<>();
        private long latest;
        private int timesAsked;
        private Environment.Timer again = () -> {};

        Gathering(int from, ReadRequest request, ReadName name, long time) {
            this.from = from;
            this.request = request;
            this.name = name;
            this.time = time;
            for (Value key : request.keys()) {
                values.put(key, Value.NIL);
            }
            for (Value key : values.keySet()) {
                missing.computeIfAbsent(ranges.partition(key), absent -> new ArrayList<>())
                        .add(key);
            }
        }

        void ask() {
            if (timesAsked++ == MOST_TIMES_ASKED) {
                open.remove(name);
                host.send(from, new Refused(request.id(), "no answer from the leaders " + missing.keySet()));
                return;
            }
            again = host.schedule(ASK_AGAIN_NANOS, this::ask);
            // the node's own partition may answer at once
            for (Map.Entry<Integer, List<Value>> part : List.copyOf(missing.entrySet())) {
                PartRequest question = new PartRequest(name, List.copyOf(part.getValue()), time);
                if (part.getKey() == host.address()) {
                    own.read(question, answer -> onAnswer(host.address(), answer));
                } else {
                    host.send(part.getKey(), question);
                }
            }
        }

        void take(int partition, PartAnswer answer) {
            List<Value> keys = missing.remove(partition);
            if (keys == null) {
                return;
            }
            for (int i = 0; i < keys.size(); i++) {
                values.put(keys.get(i), answer.values().get(i));
            }
            latest = Math.max(latest, answer.time());
            if (missing.isEmpty()) {
                open.remove(name);
                again.cancel();
                host.send(from, new Done(request.id(), result(), latest));
            }
        }

        private Value result() {
            return request.snapshot()
                    ? new Value.MapOf(values)
                    : values.getOrDefault(request.keys().get(0), Value.NIL);
        }
    }
}
