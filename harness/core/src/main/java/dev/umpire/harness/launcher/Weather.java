package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.concurrent.TimeUnit;

/**
 * What makes one way of a proxy worse without closing it: it takes longer, some of what is sent is lost, or only so many bytes
 * pass in a second. What it says follows from the times that it is given, and from the numbers that it draws in turn. Lives on
 * the proxy's thread alone.
 */
final class Weather {

    /** The least time after which Linux sends a segment again. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** So often one chunk is lost at most: its fifth sending arrives, 3 s after the first. */
    private static final int MOST_LOSSES = 4;

    /** After which a connection is dialled again (RFC 6298, 2.1). */
    private static final long DIAL_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So often a dialling is lost at most: the fourth arrives, 7 s after the first. */
    private static final int MOST_LOST_DIALS = 3;

    /** What did not pass in the time before may pass at once. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A chunk holds up those of other connections for no longer than this, and is no more than a packet of Ethernet. */
    private static final long CHUNK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int PACKET_BYTES = 1460;

    private long delayNanos;
    private int lossPercent;
    private KeyedRandom.Stream losses = new KeyedRandom.Stream(0);
    private long drawn;
    private long bytesPerSecond;
    private boolean used;
    private long freeNanos;

    /** Lets everything take so much longer; 0: as quick as ever. */
    void slow(long longerNanos) {
        delayNanos = longerNanos;
    }

    /** Lets so many of a hundred chunks be lost; 0: none. */
    void lose(int percent, KeyedRandom.Stream random) {
        lossPercent = percent;
        losses = random;
    }

    /** Lets so many bytes pass in a second, together on all connections; 0: as many as ever. */
    void throttle(long bytes) {
        bytesPerSecond = bytes;
        used = false;
    }

    /** Whether the way is as good as ever. */
    boolean isFair() {
        return delayNanos == 0 && lossPercent == 0 && bytesPerSecond == 0;
    }

    /** How much longer everything takes. */
    long delayNanos() {
        return delayNanos;
    }

    /** How much longer it takes until a dialling arrives. */
    long dialNanos() {
        return delayNanos + lostNanos(DIAL_AGAIN_NANOS, MOST_LOST_DIALS);
    }

    /** How much longer it takes until a chunk arrives that has left. */
    long chunkNanos() {
        return delayNanos + lostNanos(AGAIN_NANOS, MOST_LOSSES);
    }

    private long lostNanos(long firstNanos, int most) {
        long lostNanos = 0;
        for (int lost = 0; lost < most && losses.below(100, drawn++) < lossPercent; lost++) {
            lostNanos += firstNanos << lost;
        }
        return lostNanos;
    }

    /** The most bytes of a chunk. */
    int mostBytes() {
        if (bytesPerSecond == 0) {
            return Integer.MAX_VALUE;
        }
        long inTime = bytesPerSecond * CHUNK_NANOS / TimeUnit.SECONDS.toNanos(1);
        return (int) Math.max(1, Math.min(PACKET_BYTES, inTime));
    }

    /**
     * When a chunk has left that comes now, behind all that came before on any connection: a bucket of tokens that fills at the
     * rate of the way and holds what passes in {@link #BURST_NANOS}, kept as the time at which it will be full.
     */
    long leavesNanos(long nowNanos, int bytes) {
        if (bytesPerSecond == 0) {
            return nowNanos;
        }
        long earliest = nowNanos - BURST_NANOS;
        if (!used || freeNanos - earliest < 0) {
            used = true;
            freeNanos = earliest;
        }
        freeNanos += bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        return freeNanos - nowNanos > 0 ? freeNanos : nowNanos;
    }
}
