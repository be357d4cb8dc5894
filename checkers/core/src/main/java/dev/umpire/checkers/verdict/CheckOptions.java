package dev.umpire.checkers.verdict;

import java.util.Optional;

/**
 * What a checker is told beside the history. Made from {@link #DEFAULT} by the {@code with} methods.
 *
 * @param writeOrder what is assumed of the order in which the writes of one key took effect
 * @param anomalyLimit how many anomalies a verdict lists; all are counted, or the reason says that it is a lower
 *     bound; 1 or more
 * @param searchBudget how many steps a bounded search may take before the answer is UNKNOWN, among them what it compares
 *     between its decisions; 0 or more
 * @param model the name of the sequential model for linearizable and sequential; empty: as the functions of the history say
 * @param nilReads what an OK read without a value means to linearizable and sequential
 * @param deadline tells a search of linearizable that its time is over; the answer is UNKNOWN then
 */
public record CheckOptions(
        WriteOrder writeOrder,
        int anomalyLimit,
        long searchBudget,
        Optional<String> model,
        NilReads nilReads,
        Deadline deadline) {

    /** Real-time write order, ten anomalies, a million steps, a nil read returned the absent value, no limit of time. */
    public static final CheckOptions DEFAULT =
            new CheckOptions(WriteOrder.REAL_TIME, 10, 1_000_000, Optional.empty(), NilReads.ABSENT, Deadline.NONE);

    public CheckOptions {
        if (anomalyLimit < 1) {
            throw new IllegalArgumentException("anomalyLimit: found " + anomalyLimit + ", expected 1 or more");
        }
        if (searchBudget < 0) {
            throw new IllegalArgumentException("searchBudget: found " + searchBudget + ", expected 0 or more");
        }
    }

    /** Options without a named model. */
    public CheckOptions(WriteOrder writeOrder, int anomalyLimit, long searchBudget) {
        this(writeOrder, anomalyLimit, searchBudget, Optional.empty(), NilReads.ABSENT, Deadline.NONE);
    }

    public CheckOptions with(WriteOrder order) {
        return new CheckOptions(order, anomalyLimit, searchBudget, model, nilReads, deadline);
    }

    public CheckOptions withAnomalyLimit(int limit) {
        return new CheckOptions(writeOrder, limit, searchBudget, model, nilReads, deadline);
    }

    public CheckOptions withSearchBudget(long steps) {
        return new CheckOptions(writeOrder, anomalyLimit, steps, model, nilReads, deadline);
    }

    public CheckOptions withModel(String name) {
        return new CheckOptions(writeOrder, anomalyLimit, searchBudget, Optional.of(name), nilReads, deadline);
    }

    public CheckOptions with(NilReads meaning) {
        return new CheckOptions(writeOrder, anomalyLimit, searchBudget, model, meaning, deadline);
    }

    public CheckOptions with(Deadline end) {
        return new CheckOptions(writeOrder, anomalyLimit, searchBudget, model, nilReads, end);
    }
}
