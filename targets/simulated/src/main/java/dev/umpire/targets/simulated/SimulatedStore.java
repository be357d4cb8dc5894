package dev.umpire.targets.simulated;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One method of replication, as {@link SimulatedTarget} offers it. */
public interface SimulatedStore {

    /** The setting that chooses the store. */
    String STORE = "store";

    /** Of a defect's source. */
    String KLEPPMANN = "Kleppmann, Designing Data-Intensive Applications, ";

    /** What every correct configuration stands: all that loses no synced data and needs no leader. */
    Set<FaultKind> USUAL_FAULTS = Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.SLOW,
            FaultKind.LOSS,
            FaultKind.DUPLICATION,
            FaultKind.CLOCK);

    /** The value of {@link #STORE} that chooses this one. */
    String name();

    /** The settings that only this store takes. A name belongs to one store. */
    List<Setting> settings();

    /** Its named correct configurations; each sets {@link #STORE}. */
    List<Configuration> configurations();

    /** The defects that it can be told to have. */
    List<Defect> defects();

    /** What these settings make of it, in a few words. */
    String describe(Settings settings);

    /** The faults that it can be given with these settings. */
    default Set<FaultKind> faults(Settings settings) {
        return USUAL_FAULTS;
    }

    /** As {@link dev.umpire.harness.target.Target#positionUnit}. */
    default Optional<String> positionUnit() {
        return Optional.of("entry");
    }

    /** The functions that its clients understand with these settings. */
    Set<String> functions(Settings settings);

    /**
     * Refuses settings whose values cannot be, or that contradict one another or the number of nodes.
     *
     * @throws IllegalArgumentException if so; the message says what was found and what is expected
     */
    void requirePossible(Settings settings, int nodes);

    /** Starts a cluster; completes when it takes requests. */
    CompletionStage<Cluster> start(StartContext context, WorldConditions conditions);
}
