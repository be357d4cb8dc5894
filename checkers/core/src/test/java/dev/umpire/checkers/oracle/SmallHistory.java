package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A history of a few operations, as an oracle sees it: in the order of their invocations.
 *
 * @param operations each with its own invoked and completed positions
 */
public record SmallHistory(List<SmallOperation> operations) {
    public SmallHistory {
        operations = operations.stream()
                .sorted(Comparator.comparingInt(SmallOperation::invoked))
                .toList();
    }

    /** The same history as a checker sees it. */
    public History history() {
        return new SmallHistoryView(operations.toArray(new SmallOperation[0]));
    }

    /** The keys are 0 to this number, exclusive. */
    public int keyCount() {
        int count = 0;
        for (SmallOperation operation : operations) {
            for (int key : operation.readKeys) {
                count = Math.max(count, key + 1);
            }
            for (int key : operation.writeKeys) {
                count = Math.max(count, key + 1);
            }
        }
        return count;
    }

    @Override
    public String toString() {
        return operations.stream().map(SmallOperation::toString).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
