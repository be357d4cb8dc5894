package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

/**
 * The settings of the MariaDB target, read.
 *
 * @param oneWriter whether each key is written at one node only; else where the session is
 * @param reads which node a session reads at
 * @param idempotent whether a replica goes on where a change does not fit, instead of stopping
 * @param home the folder of the installation; empty: Debian's
 * @param version which versions of the server are taken
 */
record MariadbSettings(boolean oneWriter, AskedNode reads, boolean idempotent, String home, String version) {

    /** The programs have had these names since 10.5. */
    static final KnownVersions KNOWN = new KnownVersions("MariaDB", "10.5", "10.11");

    private static final String STOP = "stop";

    static final List<Setting> ALL = List.of(
            new Setting(
                    "writes",
                    List.of("owner", "home"),
                    "owner",
                    "owner: each key at one master, which owns it; home: at the session's home node, whoever wrote it before"),
            new Setting(
                    "reads",
                    AskedNode.options(),
                    "home",
                    "home: at the session's home node, which changes; sticky: at one node of the session; any: at a random one"),
            new Setting(
                    "conflicts",
                    List.of(STOP, "idempotent"),
                    STOP,
                    "slave_exec_mode: what a replica does with a change that does not fit: STRICT stops, IDEMPOTENT goes on"),
            new Setting("home", List.of(), "", "the folder of the installation; empty: Debian's"),
            KNOWN.setting());

    static MariadbSettings of(Settings settings) {
        return new MariadbSettings(
                settings.get("writes").equals("owner"),
                AskedNode.of(settings.get("reads")),
                !settings.get("conflicts").equals(STOP),
                settings.get("home"),
                settings.get("version"));
    }

    String describe() {
        return "masters in a circle · writes at " + (oneWriter ? "the key's owner" : "any master")
                + " · reads: " + reads.words()
                + " · conflicts " + (idempotent ? "are written over" : "stop the replica");
    }
}
