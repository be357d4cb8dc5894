package dev.umpire.harness.generator;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;

/** How an action ended. */
public sealed interface Completion {

    /** A session was answered, or given up. */
    record Answered(int session, Request request, Response response) implements Completion {}

    /**
     * The nemesis struck.
     *
     * @param struck false if nothing could be aimed at now without breaking the rules of overlap: try later
     */
    record Injected(FaultKind kind, boolean struck) implements Completion {}

    /** The nemesis undid its fault. */
    record Healed(FaultKind kind) implements Completion {}
}
