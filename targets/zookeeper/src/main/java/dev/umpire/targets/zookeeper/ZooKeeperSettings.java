package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.Arrays;
import java.util.List;

/**
 * The settings of the ZooKeeper target, read.
 *
 * @param where {@code 10.0.0.1:2181 · } and so on, where the servers run already; else empty
 * @param reads what precedes a read
 * @param at which server a session asks
 * @param home the folder of an installation; empty: the jars that the build has put aside
 * @param version of those jars; {@link KnownVersions#ANY}: the home's version is not asked for
 * @param root below which the keys of the run lie: {@code /umpire}; empty: right below that of the tree
 */
record ZooKeeperSettings(String where, Reads reads, AskedNode at, String home, String version, String root) {

    static final String VERSION = "3.9.3";

    /** Probes read in the log what 3.9 says to a greeting. */
    static final KnownVersions KNOWN = new KnownVersions("ZooKeeper", "3.9", "3.9");

    private static final String PREFIX = "prefix";

    /** What precedes a read in its session. */
    enum Reads {
        /** Nothing: the asked server answers at once. */
        LOCAL("local", "local reads"),
        /** A {@code sync}, which the leader answers without asking the others. */
        SYNC("sync", "sync before reads"),
        /** A write, on which most servers agree. */
        AFTER_WRITE("after-write", "a write before reads");

        private final String option;
        private final String words;

        Reads(String option, String words) {
            this.option = option;
            this.words = words;
        }

        static List<String> options() {
            return Arrays.stream(values()).map(reads -> reads.option).toList();
        }

        static Reads of(String option) {
            return Arrays.stream(values())
                    .filter(reads -> reads.option.equals(option))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "reads: found " + option + ", expected one of " + String.join(", ", options())));
        }
    }

    private static final List<Setting> EVERYWHERE = List.of(
            new Setting(
                    "reads",
                    Reads.options(),
                    Reads.SYNC.option,
                    "local: the asked server answers at once; sync: it first waits for what the leader has committed;"
                            + " after-write: it first takes part in a write"),
            new Setting("at", AskedNode.options(), "home", "which server a session asks"));

    private static final List<Setting> OF_PROCESSES = List.of(
            new Setting("home", List.of(), "", "the folder with the server's jars; empty: where the build puts them"),
            new Setting(
                    "version",
                    List.of(),
                    VERSION,
                    "the version whose jars are used where no home is given; any: with a home, whatever its version"));

    static final List<Setting> ALL = ExternalSettings.all(
            EVERYWHERE,
            OF_PROCESSES,
            List.of(
                    new Setting(
                            PREFIX,
                            List.of(),
                            "umpire",
                            "a node right below the root of the tree that the run makes, below which it puts all its keys, and deletes")),
            true);

    static ZooKeeperSettings of(Settings settings) {
        return new ZooKeeperSettings(
                ExternalSettings.describe(settings),
                Reads.of(settings.get("reads")),
                AskedNode.of(settings.get("at")),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.value(settings, "version"),
                ExternalSettings.external(settings) ? "/" + ExternalSettings.prefix(settings) : "");
    }

    /** Refuses a root that lies deeper. */
    void requirePossible() {
        if (root.lastIndexOf('/') > 0) {
            throw new IllegalArgumentException(
                    PREFIX + ": found " + root.substring(1) + ", expected a name without a slash");
        }
    }

    String describe() {
        return where + "Zab · " + reads.words + " · " + at.words();
    }
}
