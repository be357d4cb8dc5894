package dev.umpire.harness.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema (draft 2020-12) of the verdict object, for whoever reads it by program. */
public final class VerdictSchema {
    private static final String RESOURCE = "verdict.schema.json";

    private VerdictSchema() {}

    /** The schema, as {@code umpire list schema} prints it. */
    public static String text() {
        try (InputStream in = Objects.requireNonNull(VerdictSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
