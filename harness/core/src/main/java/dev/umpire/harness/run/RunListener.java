package dev.umpire.harness.run;

import dev.umpire.harness.plan.Script;
import dev.umpire.histories.event.Event;

/** Is told of a run while it goes on, on the loop; must be quick. */
public interface RunListener {

    /** Hears nothing. */
    RunListener SILENT = new RunListener() {};

    /** The run entered another phase: {@code "starting"}, {@code "running"}, {@code "healing"}, {@code "converging"}. */
    default void phase(String name) {}

    /** Something that a killed harness had left was undone before this run; one sentence. */
    default void undone(String sentence) {}

    /** The run is over: what was asked and what struck, as it can be again. */
    default void scheduled(Script script) {}

    /** An event was recorded; also those of the nemesis. */
    default void recorded(Event event) {}
}
