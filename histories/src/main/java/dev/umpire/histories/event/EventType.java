package dev.umpire.histories.event;

/** What an event says of its operation; Jepsen's four types. */
public enum EventType {
    /** The operation begins. */
    INVOKE,
    /** It took effect before this event. */
    OK,
    /** It certainly did not take effect. */
    FAIL,
    /** Its outcome is unknown; also the type of every event that is no operation of a client (faults). */
    INFO
}
