package dev.umpire.harness.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Promises as JSON: one object whose fields are those of {@link Promises}, all of them, no others. */
public final class PromiseFile {
    private static final StrictJson<Promises> JSON = new StrictJson<>(Promises.class, "a promise");

    private PromiseFile() {}

    /** The promises as JSON, with a line end. */
    public static String toJson(Promises promises) {
        return JSON.toJson(promises);
    }

    /**
     * Writes promises; a file that exists is replaced, once all is written.
     *
     * @throws IOException if it cannot be written; a file that exists is then as it was
     */
    public static void write(Path file, Promises promises) throws IOException {
        WholeFile.write(file, part -> Files.writeString(part, toJson(promises), StandardCharsets.UTF_8));
    }

    /**
     * Reads promises.
     *
     * @throws MalformedPlanException if the file holds none; the message is one line with the place
     * @throws IOException if it cannot be read
     */
    public static Promises read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    }

    /**
     * Reads promises from text.
     *
     * @param source its name in messages
     * @throws MalformedPlanException if it holds none
     */
    public static Promises parse(String source, String json) throws MalformedPlanException {
        return JSON.parse(source, json);
    }
}
