package dev.umpire.harness.cluster;

import java.io.IOException;

/** Something that is done to a node or to the machine. Blocks. */
public interface Lever {
    void pull() throws IOException;
}
