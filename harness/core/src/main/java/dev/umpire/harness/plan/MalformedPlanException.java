package dev.umpire.harness.plan;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is not a plan or a promise; the message is one line: file, line, column, field, what was found and expected. */
public final class MalformedPlanException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedPlanException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
