package dev.umpire.targets.simulated.multileader;

import dev.umpire.targets.simulated.multileader.Protocol.Inquiry;
import dev.umpire.targets.simulated.multileader.Protocol.InquiryAnswer;
import dev.umpire.targets.simulated.world.Host;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks all other leaders what they have. */
final class Inquiries {
    /** After this long without an answer a leader is asked again. */
    private static final long AGAIN_NANOS = 25_000_000;

    private final Host host;
    private final Map<Long, Open> open = new HashMap<>();
    private long asked;

    Inquiries(Host host) {
        this.host = host;
        // what was meant for an earlier process is no answer to this one
        this.asked = (long) host.starts() << Integer.SIZE;
    }

    /** An inquiry that not all have answered. */
    private final class Open {
        private final Inquiry inquiry = new Inquiry(asked++);
        private final TreeSet<Integer> silent = new TreeSet<>();
        private final Consumer<VersionVector> then;
        private VersionVector all = VersionVector.none(host.nodeCount());

        private Open(Consumer<VersionVector> then) {
            this.then = then;
            for (int other = 0; other < host.nodeCount(); other++) {
                if (other != host.address()) {
                    silent.add(other);
                }
            }
        }

        private void send() {
            if (open.containsKey(inquiry.number())) {
                silent.forEach(other -> host.send(other, inquiry));
                host.schedule(AGAIN_NANOS, this::send);
            }
        }

        private void endIfAllAnswered() {
            if (silent.isEmpty()) {
                open.remove(inquiry.number());
                then.accept(all);
            }
        }
    }

    /** Calls back with what all others together have, or never, where not all of them answer in this time. */
    void ask(long patienceNanos, Consumer<VersionVector> then) {
        Open begun = new Open(then);
        open.put(begun.inquiry.number(), begun);
        begun.send();
        host.schedule(patienceNanos, () -> open.remove(begun.inquiry.number()));
        begun.endIfAllAnswered();
    }

    void onAnswer(int from, InquiryAnswer answer) {
        Open answered = open.get(answer.number());
        if (answered != null && answered.silent.remove(from)) {
            answered.all = answered.all.and(answer.held());
            answered.endIfAllAnswered();
        }
    }
}
