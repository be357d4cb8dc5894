package dev.umpire.harness.environment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tasks by the time at which they are due, those of one nanosecond in the order in which they were handed in.
 *
 * <p>A heap in which every task knows its place, so that a task that is taken back leaves at once: most tasks are
 * timeouts of requests that were answered, and would otherwise fill the queue. The times stand side by side in an array of
 * their own, and each place has four below it, so that finding the earliest touches few tasks. Not thread-safe.
 */
final class TaskQueue {

    private static final int BELOW = 4;
    private static final int BELOW_BITS = 2;

    private @Nullable Task[] heap = new Task[64];
    /** By place in the heap, when its task is due. */
    private long[] due = new long[heap.length];

    private int size;
    private long nextSequence;

    /** A task in the queue; the queue's owner, or its only user, may take it back through it. */
    static final class Task implements Environment.Timer {
        private static final int OUT = -1;

        private final long dueNanos;
        private final long sequence;
        private final Runnable action;
        private final TaskQueue queue;
        private int place = OUT;

        private Task(long dueNanos, long sequence, Runnable action, TaskQueue queue) {
            this.dueNanos = dueNanos;
            this.sequence = sequence;
            this.action = action;
            this.queue = queue;
        }

        @Override
        public void cancel() {
            queue.remove(this);
        }

        long dueNanos() {
            return dueNanos;
        }

        void run() {
            action.run();
        }
    }

    int size() {
        return size;
    }

    Task add(long dueNanos, Runnable action) {
        Task task = new Task(dueNanos, nextSequence++, action, this);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
            due = Arrays.copyOf(due, size * 2);
        }
        siftUp(size++, task);
        return task;
    }

    /** The task that is due first; null if there is none. */
    @Nullable
    Task first() {
        return heap[0];
    }

    /** Takes a task out; does nothing if it is out already. */
    void remove(Task task) {
        int place = task.place;
        if (place == Task.OUT) {
            return;
        }
        task.place = Task.OUT;
        Task last = at(--size);
        heap[size] = null;
        if (last == task) {
            return;
        }
        if (place > 0 && isBefore(last.dueNanos, last.sequence, (place - 1) >>> BELOW_BITS)) {
            siftUp(place, last);
        } else {
            siftDown(place, last);
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            at(i).place = Task.OUT;
            heap[i] = null;
        }
        size = 0;
    }

    private Task at(int place) {
        Task task = heap[place];
        if (task == null) {
            throw new IllegalStateException("place: found none at " + place + ", expected below " + size);
        }
        return task;
    }

    private boolean isBefore(long dueNanos, long sequence, int place) {
        return dueNanos < due[place] || (dueNanos == due[place] && sequence < at(place).sequence);
    }

    private void siftUp(int from, Task task) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) >>> BELOW_BITS;
            if (!isBefore(task.dueNanos, task.sequence, above)) {
                break;
            }
            put(place, at(above));
            place = above;
        }
        put(place, task);
    }

    private void siftDown(int from, Task task) {
        int place = from;
        for (int below = BELOW * place + 1; below < size; below = BELOW * place + 1) {
            int first = below;
            for (int other = below + 1; other < Math.min(below + BELOW, size); other++) {
                if (due[other] < due[first] || (due[other] == due[first] && at(other).sequence < at(first).sequence)) {
                    first = other;
                }
            }
            if (isBefore(task.dueNanos, task.sequence, first)) {
                break;
            }
            put(place, at(first));
            place = first;
        }
        put(place, task);
    }

    private void put(int place, Task task) {
        heap[place] = task;
        due[place] = task.dueNanos;
        task.place = place;
    }
}
