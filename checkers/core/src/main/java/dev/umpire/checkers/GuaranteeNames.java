package dev.umpire.checkers;

import dev.umpire.checkers.session.SessionGuarantees;
import dev.umpire.checkers.words.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What guarantees are called, and what is said to a name that has no checker. */
final class GuaranteeNames {
    private static final Map<String, String> ALIASES = Map.of("read-after-write", "read-your-writes");

    private GuaranteeNames() {}

    /**
     * The session guarantees that a name such as {@code a+b} combines, or the one that it is, each once and in their usual
     * order; empty if it is no such name.
     */
    static List<String> sessionParts(String name) {
        List<String> typed = List.of(name.split("\\+", -1)).stream()
                .map(part -> ALIASES.getOrDefault(part, part))
                .toList();
        return SessionGuarantees.PARTS.containsAll(typed)
                ? SessionGuarantees.PARTS.stream().filter(typed::contains).toList()
                : List.of();
    }

    static Guarantee find(String name, List<Guarantee> known) {
        String canonical = ALIASES.getOrDefault(name, name);
        for (Guarantee guarantee : known) {
            if (guarantee.name().equals(canonical)) {
                return guarantee;
            }
        }
        List<String> names = known.stream().map(Guarantee::name).toList();
        String expected = ", expected one of " + String.join(", ", names);
        String found = "guarantee: found " + Visible.text(name);
        List<String> parts = List.of(name.split("\\+", -1));
        if (parts.size() > 1 && parts.stream().allMatch(part -> isKnown(part, names))) {
            throw new IllegalArgumentException(found
                    + ", but only session guarantees can share one order (+) in this version, which has no checker for these; ask for "
                    + String.join(",", parts) + " to judge each alone" + expected);
        }
        String head = name.split(":", 2)[0];
        if (!head.equals(name) && isKnown(head, names)) {
            throw new IllegalArgumentException(
                    found + ", but " + head + " with a parameter has no checker in this version" + expected);
        }
        throw new IllegalArgumentException(found + expected + "; the nearest is " + nearest(name, names));
    }

    private static boolean isKnown(String name, List<String> names) {
        String bare = name.split(":", 2)[0];
        return names.contains(bare) || ALIASES.containsKey(bare);
    }

    private static String nearest(String name, List<String> names) {
        List<String> candidates = new ArrayList<>(names);
        candidates.addAll(ALIASES.keySet());
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    /** How many letters must be added, removed or changed (Levenshtein); long names are compared by their beginning. */
    private static int distance(String a, String b) {
        String left = a.substring(0, Math.min(a.length(), 64));
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (left.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
