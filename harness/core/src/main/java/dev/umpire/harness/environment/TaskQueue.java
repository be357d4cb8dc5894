package dev.umpire.harness.environment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tasks by the time at which they are due, those of one nanosecond in the order in which they were handed in.
 *
 * <p>A binary heap in which every task knows its place, so that a task that is taken back leaves at once: most tasks are
 * timeouts of requests that were answered, and would otherwise fill the queue. Not thread-safe.
 */
final class TaskQueue {

    private @Nullable Task[] heap = new Task[64];
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

        private boolean before(Task other) {
            return dueNanos < other.dueNanos || (dueNanos == other.dueNanos && sequence < other.sequence);
        }
    }

    int size() {
        return size;
    }

    Task add(long dueNanos, Runnable action) {
        Task task = new Task(dueNanos, nextSequence++, action, this);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
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
        if (place > 0 && last.before(at((place - 1) >>> 1))) {
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

    private void siftUp(int from, Task task) {
        int place = from;
        while (place > 0) {
            int parentPlace = (place - 1) >>> 1;
            Task parent = at(parentPlace);
            if (!task.before(parent)) {
                break;
            }
            put(place, parent);
            place = parentPlace;
        }
        put(place, task);
    }

    private void siftDown(int from, Task task) {
        int place = from;
        while (2 * place + 1 < size) {
            int childPlace = 2 * place + 1;
            if (childPlace + 1 < size && at(childPlace + 1).before(at(childPlace))) {
                childPlace++;
            }
            Task child = at(childPlace);
            if (!child.before(task)) {
                break;
            }
            put(place, child);
            place = childPlace;
        }
        put(place, task);
    }

    private void put(int place, Task task) {
        heap[place] = task;
        task.place = place;
    }
}
