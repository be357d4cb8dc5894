package dev.umpire.histories;

/** Line and column of some operations, which are added in their order. */
final class Places {
    private final Column operations = new Column(History.NONE);
    private final Column lines = new Column(0);
    private final Column columns = new Column(0);
    private int size;

    void add(int operation, long line, long column) {
        operations.set(size, operation);
        lines.set(size, line);
        columns.set(size, column);
        size++;
    }

    long lineOf(int operation) {
        return lines.get(find(operation));
    }

    long columnOf(int operation) {
        return columns.get(find(operation));
    }

    private int find(int operation) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (operations.getInt(middle) < operation) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
