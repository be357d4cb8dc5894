package dev.umpire.harness.generator;

import dev.umpire.harness.target.Request;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** The generators of which others are composed. */
public final class Generators {
    private Generators() {}

    /** Nothing. */
    public static Generator nothing() {
        return context -> Step.DONE;
    }

    /**
     * Requests without end, each by its number from 0, to whichever session is free.
     *
     * @param requests pure
     */
    public static Generator requests(LongFunction<Request> requests) {
        return new Requests(requests, 0);
    }

    /** These actions, once, in this order. */
    public static Generator inOrder(List<? extends Action> actions) {
        return new InOrder(List.copyOf(actions), 0);
    }

    /** At each step one of these, drawn evenly; a generator that is done is drawn no more. */
    public static Generator mix(String stream, List<Generator> choices) {
        return new Mix(stream, 0, List.copyOf(choices));
    }

    /** At most so many actions. */
    public static Generator limit(long actions, Generator of) {
        return new Limit(requireAtLeastZero("actions", actions), of);
    }

    /** Ends so many nanoseconds after it was first asked. */
    public static Generator timeLimit(long nanos, Generator of) {
        return new TimeLimit(requireAtLeastZero("nanos", nanos), OptionalLong.empty(), of);
    }

    /** Actions at this rate on average: the time between two is drawn evenly from 0 to twice the mean. */
    public static Generator stagger(String stream, double ratePerSecond, Generator of) {
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("ratePerSecond: found " + ratePerSecond + ", expected more than 0");
        }
        return paced(new Stagger(stream, Math.max(1, Math.round(1e9 / ratePerSecond))), of);
    }

    /**
     * Actions that arrive at these times, from when it is first asked on, whether or not earlier ones are answered: an open
     * loop. Who finds nobody free waits, and was intended for its arrival all the same.
     */
    public static Generator arrivals(ArrivalTimes times, Generator of) {
        return paced(times, of);
    }

    private static Generator paced(Pace pace, Generator of) {
        return new Paced(pace, 0, OptionalLong.empty(), of);
    }

    /** Nothing for so many nanoseconds, then the generator. */
    public static Generator delay(long nanos, Generator then) {
        return new Delay(requireAtLeastZero("nanos", nanos), OptionalLong.empty(), then);
    }

    /** One after another; the next begins when the one before is done and nothing is under way. */
    public static Generator phases(List<Generator> phases) {
        return new Phases(List.copyOf(phases), false);
    }

    /** So many times over; each begins when the one before has nothing more to do. */
    public static Generator repeat(long times, Generator of) {
        return new Repeat(requireAtLeastZero("times", times), of, of);
    }

    /** Over and over, without end. */
    public static Generator cycle(Generator of) {
        return new Repeat(Long.MAX_VALUE, of, of);
    }

    /** Whichever is ready first; of two that are ready, the one that stands first. Done when all are. */
    public static Generator any(List<Generator> choices) {
        return new Any(List.copyOf(choices), false);
    }

    /** Sessions and nemesis side by side. Done when the sessions are, as a nemesis never is. */
    public static Generator onNemesis(Generator nemesis, Generator clients) {
        return new Any(List.of(nemesis, clients), true);
    }

    private static long requireAtLeastZero(String name, long found) {
        if (found < 0) {
            throw new IllegalArgumentException(name + ": found " + found + ", expected 0 or more");
        }
        return found;
    }
}
