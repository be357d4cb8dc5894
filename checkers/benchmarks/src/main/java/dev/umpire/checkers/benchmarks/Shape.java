package dev.umpire.checkers.benchmarks;

/**
 * What a generated history is like.
 *
 * @param operations how many operations it has; 1 or more
 * @param sessions how many clients work at the same time; 1 or more
 * @param keys how many keys they share; 1 or more
 * @param flavour what the operations are and what the store reports
 */
record Shape(int operations, int sessions, int keys, Flavour flavour) {

    /** What the operations are and what the store reports of them. */
    enum Flavour {
        /** Half reads, half writes; nothing is reported. */
        PLAIN,
        /** As plain, and every write reports its place in the commit order. */
        POSITIONS,
        /** As plain, and every write reports the version of its key. */
        VERSIONS,
        /** As plain, and a tenth of the operations are snapshots of two or three keys. */
        SNAPSHOTS,
        /** Snapshots, and every write reports its place in the commit order. */
        SNAPSHOTS_AND_POSITIONS,
        /** Half increments of counters, half reads. */
        COUNTERS,
        /** Elements are added to sets. */
        SETS,
        /** Half sends to logs, half polls of up to three messages. */
        LOGS,
        /** New values are asked for. */
        CLAIMS
    }

    /**
     * A shape as benchmarks name it: {@code 1000000-32-16}, operations, sessions and keys.
     *
     * @throws IllegalArgumentException if the text is no shape
     */
    static Shape parse(String text, Flavour flavour) {
        String[] parts = text.split("-", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("shape: found " + text + ", expected operations-sessions-keys");
        }
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), flavour);
    }

    boolean reportsPositions() {
        return flavour == Flavour.POSITIONS || flavour == Flavour.SNAPSHOTS_AND_POSITIONS;
    }

    boolean hasSnapshots() {
        return flavour == Flavour.SNAPSHOTS || flavour == Flavour.SNAPSHOTS_AND_POSITIONS;
    }

    /** A name for a file. */
    String fileName() {
        return operations + "-" + sessions + "-" + keys + "-" + flavour.name().toLowerCase(java.util.Locale.ROOT);
    }
}
