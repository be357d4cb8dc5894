package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of the MariaDB target, read.
 *
 * @param where {@code 10.0.0.1:3306 · } and so on, where the servers run already; else empty
 * @param oneWriter whether each key is written at one node only; else where the session is
 * @param reads which node a session reads at
 * @param conflicts {@code idempotent}: a replica goes on where a change does not fit; {@code stop}; empty where the servers run
 *     already
 * @param home the folder of the installation; empty: Debian's
 * @param database of the run, on servers that run already
 * @param version which versions of the server are taken
 */
record MariadbSettings(
        String where,
        boolean oneWriter,
        AskedNode reads,
        String conflicts,
        String home,
        String database,
        String version) {

    /** The programs have had these names since 10.5. */
    static final KnownVersions KNOWN = new KnownVersions("MariaDB", "10.5", "10.11");

    private static final String STOP = "stop";
    private static final String IDEMPOTENT = "idempotent";
    private static final String DATABASE = "database";

    private static final List<Setting> EVERYWHERE = List.of(
            new Setting(
                    "writes",
                    List.of("owner", "home"),
                    "owner",
                    "owner: each key at one master, which owns it; home: at the session's home node, whoever wrote it before"),
            new Setting(
                    "reads",
                    AskedNode.options(),
                    "home",
                    "home: at the session's home node, which changes; sticky: at one node of the session; any: at a random one"));

    private static final List<Setting> OF_PROCESSES = List.of(
            new Setting(
                    "conflicts",
                    List.of(STOP, IDEMPOTENT),
                    STOP,
                    "slave_exec_mode: what a replica does with a change that does not fit: STRICT stops, IDEMPOTENT goes on"),
            new Setting("home", List.of(), "", "the folder of the installation; empty: Debian's"),
            KNOWN.setting());

    static final List<Setting> ALL = ExternalSettings.all(EVERYWHERE, OF_PROCESSES, ofExternal(), false);

    private static List<Setting> ofExternal() {
        List<Setting> settings = new ArrayList<>(List.of(new Setting(
                DATABASE,
                List.of(),
                SqlNodes.USER,
                "a database that the run makes, uses, and drops, so that your tables stay yours")));
        settings.addAll(SqlAccount.settings());
        return settings;
    }

    static MariadbSettings of(Settings settings) {
        return new MariadbSettings(
                ExternalSettings.describe(settings),
                settings.get("writes").equals("owner"),
                AskedNode.of(settings.get("reads")),
                ExternalSettings.value(settings, "conflicts"),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.external(settings) ? settings.get(DATABASE) : "",
                ExternalSettings.value(settings, "version"));
    }

    /** Refuses a name of a database that would have to be quoted. */
    void requirePossible() {
        if (!where.isEmpty() && !database.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(DATABASE + ": found " + (database.isEmpty() ? "none" : database)
                    + ", expected a small letter, and then small letters, digits, or _");
        }
    }

    boolean idempotent() {
        return conflicts.equals(IDEMPOTENT);
    }

    String describe() {
        return where + "masters in a circle · writes at " + (oneWriter ? "the key's owner" : "any master")
                + " · reads: " + reads.words()
                + switch (conflicts) {
                    case IDEMPOTENT -> " · conflicts are written over";
                    case STOP -> " · conflicts stop the replica";
                    default -> "";
                };
    }
}
