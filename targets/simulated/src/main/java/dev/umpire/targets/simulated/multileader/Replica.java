package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.multileader.Contents.Shown;
import dev.umpire.targets.simulated.multileader.Protocol.Ask;
import dev.umpire.targets.simulated.multileader.Protocol.ChangeRequest;
import dev.umpire.targets.simulated.multileader.Protocol.Changes;
import dev.umpire.targets.simulated.multileader.Protocol.Done;
import dev.umpire.targets.simulated.multileader.Protocol.Held;
import dev.umpire.targets.simulated.multileader.Protocol.Inquiry;
import dev.umpire.targets.simulated.multileader.Protocol.InquiryAnswer;
import dev.umpire.targets.simulated.multileader.Protocol.ReadRequest;
import dev.umpire.targets.simulated.multileader.Protocol.Refused;
import dev.umpire.targets.simulated.multileader.Protocol.Status;
import dev.umpire.targets.simulated.world.Host;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One leader, in one process: takes what sessions ask, and what other leaders send. */
final class Replica implements Program {
    /** How long a request waits for changes of other leaders. */
    private static final long WAIT_NANOS = 100_000_000;

    private final Host host;
    private final Ledger ledger;
    private final Replication replication;
    private final Inquiries inquiries;
    private final List<Waiting> waiting = new ArrayList<>();

    Replica(Host host, Rules rules) {
        this.host = host;
        this.ledger = new Ledger(host, rules);
        this.replication = new Replication(host, rules, ledger);
        this.inquiries = new Inquiries(host);
    }

    @Override
    public void start() {
        replication.start();
    }

    @Override
    public void receive(int from, Message message) {
        if (message instanceof Ask ask) {
            onAsk(from, ask);
        } else if (message instanceof Changes changes) {
            onChanges(from, changes);
        } else if (message instanceof Held held) {
            replication.onHeld(from, held);
        } else if (message instanceof Inquiry inquiry) {
            VersionVector has = ledger.has();
            ledger.whenDurable(() -> host.send(from, new InquiryAnswer(inquiry.number(), has)));
        } else if (message instanceof InquiryAnswer answer) {
            inquiries.onAnswer(from, answer);
        } else {
            throw new IllegalArgumentException("message: found " + message + ", expected one for a node");
        }
    }

    private void onChanges(int from, Changes changes) {
        ledger.take(changes.changes());
        VersionVector received = ledger.received();
        ledger.whenDurable(() -> {
            host.send(from, new Held(received, changes.sentNanos()));
            replication.moreToSend();
        });
        serveWaiting();
    }

    // what sessions ask

    /** A request that waits until this leader has enough. */
    private static final class Waiting {
        private final int from;
        private final Ask ask;
        private Optional<VersionVector> needed;

        private Waiting(int from, Ask ask) {
            this.from = from;
            this.ask = ask;
            this.needed = ask.asksAll() ? Optional.empty() : Optional.of(ask.atLeast());
        }
    }

    private void onAsk(int from, Ask ask) {
        Waiting asked = new Waiting(from, ask);
        if (serveIfReady(asked)) {
            return;
        }
        waiting.add(asked);
        if (ask.asksAll()) {
            inquiries.ask(WAIT_NANOS, all -> {
                asked.needed = Optional.of(all.and(ask.atLeast()));
                serveWaiting();
            });
        }
        host.schedule(WAIT_NANOS, () -> {
            if (waiting.remove(asked)) {
                host.send(from, new Refused(ask.id(), false, "the leader lacks changes of other leaders"));
            }
        });
    }

    private void serveWaiting() {
        waiting.removeIf(this::serveIfReady);
    }

    private boolean serveIfReady(Waiting asked) {
        boolean ready = asked.needed.isPresent() && ledger.has().covers(asked.needed.get());
        if (ready && asked.ask instanceof ReadRequest read) {
            read(asked.from, read);
        } else if (ready && asked.ask instanceof ChangeRequest change) {
            change(asked.from, change);
        }
        return ready;
    }

    private void read(int from, ReadRequest read) {
        Done done;
        if (read.snapshot()) {
            Map<Value, Value> snapshot = new LinkedHashMap<>();
            read.keys()
                    .forEach(
                            key -> snapshot.put(key, ledger.contents().read(key).value()));
            done = new Done(read.id(), new Value.MapOf(snapshot), List.of(), Set.of(), ledger.has());
        } else {
            Shown shown = ledger.contents().read(read.keys().get(0));
            done = new Done(read.id(), shown.value(), shown.siblings(), shown.versions(), ledger.has());
        }
        // what is shown must not be gone after a crash
        ledger.whenDurable(() -> host.send(from, done));
    }

    private void change(int from, ChangeRequest request) {
        Optional<Deed> deed = ledger.contents().complete(request.deed());
        if (deed.isEmpty()) {
            host.send(from, new Refused(request.id(), true, refusal(request.deed())));
            return;
        }
        Change change = ledger.make(deed.get());
        VersionVector seen = ledger.has();
        ledger.whenDurable(() -> {
            host.send(from, new Done(request.id(), Value.NIL, List.of(), Set.of(change.dot()), seen));
            replication.moreToSend();
        });
    }

    private static String refusal(Deed deed) {
        return deed instanceof Deed.Remove removal
                ? removal.element() + " is not in " + removal.key()
                : deed.key() + " is claimed by another session";
    }

    @Override
    public Message answer(Message question) {
        return new Status(ledger.has(), waiting.size());
    }
}
