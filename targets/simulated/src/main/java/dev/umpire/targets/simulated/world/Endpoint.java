package dev.umpire.targets.simulated.world;

/** Where messages arrive. */
interface Endpoint {

    /** A message arrived from the endpoint with this address. */
    void arrive(int from, Message message);
}
