package dev.umpire.checkers.session;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * The last invoked write of each session that some viewer was shown, as the viewer's time goes by.
 *
 * <p>A viewer is one operation, or one session with all its reads. Of every session two writes are known: the last invoked
 * one, and the last invoked one that was shown by a read of another key than that, so that the reads of any one key can be
 * left out. O(reads) steps for registers; a list read makes a step for every session of which it showed something new.
 *
 * <p>A viewer has one entry for each session of which it was shown a write; an entry has steps in the order of time.
 */
final class LatestShown {
    private static final int STEP = 5;
    private static final int READ = 1;
    private static final int OTHER_READ = 3;

    private final ShownWrites shown;
    private final int[] firstEntry;
    private final IntArrayList sessionOfEntry = new IntArrayList();
    private final IntArrayList firstStep = new IntArrayList();

    /** By step {@link #STEP} numbers: when; the read that showed the latest write, and the write; the same of another key. */
    private final IntArrayList steps = new IntArrayList();

    private LatestShown(ShownWrites shown, int viewers) {
        this.shown = shown;
        firstEntry = new int[viewers + 1];
    }

    /** What each operation shows that reads more than once; one step for each entry. */
    static LatestShown byOperation(ShownWrites shown) {
        History history = shown.history();
        LatestShown latest = new LatestShown(shown, history.size());
        Viewer viewer = latest.new Viewer();
        for (int o = 0; o < history.size(); o++) {
            if (history.readCount(o) > 1) {
                viewer.see(o);
            }
            viewer.close(o, true);
        }
        latest.end();
        return latest;
    }

    /** What the reads of each session have shown so far, in the order of their completions. */
    static LatestShown bySession(ShownWrites shown) {
        History history = shown.history();
        int sessions = history.sessionCount();
        IntArrayList[] readers = new IntArrayList[sessions];
        Arrays.setAll(readers, s -> new IntArrayList());
        for (int o = 0; o < history.size(); o++) {
            if (history.outcome(o) == Outcome.OK && shown.from(o) < shown.from(o + 1)) {
                readers[history.session(o)].addInt(o);
            }
        }
        LatestShown latest = new LatestShown(shown, sessions);
        Viewer viewer = latest.new Viewer();
        for (int s = 0; s < sessions; s++) {
            readers[s].stream()
                    .mapToLong(o -> ((long) history.completed(o) << 32) | o)
                    .sorted()
                    .forEach(keyed -> viewer.see((int) keyed));
            viewer.close(s, false);
        }
        latest.end();
        return latest;
    }

    private void end() {
        firstStep.addInt(steps.size() / STEP);
    }

    /** The entries of a viewer stand from here to before {@code from(viewer + 1)}. */
    int from(int viewer) {
        return firstEntry[viewer];
    }

    /** The session of whose writes an entry tells. */
    int session(int entry) {
        return sessionOfEntry.getInt(entry);
    }

    /** The first step of an entry; it ends before the first step of the next one. */
    int firstStep(int entry) {
        return firstStep.getInt(entry);
    }

    /** The last step of an entry, from the given one on, that was before a position; one less than the given one if none was. */
    int lastStepBefore(int entry, int fromStep, int position) {
        int low = fromStep;
        int high = firstStep.getInt(entry + 1);
        for (int stride = 1; low < high && time(Math.min(low + stride, high) - 1) < position; stride *= 2) {
            low = Math.min(low + stride, high);
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int time(int step) {
        return steps.getInt(STEP * step);
    }

    /** The read, as a place in the {@link ShownWrites}, that showed the latest write but for reads of one key; or -1. */
    int read(int step, int exceptOfKey) {
        return steps.getInt(STEP * step + shownBy(step, exceptOfKey));
    }

    /** The write that it showed. */
    int write(int step, int exceptOfKey) {
        return steps.getInt(STEP * step + shownBy(step, exceptOfKey) + 1);
    }

    private int shownBy(int step, int exceptOfKey) {
        return shown.key(steps.getInt(STEP * step + READ)) == exceptOfKey ? OTHER_READ : READ;
    }

    /** Gathers the steps of one viewer after another. */
    private final class Viewer {
        // by session
        private final int[] lastRead;
        private final int[] lastWrite;
        private final int[] otherRead;
        private final int[] otherWrite;
        private final int[] stepsOf;
        private final IntArrayList sessions = new IntArrayList();
        // by step, in the order of time
        private final IntArrayList session = new IntArrayList();
        private final IntArrayList told = new IntArrayList();

        private Viewer() {
            int count = shown.history().sessionCount();
            lastRead = new int[count];
            lastWrite = new int[count];
            otherRead = new int[count];
            otherWrite = new int[count];
            stepsOf = new int[count];
        }

        private void see(int operation) {
            int completed = shown.history().completed(operation);
            for (int at = shown.from(operation); at < shown.from(operation + 1); at++) {
                int place = at;
                shown.each(at, (writer, by) -> see(writer, by, place, completed));
            }
        }

        private void see(int writer, int by, int at, int completed) {
            if (stepsOf[writer] == 0) {
                sessions.addInt(writer);
                lastRead[writer] = otherRead[writer] = lastWrite[writer] = otherWrite[writer] = History.NONE;
            }
            boolean sameKey = lastRead[writer] != History.NONE && shown.key(lastRead[writer]) == shown.key(at);
            if (by > lastWrite[writer]) {
                if (!sameKey) {
                    otherRead[writer] = lastRead[writer];
                    otherWrite[writer] = lastWrite[writer];
                }
                lastRead[writer] = at;
                lastWrite[writer] = by;
            } else if (!sameKey && by > otherWrite[writer]) {
                otherRead[writer] = at;
                otherWrite[writer] = by;
            } else {
                return;
            }
            stepsOf[writer]++;
            session.addInt(writer);
            told.addInt(completed);
            told.addInt(lastRead[writer]);
            told.addInt(lastWrite[writer]);
            told.addInt(otherRead[writer]);
            told.addInt(otherWrite[writer]);
        }

        /** Ends a viewer: its steps are put down session by session, all of them or the last ones alone. */
        private void close(int viewer, boolean lastOnly) {
            int next = steps.size() / STEP;
            for (int i = 0; i < sessions.size(); i++) {
                int writer = sessions.getInt(i);
                sessionOfEntry.addInt(writer);
                firstStep.addInt(next);
                int count = lastOnly ? 1 : stepsOf[writer];
                stepsOf[writer] = next;
                next += count;
            }
            while (steps.size() < STEP * next) {
                steps.addInt(0);
            }
            for (int i = 0; i < session.size(); i++) {
                int writer = session.getInt(i);
                int step = lastOnly ? stepsOf[writer] : stepsOf[writer]++;
                for (int part = 0; part < STEP; part++) {
                    steps.setInt(STEP * step + part, told.getInt(STEP * i + part));
                }
            }
            for (int i = 0; i < sessions.size(); i++) {
                stepsOf[sessions.getInt(i)] = 0;
            }
            sessions.clear();
            session.clear();
            told.clear();
            firstEntry[viewer + 1] = sessionOfEntry.size();
        }
    }
}
