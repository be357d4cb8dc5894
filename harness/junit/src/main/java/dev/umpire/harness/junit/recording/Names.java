package dev.umpire.harness.junit.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for texts of which a session has few: its functions, its nodes, the keys that it asks for again and again. A column
 * of numbers is nothing that a collector would have to look through.
 *
 * <p>Not thread-safe: guarded by the lock of the session.
 */
final class Names {
    static final int NONE = -1;

    private final int most;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param most how many texts get a number */
    Names(int most) {
        this.most = most;
    }

    /** The number of a text, or {@link #NONE} where so many others have one that it gets none. */
    int numberOf(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() == most) {
            return NONE;
        }
        texts.add(text);
        numbers.put(text, texts.size() - 1);
        return texts.size() - 1;
    }

    String text(int number) {
        return texts.get(number);
    }
}
