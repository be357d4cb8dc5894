package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.Arrays;
import java.util.List;

/**
 * The settings of the ZooKeeper target, read.
 *
 * @param reads what precedes a read
 * @param at which server a session asks
 * @param home the folder of an installation; empty: the jars that the build has put aside
 * @param version of those jars; {@link KnownVersions#ANY}: the home's version is not asked for
 */
record ZooKeeperSettings(Reads reads, AskedNode at, String home, String version) {

    static final String VERSION = "3.9.3";

    /** Probes read in the log what 3.9 says to a greeting. */
    static final KnownVersions KNOWN = new KnownVersions("ZooKeeper", "3.9", "3.9");

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

    static final List<Setting> ALL = List.of(
            new Setting(
                    "reads",
                    Reads.options(),
                    Reads.SYNC.option,
                    "local: the asked server answers at once; sync: it first waits for what the leader has committed;"
                            + " after-write: it first takes part in a write"),
            new Setting("at", AskedNode.options(), "home", "which server a session asks"),
            new Setting("home", List.of(), "", "the folder with the server's jars; empty: where the build puts them"),
            new Setting(
                    "version",
                    List.of(),
                    VERSION,
                    "the version whose jars are used where no home is given; any: with a home, whatever its version"));

    static ZooKeeperSettings of(Settings settings) {
        return new ZooKeeperSettings(
                Reads.of(settings.get("reads")),
                AskedNode.of(settings.get("at")),
                settings.get("home"),
                settings.get("version"));
    }

    String describe() {
        return "Zab · " + reads.words + " · " + at.words();
    }
}
