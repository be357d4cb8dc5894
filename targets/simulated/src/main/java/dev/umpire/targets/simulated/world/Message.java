package dev.umpire.targets.simulated.world;

/** What travels over the network: immutable, as the sender keeps it too. */
public interface Message {}
