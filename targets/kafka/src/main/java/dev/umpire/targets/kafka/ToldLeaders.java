package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.target.Node;
import java.util.List;

/**
 * Who leads each partition, as a session was told. Its answers come from whom its own clients asked: what another session was told
 * meanwhile, with older or newer metadata, says nothing of them. Thread-safe.
 *
 * <pre>
 *   session 1  is told that n2 leads, sends, is answered by n2
 *   session 2  is told by a broker that is behind that n1 leads
 *   session 1  writes down who answered: n2
 * </pre>
 */
final class ToldLeaders {

    private final List<Leadership> ofAnySession;
    private final List<Leadership> own;

    /**
     * For one session, which knows at first what any was told last.
     *
     * @param ofAnySession by partition; shared by all sessions
     */
    ToldLeaders(List<Leadership> ofAnySession) {
        this.ofAnySession = List.copyOf(ofAnySession);
        this.own = ofAnySession.stream()
                .map(leadership -> new Leadership(leadership.now()))
                .toList();
    }

    int partitions() {
        return own.size();
    }

    /** Who leads a partition, as this session was told last. */
    Node leader(int partition) {
        return own.get(partition).now();
    }

    /** The same, as any session was told last: for a session that has asked nobody for long. */
    Node leaderToldToAny(int partition) {
        return ofAnySession.get(partition).now();
    }

    /** This session is told who leads. */
    void tell(int partition, Node leader) {
        own.get(partition).pass(leader);
        ofAnySession.get(partition).pass(leader);
    }
}
