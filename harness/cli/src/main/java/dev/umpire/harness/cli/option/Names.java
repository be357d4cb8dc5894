package dev.umpire.harness.cli.option;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Names out of a list, and the nearest one to a name that is not in it. */
public final class Names {
    private Names() {}

    /**
     * The name itself if it is allowed.
     *
     * @param what the list's name in a message: {@code "guarantee"}
     * @throws WrongUse with the value, the allowed ones and the nearest
     */
    public static String require(String what, String found, Collection<String> allowed) throws WrongUse {
        if (allowed.contains(found)) {
            return found;
        }
        throw new WrongUse(unknown(what, found, allowed));
    }

    /** {@code guarantee: found monotonic-read, expected one of ...; the nearest is monotonic-reads} */
    public static String unknown(String what, String found, Collection<String> allowed) {
        String expected = allowed.isEmpty()
                ? "expected nothing: there are none"
                : (allowed.size() == 1 ? "expected " : "expected one of ") + String.join(", ", allowed);
        return what + ": found " + found + ", " + expected
                + nearest(found, allowed)
                        .map(name -> "; the nearest is " + name)
                        .orElse("");
    }

    /** The nearest by edits, if it is near enough to be meant. */
    public static Optional<String> nearest(String found, Collection<String> allowed) {
        int bound = Math.max(2, found.length() / 3);
        String best = "";
        int bestEdits = Integer.MAX_VALUE;
        for (String name : allowed) {
            int edits = !found.isEmpty() && name.startsWith(found) ? 1 : edits(found, name);
            if (edits < bestEdits) {
                bestEdits = edits;
                best = name;
            }
        }
        return bestEdits <= bound ? Optional.of(best) : Optional.empty();
    }

    /** Splits {@code a,b,c}; blanks around names do not count. */
    public static List<String> split(String list) {
        return java.util.Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
