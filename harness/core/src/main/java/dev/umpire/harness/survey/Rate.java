package dev.umpire.harness.survey;

/**
 * How often something came back, and how often it may come back in truth.
 *
 * <p>The interval is Wilson's at 95 % (<i>Probable Inference, the Law of Succession, and Statistical Inference</i>, JASA 22,
 * 1927). Unlike the usual one it is no point where it came back in none or in all of a few runs.
 *
 * @param hits in how many runs
 * @param runs of how many; 1 or more
 */
public record Rate(long hits, long runs) {
    /** The standard normal quantile between whose two sides 95 % lie. */
    private static final double Z = 1.959963984540054;

    public Rate {
        if (runs < 1) {
            throw new IllegalArgumentException("runs: found " + runs + ", expected 1 or more");
        }
        if (hits < 0 || hits > runs) {
            throw new IllegalArgumentException("hits: found " + hits + ", expected 0 to " + runs);
        }
    }

    /** The share that was seen, 0 to 1. */
    public double share() {
        return (double) hits / runs;
    }

    /** The lower end of the interval, 0 to 1. */
    public double low() {
        return hits == 0 ? 0 : middle() - half();
    }

    /** The upper end of the interval, 0 to 1. */
    public double high() {
        return hits == runs ? 1 : middle() + half();
    }

    private double middle() {
        return (share() + Z * Z / (2 * runs)) / (1 + Z * Z / runs);
    }

    private double half() {
        double variance = share() * (1 - share()) / runs + Z * Z / (4.0 * runs * runs);
        return Z * Math.sqrt(variance) / (1 + Z * Z / runs);
    }
}
