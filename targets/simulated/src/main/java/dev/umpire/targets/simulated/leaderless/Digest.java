package dev.umpire.targets.simulated.leaderless;

/** Digests of 64 bits that are the same on every machine and JDK. */
final class Digest {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Digest() {}

    /** FNV-1a over the text, mixed. */
    static long of(String text) {
        long digest = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            digest = (digest ^ text.charAt(i)) * PRIME;
        }
        return mix(digest);
    }

    /** Of two numbers in this order. */
    static long of(long first, long second) {
        return mix(mix(first) * PRIME + second);
    }

    /** Stafford's mix 13, as in SplitMix64: close numbers become far ones. */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
