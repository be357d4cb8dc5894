package dev.umpire.histories;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.value.Value;
import java.util.OptionalLong;

/**
 * What the nemesis did or saw, at one moment.
 *
 * <p>In the recordings of Umpire {@code function} is {@code inject} (about to be put in force), {@code confirm} (a probe
 * saw it in force), {@code heal} (about to be undone) or {@code gone} (a probe saw that it is undone), or
 * {@code unconfirmed} (a probe did not see what was expected), and {@code value} is a map with {@code id} (a number that
 * joins the events of one fault), {@code fault} (its kind: {@code crash}, {@code pause}, {@code partition},
 * {@code failover}) and what it strikes: {@code nodes} a list of names, {@code links} a list of {@code [from to]}, and
 * {@code evidence}, the probe's own sentence. An event of no fault is {@code unconverged} ({@link #UNCONVERGED}): its
 * {@code evidence} says what was last seen of the replicas; or {@code stopped} ({@link #STOPPED}): it says which of them has stopped,
 * and why. Other people's recordings have their own names.
 *
 * @param position the rank of the event in the recording
 * @param nanos when, where recorded
 */
public record NemesisEvent(int position, OptionalLong nanos, String function, Value value) {

    /**
     * The function of the event that stands before the final reads where the replicas did not agree in time: such reads show what
     * each replica held, and not what it would have held in the end.
     */
    public static final String UNCONVERGED = "unconverged";

    /**
     * The function of the event that stands before the final reads where a replica had stopped for good and nothing more was to come
     * at the others: such reads show what each replica will hold for ever.
     */
    public static final String STOPPED = "stopped";

    static NemesisEvent of(int position, Event event) {
        return new NemesisEvent(
                position,
                event.time(),
                event.function().orElse(""),
                event.value().orElse(Value.NIL));
    }
}
