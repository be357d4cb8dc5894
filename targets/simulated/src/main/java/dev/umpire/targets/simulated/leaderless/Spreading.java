package dev.umpire.targets.simulated.leaderless;

import dev.umpire.targets.simulated.leaderless.Protocol.Store;
import dev.umpire.targets.simulated.leaderless.Protocol.Stored;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;

/** Stores an entry at all replicas of its key, and says when enough have it on their disks. */
final class Spreading implements Round.Asker {
    private final Post post;
    private final Entry entry;
    private final long operation;
    private final Listener listener;
    private final Round round;
    private Runnable end = () -> {};

    /** Who wants to know. */
    @FunctionalInterface
    interface Listener {

        /** Enough replicas have the entry, or too few in time; called once. */
        void spread(boolean enough);
    }

    Spreading(Post post, Entry entry, List<Integer> owners, List<Integer> standIns, int needed, Listener listener) {
        this.post = post;
        this.entry = entry;
        this.operation = post.nextOperation();
        this.listener = listener;
        this.round = new Round(post, owners, standIns, needed, this);
    }

    long operation() {
        return operation;
    }

    /**
     * Begins.
     *
     * @param present replicas that have the entry already
     * @param whenOver called once no further answer is awaited
     */
    void begin(List<Integer> present, Runnable whenOver) {
        end = whenOver;
        present.forEach(round::presume);
        round.begin();
    }

    @Override
    public Message question(int owner) {
        return new Store(post.stamp(), operation, owner, entry);
    }

    void take(Stored stored) {
        round.answer(stored.owner());
    }

    @Override
    public void enough() {
        listener.spread(true);
    }

    @Override
    public void over(boolean enough) {
        end.run();
        if (!enough) {
            listener.spread(false);
        }
    }
}
