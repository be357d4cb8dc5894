package dev.umpire.checkers.staleness;

/** Is told how stale each read was that could be measured, key by key and in the order of a key's reads. */
@FunctionalInterface
public interface StalenessOfReads {

    /**
     * One read.
     *
     * @param operation its number in the history
     * @param versions how many newer writes had certainly been acknowledged before it was asked; 0: it was fresh
     * @param nanos for how long the first of them had been; 0 for a fresh read,
     *     {@link dev.umpire.histories.History#ABSENT} where no times are recorded
     */
    void read(int operation, long versions, long nanos);
}
