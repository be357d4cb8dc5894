package dev.umpire.histories;

import dev.umpire.histories.event.EventType;
import dev.umpire.histories.internal.EventFields;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the two events of an operation say and leave out: one bit for each field that is present.
 *
 * <pre>
 *  bit  0 .. 7    of the invocation: index time session f key value node phase
 *  bit  8 .. 15   of the completion: the same
 *  bit 16         the process is named                 bit 20, 21  the value is written [key value]: invocation, completion
 *  bit 17         the phase is final                   bit 22, 23  the outcome is FAIL, is INFO; neither: OK
 *  bit 18, 19     the event deviates from the columns and is kept whole: invocation, completion
 * </pre>
 */
final class Flags {
    static final int INDEX = 1;
    static final int TIME = 1 << 1;
    static final int SESSION = 1 << 2;
    static final int FUNCTION = 1 << 3;
    static final int KEY = 1 << 4;
    static final int VALUE = 1 << 5;
    static final int NODE = 1 << 6;
    static final int PHASE = 1 << 7;
    static final int COMPLETION_SHIFT = 8;
    static final int PROCESS = 1 << 16;
    static final int FINAL = 1 << 17;
    static final int INVOCATION_DEVIATES = 1 << 18;
    static final int COMPLETION_DEVIATES = 1 << 19;
    static final int INVOCATION_PAIRED = 1 << 20;
    static final int COMPLETION_PAIRED = 1 << 21;
    private static final int FAIL = 1 << 22;
    private static final int INFO = 1 << 23;

    private Flags() {}

    static int ofInvocation(EventFields event) {
        return present(event) | (event.process == EventFields.NONE ? 0 : PROCESS) | INFO;
    }

    /** The bits of the invocation, joined by those of the completion. */
    static int completed(int invocation, EventFields event, EventType type) {
        int outcome = type == EventType.OK ? 0 : type == EventType.FAIL ? FAIL : INFO;
        return (invocation & ~(FAIL | INFO)) | (present(event) << COMPLETION_SHIFT) | outcome;
    }

    static Outcome outcome(int flags) {
        if ((flags & INFO) != 0) {
            return Outcome.INFO;
        }
        return (flags & FAIL) != 0 ? Outcome.FAIL : Outcome.OK;
    }

    /** Whether any operation of these flags has its key in its value. */
    static boolean isAnyPaired(int[] patterns) {
        return Arrays.stream(patterns).anyMatch(pattern -> (pattern & INVOCATION_PAIRED) != 0);
    }

    static String nameOf(EventType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static int present(EventFields event) {
        return (event.index == EventFields.ABSENT ? 0 : INDEX)
                | (event.time == EventFields.ABSENT ? 0 : TIME)
                | (event.session == EventFields.NONE ? 0 : SESSION)
                | (event.function == EventFields.NONE ? 0 : FUNCTION)
                | (event.key == EventFields.NONE ? 0 : KEY)
                | (event.value == EventFields.NONE ? 0 : VALUE)
                | (event.node == EventFields.NONE ? 0 : NODE)
                | (event.phase == EventFields.NONE ? 0 : PHASE);
    }
}
