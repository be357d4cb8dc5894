package dev.umpire.targets.simulated.leaderless;

/**
 * A hash tree over the places of a segment (Merkle, A Digital Signature Based on a Conventional Encryption Function, CRYPTO
 * 1987): leaves are buckets of places, and what lies under a branch is the same at two replicas if its hash is.
 */
final class HashTree {
    private static final int BITS_PER_LEVEL = 2;
    /** Under each branch. */
    static final int CHILDREN = 1 << BITS_PER_LEVEL;
    /** The root has level 0. */
    static final int LEAF_LEVEL = 3;

    static final int LEAVES = 1 << (BITS_PER_LEVEL * LEAF_LEVEL);

    private final long[][] hashes = new long[LEAF_LEVEL + 1][];

    HashTree() {
        for (int level = 0; level <= LEAF_LEVEL; level++) {
            hashes[level] = new long[1 << (BITS_PER_LEVEL * level)];
        }
    }

    /** The leaf in which a place with this digest lies. */
    static int leaf(long placeDigest) {
        return (int) (placeDigest >>> (Long.SIZE - BITS_PER_LEVEL * LEAF_LEVEL));
    }

    /** What a record with these digests adds to its leaf; a sum, so that it can be taken away again. */
    static long share(long placeDigest, long contentDigest) {
        return Digest.of(placeDigest, contentDigest);
    }

    /** Changes a leaf by the difference of two shares. */
    void add(int leaf, long difference) {
        hashes[LEAF_LEVEL][leaf] += difference;
        int branch = leaf;
        for (int level = LEAF_LEVEL - 1; level >= 0; level--) {
            branch >>>= BITS_PER_LEVEL;
            long hash = 0;
            for (int child = 0; child < CHILDREN; child++) {
                hash = Digest.of(hash, hashes[level + 1][branch * CHILDREN + child]);
            }
            hashes[level][branch] = hash;
        }
    }

    long hash(int level, int branch) {
        return hashes[level][branch];
    }

    long root() {
        return hashes[0][0];
    }
}
