package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Settings;
import dev.umpire.histories.value.Value;
import java.util.List;

/** Which nodes sessions ask, by who is asked in their store. */
interface Routes {

    /** Which node a session asks. */
    interface Route {
        Node of(Request request);
    }

    /** The way of a session while it is at one node. */
    Route of(Session session, Node home);

    /**
     * The routes of a cluster.
     *
     * @param leadership who leads, as clients are told
     */
    static Routes of(Machines machines, Settings settings, Leadership leadership) {
        KeyedRandom random = machines.environment().random();
        Asked asked = machines.store().asked();
        String said = asked.routing().map(settings::get).orElse("");
        return switch (asked) {
            case LEADER -> {
                ReadRouting routing = new ReadRouting(Reads.of(said), machines.nodes(), leadership, random);
                yield (session, home) -> request -> routing.route(request, session.number(), home);
            }
            case ANY_NODE -> anyNode(machines, said);
            case A_MASTER -> {
                Routes reads = anyNode(machines, said);
                boolean owner = settings.get(Asked.WRITES).equals(Asked.OWNER);
                yield (session, home) -> {
                    Route reading = reads.of(session, home);
                    return request -> request.at().isPresent() || request.onlyReads()
                            ? reading.of(request)
                            : owner ? owner(request.requireKey(), machines.nodes()) : home;
                };
            }
            case DRIVER -> (session, home) -> request -> request.at().orElseGet(leadership::now);
        };
    }

    private static Routes anyNode(Machines machines, String said) {
        KeyedRandom.Stream stream = machines.environment().random().stream("containers/route");
        AskedNode node = AskedNode.of(said);
        return (session, home) ->
                node.route(machines.nodes(), session.number(), home, stream.split(session.number()))::of;
    }

    /** By the key's text: the same on every machine. */
    private static Node owner(Value key, List<Node> nodes) {
        return nodes.get(Math.floorMod(key.toString().hashCode(), nodes.size()));
    }
}
