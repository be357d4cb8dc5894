package dev.umpire.targets.kafka;

import dev.umpire.harness.launcher.Rewriting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

/**
 * One connection of Kafka's own clients, on which they are told to find brokers at ports of this machine instead of where those
 * are. Everything else is carried as it is.
 *
 * <pre>
 *  0        4      6         8        12
 * +--------+------+---------+--------+------
 * | size   | kind | version | number | ...     a request; all big-endian, the size is that of what comes after it
 * +--------+------+---------+--------+------
 * | size   | number | ...                      its answer, in a form that depends on the request's kind and version
 * +--------+--------+------
 * </pre>
 *
 * <p>Answers come in the order of their requests, but not every request is answered, so an answer is known by its number.
 */
final class ToldAddresses implements Rewriting {

    private static final String CLIENT_ID = "umpire-ways";
    private static final int LEAST_REQUEST = 8;
    private static final int LEAST_ANSWER = 4;
    private static final int KIND = 4;
    private static final int VERSION = 6;
    private static final int NUMBER = 8;
    private static final int NUMBER_OF_ANSWER = 4;

    private final Map<Integer, Integer> ports;
    private final Frames requests = new Frames();
    private final Frames answers = new Frames();
    private final TreeMap<Integer, RequestHeader> awaited = new TreeMap<>();

    /** @param ports by a broker's id, where clients are to find it; a broker that is not among them stays where it is */
    ToldAddresses(Map<Integer, Integer> ports) {
        this.ports = Map.copyOf(ports);
    }

    @Override
    public void sent(ByteBuffer bytes) throws IOException {
        requests.add(bytes);
        for (Optional<ByteBuffer> next = requests.next(LEAST_REQUEST);
                next.isPresent();
                next = requests.next(LEAST_REQUEST)) {
            ByteBuffer frame = next.get();
            short kind = frame.getShort(KIND);
            short version = frame.getShort(VERSION);
            int number = frame.getInt(NUMBER);
            if (ApiKeys.hasId(kind) && tellsAddresses(ApiKeys.forId(kind), version)) {
                awaited.put(number, new RequestHeader(ApiKeys.forId(kind), version, CLIENT_ID, number));
            }
        }
    }

    private static boolean tellsAddresses(ApiKeys kind, short version) {
        return switch (kind) {
            case METADATA, FIND_COORDINATOR -> true;
            case PRODUCE -> version >= ProduceResponseData.NodeEndpoint.LOWEST_SUPPORTED_VERSION;
            case FETCH -> version >= FetchResponseData.NodeEndpoint.LOWEST_SUPPORTED_VERSION;
            default -> false;
        };
    }

    @Override
    public ByteBuffer answered(ByteBuffer bytes) throws IOException {
        answers.add(bytes);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        for (Optional<ByteBuffer> next = answers.next(LEAST_ANSWER);
                next.isPresent();
                next = answers.next(LEAST_ANSWER)) {
            int number = next.get().getInt(NUMBER_OF_ANSWER);
            Optional<RequestHeader> request = Optional.ofNullable(awaited.get(number));
            if (request.isPresent()) {
                // those before it are answered no more
                awaited.headMap(number, true).clear();
                told.writeBytes(retold(next.get(), request.get()).array());
            } else {
                told.writeBytes(next.get().array());
            }
        }
        return ByteBuffer.wrap(told.toByteArray());
    }

    private ByteBuffer retold(ByteBuffer frame, RequestHeader request) throws IOException {
        try {
            ByteBuffer answer = frame.duplicate().position(Integer.BYTES);
            ApiMessage message = AbstractResponse.parseResponse(answer, request).data();
            if (!retell(message)) {
                return frame;
            }
            ResponseHeader header = request.toResponseHeader();
            ByteBuffer first = MessageUtil.toByteBuffer(header.data(), header.headerVersion());
            ByteBuffer rest = MessageUtil.toByteBuffer(message, request.apiVersion());
            int size = first.remaining() + rest.remaining();
            return ByteBuffer.allocate(Integer.BYTES + size)
                    .putInt(size)
                    .put(first)
                    .put(rest);
        } catch (RuntimeException notUnderstood) {
            throw new IOException("answer to " + request.apiKey() + ": " + notUnderstood.getMessage(), notUnderstood);
        }
    }

    /** Puts ports in the place of the addresses that a message tells; whether there was one. */
    private boolean retell(ApiMessage message) {
        String here = InetAddress.getLoopbackAddress().getHostAddress();
        boolean changed = false;
        if (message instanceof MetadataResponseData metadata) {
            for (MetadataResponseData.MetadataResponseBroker one : metadata.brokers()) {
                changed |= retell(one.nodeId(), port -> one.setHost(here).setPort(port));
            }
        } else if (message instanceof FindCoordinatorResponseData found) {
            // in newer versions it is for several groups, and then there is no single one
            changed = !found.host().isEmpty()
                    && retell(found.nodeId(), port -> found.setHost(here).setPort(port));
            for (FindCoordinatorResponseData.Coordinator one : found.coordinators()) {
                changed |= retell(one.nodeId(), port -> one.setHost(here).setPort(port));
            }
        } else if (message instanceof ProduceResponseData produced) {
            for (ProduceResponseData.NodeEndpoint one : produced.nodeEndpoints()) {
                changed |= retell(one.nodeId(), port -> one.setHost(here).setPort(port));
            }
        } else if (message instanceof FetchResponseData fetched) {
            for (FetchResponseData.NodeEndpoint one : fetched.nodeEndpoints()) {
                changed |= retell(one.nodeId(), port -> one.setHost(here).setPort(port));
            }
        }
        return changed;
    }

    private boolean retell(int broker, IntConsumer setter) {
        Optional<Integer> port = Optional.ofNullable(ports.get(broker));
        port.ifPresent(setter::accept);
        return port.isPresent();
    }
}
