package dev.umpire.harness.cli.serve;

import java.nio.file.Path;
import java.util.Optional;

/** What a request is answered with. */
sealed interface Reply {

    /** What a browser may do with it: the value of Content-Security-Policy. */
    String policy();

    /**
     * A text that was made for this answer.
     *
     * @param status of HTTP
     * @param type the value of Content-Type
     */
    record Made(int status, String type, String text, String policy) implements Reply {}

    /**
     * A file as it is.
     *
     * @param name under which it is to be kept; empty: it is to be shown
     */
    record Stored(Path file, String type, Optional<String> name, String policy) implements Reply {}
}
