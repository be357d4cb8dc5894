package dev.umpire.targets.postgres;

import dev.umpire.harness.sql.SqlNodes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The messages of PostgreSQL's protocol by which a server knows a connection: the first one of a client, and a statement that
 * gives the connection another name.
 *
 * <pre>
 *  0        4             8
 * +--------+-------------+----------------------------------------------+---+
 * | length | 196608 (3.0)| name \0 value \0 ... of each parameter       | 0 |   big-endian; the length counts itself
 * +--------+-------------+----------------------------------------------+---+
 * </pre>
 *
 * <pre>
 *  0    1        5
 * +---+--------+---------------+---+
 * | Q | length | statement     | 0 |   the length does not count the Q
 * +---+--------+---------------+---+
 * </pre>
 *
 * Source: PostgreSQL documentation, <i>Message Formats</i>, StartupMessage and Query.
 */
final class NamingMessages {

    private static final int PROTOCOL_3_0 = 196_608;

    private NamingMessages() {}

    /** The first message. */
    static byte[] first(String name) {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String text : List.of("user", SqlNodes.USER, "database", "postgres", "application_name", name)) {
            parameters.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            parameters.write(0);
        }
        parameters.write(0);
        int length = 2 * Integer.BYTES + parameters.size();
        return ByteBuffer.allocate(length)
                .putInt(length)
                .putInt(PROTOCOL_3_0)
                .put(parameters.toByteArray())
                .array();
    }

    /** A later one. */
    static byte[] renaming(String name) {
        byte[] statement = ("SET application_name = '" + name + "'").getBytes(StandardCharsets.UTF_8);
        int length = Integer.BYTES + statement.length + 1;
        return ByteBuffer.allocate(1 + length)
                .put((byte) 'Q')
                .putInt(length)
                .put(statement)
                .array();
    }
}
