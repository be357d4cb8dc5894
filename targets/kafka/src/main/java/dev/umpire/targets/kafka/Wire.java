package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Loopback;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * One connection to one broker. What is asked here is answered by that broker and by no other, which Kafka's own clients do not
 * promise: they ask whom they find. Used by one thread.
 *
 * <pre>
 *  0        4
 * +--------+--------+------
 * | size   | header | request or response   big-endian; both in the form that Kafka's own classes write and read
 * +--------+--------+------
 * </pre>
 */
final class Wire implements Closeable {

    private static final String CLIENT_ID = "umpire-wire";
    private static final int MOST_BYTES = 64 << 20;

    private final Socket socket;
    private int correlation;

    /**
     * Connects.
     *
     * @param port of the loopback address
     * @param millis bound of the connection, and of each wait for an answer
     */
    Wire(int port, int millis) throws IOException {
        socket = Loopback.dial(port, millis);
    }

    /** Sends a request that is not answered. */
    void tell(AbstractRequest request) throws IOException {
        send(request);
    }

    /**
     * Sends a request and awaits its answer.
     *
     * @param answer the class of the answer
     * @throws IOException if the broker cannot be reached, is silent for too long or says something else
     */
    <T extends AbstractResponse> T ask(AbstractRequest request, Class<T> answer) throws IOException {
        RequestHeader header = send(request);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int size = in.readInt();
        if (size < 0 || size > MOST_BYTES) {
            throw new IOException(
                    "answer to " + header.apiKey() + ": found " + size + " bytes, expected 0 to " + MOST_BYTES);
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        try {
            return answer.cast(AbstractResponse.parseResponse(ByteBuffer.wrap(bytes), header));
        } catch (RuntimeException notUnderstood) {
            throw new IOException("answer to " + header.apiKey() + ": " + notUnderstood.getMessage(), notUnderstood);
        }
    }

    private RequestHeader send(AbstractRequest request) throws IOException {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), CLIENT_ID, correlation++);
        ByteBuffer body = request.serializeWithHeader(header);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + body.remaining());
        frame.putInt(body.remaining()).put(body);
        socket.getOutputStream().write(frame.array());
        return header;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
