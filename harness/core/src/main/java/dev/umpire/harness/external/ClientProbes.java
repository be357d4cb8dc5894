package dev.umpire.harness.external;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A way of clients is asked by a question that goes as theirs go, beside one that goes to the same node by the way that is never
 * struck. A question needs the way back too: while either is closed, both count as ways that do not deliver.
 */
public final class ClientProbes extends Probes {

    private static final int ANSWER_MILLIS = 500;

    private final Environment environment;
    private final NodePorts ports;
    private final Question question;

    /**
     * Probes.
     *
     * @param ports where clients dial, past a proxy, and the way that is never struck
     * @param question that every node of such a store answers
     */
    public ClientProbes(Environment environment, NodePorts ports, Question question) {
        super(environment);
        this.environment = environment;
        this.ports = ports;
        this.question = question;
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> asked(question.words() + " to " + node, ports.direct(node)));
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        Node node = node(link);
        return environment.blocking("probe-" + link, () -> {
            long began = environment.nowNanos();
            Observation direct = asked("", ports.direct(node));
            if (!direct.positive()) {
                return silent(new Link(Node.CLIENTS, node), direct.evidence(), began);
            }
            return asked(question.words() + " to " + node + " as clients dial it", ports.client(node));
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>How long questions take is how much longer than those to the same node by the way that is never struck, so that neither a
     * cluster far away nor a busy machine looks like a fault.
     */
    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            LinkSample ordinary = sampled(ports.direct(node(link)));
            LinkSample struck = sampled(ports.client(node(link)));
            Duration longer = struck.median().minus(ordinary.median());
            return new LinkSample(
                    struck.sent(), struck.arrived(), struck.twice(), longer.isNegative() ? Duration.ZERO : longer);
        });
    }

    private LinkSample sampled(int port) throws Exception {
        try (Question.Line line = question.dial(port, ANSWER_MILLIS)) {
            return sampled(number -> arrives(line));
        }
    }

    private static Node node(Link link) {
        return link.from().equals(Node.CLIENTS) ? link.to() : link.from();
    }

    private static boolean arrives(Question.Line line) {
        try {
            line.ask();
            return true;
        } catch (IOException silence) {
            return false;
        }
    }

    private Observation asked(String what, int port) {
        long sent = environment.nowNanos();
        try (Question.Line line = question.dial(port, ANSWER_MILLIS)) {
            line.ask();
            return new Observation(true, what + " was answered" + after(sent));
        } catch (IOException e) {
            return new Observation(false, what + " was not answered: " + e.getMessage() + after(sent));
        }
    }
}
