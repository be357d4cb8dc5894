package dev.umpire.checkers.availability;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What one fault cost those who asked.
 *
 * @param fault the fault
 * @param longestSilence the longest of all functions' silences that lies at least in part between injection and heal, or that
 *     begins between the heal and the next fault (what the heal itself costs, as when a node comes back); of each only as much
 *     counts as is before that next fault; empty where nobody asked, or no times are recorded
 * @param recovery the slowest function's silence by which {@link RecoversWithin} is judged, up to the next fault; empty where
 *     that is not obliged to anything
 * @param lostWrites how many acknowledged writes were shown to be lost to it; empty where durability could not be judged
 */
public record FaultAvailability(
        Fault fault, Optional<Silence> longestSilence, Optional<Silence> recovery, OptionalLong lostWrites) {

    /**
     * The faults of a history in their order. O(operations x faults) at most.
     *
     * @param durability the verdict on durability with all of its anomalies; empty: it was not asked for
     */
    public static List<FaultAvailability> of(History history, Optional<Verdict> durability) {
        List<Fault> faults = Fault.of(history);
        List<Lane> lanes = Lane.of(history);
        List<Window> windows = Window.of(faults);
        Optional<Map<Fault, Long>> losses = durability.flatMap(verdict -> LossesByFault.of(history, verdict, faults));
        List<FaultAvailability> all = new ArrayList<>();
        for (Fault fault : faults) {
            all.add(new FaultAvailability(
                    fault,
                    longestSilence(fault, nextAfterHeal(fault, faults), lanes),
                    windows.stream()
                            .filter(window -> window.fault().equals(fault))
                            .findFirst()
                            .flatMap(window -> slowest(window, lanes)),
                    losses.map(lost -> OptionalLong.of(lost.getOrDefault(fault, 0L)))
                            .orElse(OptionalLong.empty())));
        }
        return all;
    }

    private static Optional<Silence> longestSilence(Fault fault, long nextNanos, List<Lane> lanes) {
        if (fault.injectedNanos().isEmpty()) {
            return Optional.empty();
        }
        long from = fault.injectedNanos().getAsLong();
        long healed = fault.healedNanos().orElse(Long.MAX_VALUE);
        return lanes.stream()
                .filter(lane -> lane.isAcknowledgedBefore(from))
                .flatMap(lane -> Stream.concat(
                                lane.longest(from, healed, nextNanos).stream(),
                                lane.longestFrom(healed, nextNanos, nextNanos).stream())
                        .map(silence -> silence.before(nextNanos)))
                .max(Comparator.comparingLong(Silence::nanos));
    }

    /** When the first fault after the heal of one is injected; {@link Long#MAX_VALUE} if none is, or it is not healed. */
    private static long nextAfterHeal(Fault fault, List<Fault> faults) {
        long healed = fault.healedNanos().orElse(Long.MAX_VALUE);
        return faults.stream()
                .filter(other -> !other.equals(fault))
                .flatMapToLong(other -> other.injectedNanos().stream())
                .filter(injected -> injected > healed)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** One that did not end is slower than any that did. */
    private static Optional<Silence> slowest(Window window, List<Lane> lanes) {
        Stream<Silence> recoveries = lanes.stream().flatMap(lane -> window.recovery(lane).stream());
        return recoveries
                .map(recovery -> recovery.before(window.untilNanos()))
                .max(Comparator.comparing((Silence recovery) -> !recovery.ended())
                        .thenComparingLong(Silence::nanos));
    }
}
