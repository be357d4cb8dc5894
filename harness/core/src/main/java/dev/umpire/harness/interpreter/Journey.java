package dev.umpire.harness.interpreter;

import dev.umpire.harness.environment.KeyedRandom;

/**
 * At which node a session is: a pure function of seed, session and how often it has moved; never twice in a row at the
 * same, where there are two.
 */
record Journey(KeyedRandom.Stream stream, int nodeCount) {

    static Journey of(KeyedRandom random, int nodeCount) {
        return new Journey(random.stream("session/home"), nodeCount);
    }

    /** The first node. Sessions are spread evenly. */
    int first(int session) {
        return (stream.below(nodeCount, -1) + session) % nodeCount;
    }

    /** The node after the one at which the session is, on its {@code move}-th move, from 1. */
    int next(int session, long move, int now) {
        return nodeCount == 1 ? 0 : (now + 1 + stream.split(session).below(nodeCount - 1, move)) % nodeCount;
    }
}
