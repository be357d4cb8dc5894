package dev.umpire.targets.mariadb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The messages of MariaDB's protocol by which a server knows a connection: the first one of a client, for a user without a
 * password, and one that gives the connection another user.
 *
 * <pre>
 *  0        3    4              8           12        13         36
 * +--------+----+--------------+-----------+---------+----------+---------+---+
 * | length | 1  | capabilities | most bytes| charset | 23 zeros | user \0 | 0 |   little-endian; the length is that
 * +--------+----+--------------+-----------+---------+----------+---------+---+   from the capabilities on
 *
 *  0        3    4    5
 * +--------+----+----+---------+---+------------+
 * | length | 0  | 17 | user \0 | 0 | database \0 |   the length is that from the 17 on; no database
 * +--------+----+----+---------+---+------------+
 * </pre>
 *
 * Source: MariaDB documentation, <i>Connection</i>, handshake response packet, and <i>COM_CHANGE_USER</i>.
 */
final class NamingMessages {

    /** CLIENT_MYSQL, PROTOCOL_41, SECURE_CONNECTION. */
    private static final int CAPABILITIES = 0x1 | 0x200 | 0x8000;

    private static final int MOST_BYTES = 1 << 24;
    private static final byte UTF8 = 33;
    private static final int RESERVED = 23;
    private static final byte CHANGE_USER = 17;

    private NamingMessages() {}

    /** The first message, the second of the connection. */
    static byte[] first(String user) {
        ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES + 1 + RESERVED).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(CAPABILITIES).putInt(MOST_BYTES).put(UTF8);
        return packet(1, head.array(), user, new byte[1]);
    }

    /** A later one, which begins a new exchange. */
    static byte[] renaming(String user) {
        return packet(0, new byte[] {CHANGE_USER}, user, new byte[2]);
    }

    private static byte[] packet(int sequence, byte[] head, String user, byte[] tail) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(user.getBytes(StandardCharsets.UTF_8));
        body.write(0);
        body.writeBytes(tail);
        return ByteBuffer.allocate(Integer.BYTES + body.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(body.size() | sequence << 24)
                .put(body.toByteArray())
                .array();
    }
}
