package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.leaderless.Protocol.Held;
import dev.umpire.targets.simulated.leaderless.Protocol.ReadKey;
import dev.umpire.targets.simulated.leaderless.Protocol.Store;
import dev.umpire.targets.simulated.world.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a key at enough replicas, and repairs those that lack what others have. */
final class Gathering implements Round.Asker {
    private final Post post;
    private final Value key;
    private final long operation;
    private final boolean repairs;
    private final Listener listener;
    private final Round round;
    private final Map<Integer, Map<Place, Content>> answers = new TreeMap<>();
    private final Map<Place, Content> merged = new LinkedHashMap<>();
    private Runnable end = () -> {};
    private boolean reached;

    /** Who wants to know. */
    @FunctionalInterface
    interface Listener {

        /** Enough replicas have answered, or will not; called once. */
        void gathered(Gathering gathering);
    }

    Gathering(
            Post post,
            Value key,
            List<Integer> owners,
            List<Integer> standIns,
            int needed,
            boolean repairs,
            Listener listener) {
        this.post = post;
        this.key = key;
        this.operation = post.nextOperation();
        this.repairs = repairs;
        this.listener = listener;
        this.round = new Round(post, owners, standIns, needed, this);
    }

    long operation() {
        return operation;
    }

    /** @param whenOver called once no further answer is awaited */
    void begin(Runnable whenOver) {
        end = whenOver;
        round.begin();
    }

    @Override
    public Message question(int owner) {
        return new ReadKey(operation, key, owner);
    }

    void take(Held held) {
        Map<Place, Content> answer = answers.computeIfAbsent(held.owner(), absent -> new LinkedHashMap<>());
        for (Entry entry : held.entries()) {
            answer.merge(entry.place(), entry.content(), Content::join);
            merged.merge(entry.place(), entry.content(), Content::join);
        }
        round.answer(held.owner());
    }

    @Override
    public void enough() {
        reached = true;
        listener.gathered(this);
    }

    @Override
    public void over(boolean wasEnough) {
        end.run();
        if (!wasEnough) {
            listener.gathered(this);
        }
        if (repairs) {
            answers.forEach(this::repair);
        }
    }

    private void repair(int owner, Map<Place, Content> answer) {
        merged.forEach((place, content) -> {
            if (!content.equals(answer.get(place))) {
                post.send(owner, new Store(post.stamp(), Protocol.NO_OPERATION, owner, new Entry(place, content)));
            }
        });
    }

    /** Whether enough replicas have answered. */
    boolean reached() {
        return reached;
    }

    /** What the answers so far say, joined; tombstones too. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        merged.forEach((place, content) -> entries.add(new Entry(place, content)));
        return entries;
    }

    /** What the answers so far say of one place. */
    Optional<Content> at(Place place) {
        return Optional.ofNullable(merged.get(place));
    }

    /** Who said that it has just this. */
    List<Integer> ownersWith(Entry entry) {
        List<Integer> owners = new ArrayList<>();
        answers.forEach((owner, answer) -> {
            if (entry.content().equals(answer.get(entry.place()))) {
                owners.add(owner);
            }
        });
        return owners;
    }
}
