package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.KeyedRandom;

/** A file: what its process wrote, and what of it would survive a crash. */
interface DiskFile {

    /** Whether something was written since the last sync began. */
    boolean changed();

    /** A sync begins: everything written so far is on its way. */
    void begin();

    /** The sync that began is complete: what was on its way survives. */
    void complete();

    /**
     * The process is gone: of what had not been synced, a part that is drawn survives.
     *
     * @return how many records are lost
     */
    int crash(KeyedRandom.Stream survival, long index);

    /** What puts back what would surely survive a crash now. */
    Runnable backup();
}
