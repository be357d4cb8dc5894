/**
 * The bridge: the only classes that know Clojure, and that Knossos is written in it.
 *
 * <p>In: one object of a history, as calls and times. Out: a {@link dev.umpire.checkers.knossos.analysis.Finding}. Start with
 * {@link dev.umpire.checkers.knossos.bridge.Bridge}; {@link dev.umpire.checkers.knossos.bridge.KnossosModels} is for those
 * who want a model of Knossos for a search of ours.
 *
 * <p>Decision: Knossos is looked up by name when it is needed and never linked to. What it is given are persistent maps with
 * interned keywords, integer processes, and values that no two of which are equal for Clojure unless they are for us; what
 * of that it needs was found out by asking it, and stands beside the line that does it.
 */
@NullMarked
package dev.umpire.checkers.knossos.bridge;

import org.jspecify.annotations.NullMarked;
