package dev.umpire.checkers.verdict;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The write order assumption: which writes of one key certainly took effect one after the other. */
public enum WriteOrder {
    /** An acknowledged write took effect before every write of its key that was invoked after the acknowledgement. */
    REAL_TIME("real-time", "real-time write order"),
    /** Only the writes of one session are ordered. */
    SESSION("session", "session write order"),
    /** Nothing is assumed. */
    NONE("none", "no write order");

    private final String optionName;
    private final String phrase;

    WriteOrder(String optionName, String phrase) {
        this.optionName = optionName;
        this.phrase = phrase;
    }

    /**
     * The one of an option's name.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    public static WriteOrder named(String optionName) {
        return Arrays.stream(values())
                .filter(order -> order.optionName.equals(optionName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("writeOrder: found " + optionName + ", expected "
                        + Arrays.stream(values()).map(WriteOrder::optionName).collect(Collectors.joining(", "))));
    }

    /** As on the command line. */
    public String optionName() {
        return optionName;
    }

    /** As in a verdict's {@code assumes}. */
    public String phrase() {
        return phrase;
    }
}
