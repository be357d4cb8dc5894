package dev.umpire.harness.diff;

import java.io.IOException;

/** A file that is no survey; the message is one line: file, line, what was found and expected. */
public final class MalformedSurveyException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedSurveyException(String message) {
        super(message);
    }
}
