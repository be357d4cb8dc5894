package dev.umpire.targets.simulated.client;

import dev.umpire.targets.simulated.world.Message;

/** A node's answer to one try of a client. */
public interface Reply extends Message {

    /** The id of the try, as {@link Try#id} gave it. */
    long id();
}
