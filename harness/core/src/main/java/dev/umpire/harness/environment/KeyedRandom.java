package dev.umpire.harness.environment;

/**
 * Random numbers drawn by (seed, stream, index), never by the order of calls: drawing one more number somewhere changes
 * nothing anywhere else. Pure; the same on every machine and JDK.
 *
 * <p>The mixer is the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * OOPSLA 2014), applied to the seed, the stream's name and the index in turn.
 *
 * @param seed any number
 */
public record KeyedRandom(long seed) {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** The numbers of one purpose, such as {@code "register/key"}. */
    public Stream stream(String name) {
        long hash = mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i)) + GOLDEN_GAMMA;
        }
        return new Stream(hash);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /**
     * The random numbers of one purpose, by index.
     *
     * @param root the hash of seed and name
     */
    public record Stream(long root) {

        /** 64 random bits. */
        public long bits(long index) {
            return mix(mix(root + index * GOLDEN_GAMMA) + GOLDEN_GAMMA);
        }

        /** A number from 0 to {@code bound - 1}. */
        public int below(int bound, long index) {
            if (bound < 1) {
                throw new IllegalArgumentException("bound: found " + bound + ", expected 1 or more");
            }
            return (int) Math.multiplyHigh(bits(index) >>> 1, (long) bound << 1);
        }

        /** A number from {@code least} to {@code most}, both included. */
        public long between(long least, long most, long index) {
            if (least > most) {
                throw new IllegalArgumentException("least: found " + least + ", expected at most " + most);
            }
            long span = most - least + 1;
            return least + (span <= 0 ? bits(index) : Math.floorMod(bits(index), span));
        }

        /** A number from 0 inclusive to 1 exclusive. */
        public double unit(long index) {
            return (bits(index) >>> 11) * 0x1.0p-53;
        }

        /** Whether an event of this probability happens. */
        public boolean chance(double probability, long index) {
            return unit(index) < probability;
        }

        /** A stream of this stream, such as one for each session. */
        public Stream split(long index) {
            return new Stream(bits(index));
        }
    }
}
