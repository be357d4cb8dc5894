package dev.umpire.harness.target;

/** A logical client whose program order matters; it survives reconnects and moves between nodes. Numbered from 0. */
public record Session(int number) {}
