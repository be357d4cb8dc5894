package dev.umpire.checkers.knossos;

import dev.umpire.checkers.knossos.analysis.Algorithm;
import java.util.List;

/**
 * How Knossos is asked. Made from {@link #DEFAULT} by the {@code with} methods.
 *
 * @param algorithm which of its searches
 * @param inProcess whether it runs in this process, where a search that does not stop takes a core and its memory for ever;
 *     else it runs in one of its own, which is killed
 * @param heapMegabytes heap of the other process; 0: what its JVM takes by itself, a quarter of the machine's memory
 * @param limitMillis how long one history may take without loading Knossos; 1 or more
 * @param classPath jars and folders in which Clojure and Knossos are looked for, beside the class path of this process
 */
public record KnossosOptions(
        Algorithm algorithm, boolean inProcess, long heapMegabytes, long limitMillis, List<String> classPath) {

    /** Both searches in a process of its own, for a minute. */
    public static final KnossosOptions DEFAULT = new KnossosOptions(Algorithm.COMPETITION, false, 0, 60_000, List.of());

    public KnossosOptions {
        classPath = List.copyOf(classPath);
        if (heapMegabytes < 0) {
            throw new IllegalArgumentException("heapMegabytes: found " + heapMegabytes + ", expected 0 or more");
        }
        if (limitMillis < 1) {
            throw new IllegalArgumentException("limitMillis: found " + limitMillis + ", expected 1 or more");
        }
    }

    public KnossosOptions with(Algorithm search) {
        return new KnossosOptions(search, inProcess, heapMegabytes, limitMillis, classPath);
    }

    public KnossosOptions withInProcess(boolean inThisProcess) {
        return new KnossosOptions(algorithm, inThisProcess, heapMegabytes, limitMillis, classPath);
    }

    public KnossosOptions withHeapMegabytes(long megabytes) {
        return new KnossosOptions(algorithm, inProcess, megabytes, limitMillis, classPath);
    }

    public KnossosOptions withLimitMillis(long millis) {
        return new KnossosOptions(algorithm, inProcess, heapMegabytes, millis, classPath);
    }

    public KnossosOptions withClassPath(List<String> jarsAndFolders) {
        return new KnossosOptions(algorithm, inProcess, heapMegabytes, limitMillis, jarsAndFolders);
    }
}
