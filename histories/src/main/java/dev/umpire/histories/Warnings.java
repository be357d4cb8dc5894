package dev.umpire.histories;

import java.util.ArrayList;
import java.util.List;

/** Collects what is odd but readable, with its place; the first ones in full, the others by their number. */
final class Warnings {
    private static final int LISTED = 20;

    private final String unit;
    private final List<String> sentences = new ArrayList<>();
    private long others;

    /** @param unit what places count: {@code line} or {@code event} */
    Warnings(String unit) {
        this.unit = unit;
    }

    String place(long number) {
        return unit + " " + number;
    }

    void add(String sentence) {
        if (sentences.size() < LISTED) {
            sentences.add(sentence);
        } else {
            others++;
        }
    }

    List<String> sentences() {
        if (others == 0) {
            return List.copyOf(sentences);
        }
        List<String> all = new ArrayList<>(sentences);
        all.add("and " + others + " more warnings");
        return all;
    }
}
