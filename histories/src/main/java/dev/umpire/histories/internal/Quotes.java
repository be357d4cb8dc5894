package dev.umpire.histories.internal;

import dev.umpire.histories.value.Value;

/** What was found, in a message: on one line, and short. */
public final class Quotes {
    private static final int LONGEST = 40;

    private Quotes() {}

    public static String of(Value value) {
        return of(value.toString());
    }

    public static String of(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return start.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", " ");
    }
}
