package dev.umpire.histories;

import dev.umpire.histories.value.Value;

/** Values in messages: one line, and short. */
final class Quotes {
    private static final int LONGEST = 60;

    private Quotes() {}

    static String of(Value value) {
        String text = value.toString().replaceAll("\\p{Cntrl}", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
