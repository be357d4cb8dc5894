package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.environment.Environment;
import dev.umpire.targets.simulated.world.Message;
import java.util.Arrays;
import java.util.List;

/**
 * One question to all replicas of a key: put again to those that do not answer, and where quorums are sloppy to others that
 * stand in for them, until all have answered or it was put often enough.
 */
final class Round {
    private static final long RETRY_NANOS = 30_000_000;
    private static final int TIMES = 6;
    private static final int NOBODY = -1;

    private final Post post;
    private final List<Integer> owners;
    private final List<Integer> standIns;
    private final int needed;
    private final Asker asker;
    private final boolean[] answered;
    /** By owner, who stands in for it; nobody for two, as two answers of one node are one. */
    private final int[] standIn;

    private int standInsUsed;
    private int answers;
    private int times;
    private boolean enough;
    private boolean over;
    private Environment.Timer retry = () -> {};

    /** Who asks. */
    interface Asker {

        /** What is asked for an owner; made anew each time. */
        Message question(int owner);

        /** As many owners as needed have answered; called once. */
        void enough();

        /** No further answer is awaited; called once. */
        void over(boolean enough);
    }

    /**
     * A round that has not begun.
     *
     * @param owners the replicas that are asked
     * @param standIns others that may answer for an owner, the first choice first; empty where quorums are strict
     * @param needed how many answers are enough
     */
    Round(Post post, List<Integer> owners, List<Integer> standIns, int needed, Asker asker) {
        this.post = post;
        this.owners = owners;
        this.standIns = standIns;
        this.needed = needed;
        this.asker = asker;
        this.answered = new boolean[owners.size()];
        this.standIn = new int[owners.size()];
        Arrays.fill(standIn, NOBODY);
    }

    /** Counts an owner as one that has answered already; before the round begins. */
    void presume(int owner) {
        int number = owners.indexOf(owner);
        if (number >= 0 && !answered[number]) {
            answered[number] = true;
            answers++;
        }
    }

    /** Asks. */
    void begin() {
        ask();
        count();
        awaitRetry();
    }

    private void awaitRetry() {
        if (!over) {
            retry = post.schedule(RETRY_NANOS, () -> {
                if (++times >= TIMES) {
                    end();
                } else {
                    ask();
                    awaitRetry();
                }
            });
        }
    }

    private void ask() {
        for (int number = 0; number < answered.length; number++) {
            int owner = owners.get(number);
            if (!answered[number]) {
                post.send(owner, asker.question(owner));
            }
            if (times > 0 && !answered[number] && standIn[number] == NOBODY && standInsUsed < standIns.size()) {
                standIn[number] = standIns.get(standInsUsed++);
            }
            if (!answered[number] && standIn[number] != NOBODY) {
                post.send(standIn[number], asker.question(owner));
            }
        }
    }

    /** An owner has answered, or another for it. */
    void answer(int owner) {
        if (!over) {
            presume(owner);
            count();
        }
    }

    private void count() {
        if (answers >= needed && !enough) {
            enough = true;
            asker.enough();
        }
        if (answers == answered.length) {
            end();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            retry.cancel();
            asker.over(enough);
        }
    }
}
