package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.jsonl.JsonLinesReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Follows a recording of Umpire's own, in JSON Lines, while it is being written. The file is opened for each look alone, is
 * never locked, and a line that is not whole yet is left for the next look. Not thread-safe.
 */
public final class FollowedRecording {
    private static final int LOOK_BYTES = 8 << 20;
    private static final byte[] TRAILER = "{\"umpire\":\"end\"".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private long offset;
    private boolean ended;

    /** @param file which need not exist before the first look */
    public FollowedRecording(Path file) {
        this.file = file;
    }

    /**
     * Hands over what was appended since the last look, at most 8 MiB of it.
     *
     * @return whether more stands there already
     * @throws dev.umpire.histories.event.MalformedHistoryException if it is no such recording
     * @throws IOException if the file cannot be read, or holds a line of more than 8 MiB
     */
    public boolean look(Consumer<Event> sink) throws IOException {
        byte[] appended;
        boolean more;
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(offset);
            more = channel.size() - offset > LOOK_BYTES;
            appended = read(channel, (int) Math.max(0, Math.min(LOOK_BYTES, channel.size() - offset)));
        }
        int whole = endOfLastLine(appended);
        if (whole == 0 && more) {
            throw new IOException(
                    file + ": found a line of more than " + LOOK_BYTES + " bytes, expected a shorter one");
        }
        int begin = endOfLastLine(Arrays.copyOf(appended, Math.max(0, whole - 1)));
        if (startsWithTrailer(appended, begin)) {
            ended = true;
            hand(appended, begin, sink);
        } else {
            hand(appended, whole, sink);
        }
        offset += whole;
        return more;
    }

    /** Whether the recorder has come to its end. */
    public boolean ended() {
        return ended;
    }

    private static byte[] read(SeekableByteChannel channel, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full, or the file has ended
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static int endOfLastLine(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static boolean startsWithTrailer(byte[] text, int at) {
        return text.length - at >= TRAILER.length
                && Arrays.equals(text, at, at + TRAILER.length, TRAILER, 0, TRAILER.length);
    }

    private void hand(byte[] text, int length, Consumer<Event> sink) throws IOException {
        ByteArrayInputStream lines = new ByteArrayInputStream(text, 0, length);
        ValueTable values = new ValueTable();
        new JsonLinesReader(new TextScanner(lines, file.toString()), values)
                .read(event -> sink.accept(event.toEvent()));
    }
}
