package dev.umpire.checkers.oracle;

/**
 * How many histories the random and the exhaustive tests judge: all that they name, or the part of them that
 * {@code -Dumpire.oracle.share} says.
 *
 * <p>1 is usual; 0.03 is enough for a run that repeats the tests for every change of the code (mutation testing), and 10
 * draws ten times as many random histories. Every test takes its number from here, also that of cases that it wants to have
 * seen.
 */
public final class Share {
    /** Fewer random histories than so many show too little to be worth a test. */
    private static final int FEW = 10;

    private static final double SHARE = Double.parseDouble(System.getProperty("umpire.oracle.share", "1"));

    private Share() {}

    /** How many random histories to judge where {@code usual} are usual, or how many of some kind to expect among them. */
    public static int of(int usual) {
        return (int) Math.max(Math.ceil(usual * SHARE), Math.min(usual, FEW));
    }

    /** How many of some kind to expect where {@code usual} are usual; none can be asked of a small share. */
    public static int seen(int usual) {
        return isSmall() ? 0 : usual;
    }

    /** Whether fewer than usual are judged, so that rare kinds need not be among them. */
    public static boolean isSmall() {
        return SHARE < 1;
    }

    /** Whether the one of this number, from 0, of an enumeration of which all are usual is to be judged. */
    public static boolean includes(long number) {
        return number % stride(1) == 0;
    }

    /** Of an enumeration, one of so many histories is to be judged: where one of {@code usual} is usual, or of more. */
    static long stride(int usual) {
        return Math.max(1, Math.round(usual / SHARE));
    }
}
