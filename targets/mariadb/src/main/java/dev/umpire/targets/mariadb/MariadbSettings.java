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
import java.util.OptionalInt;

/**
 * The settings of the MariaDB target, read.
 *
 * @param where {@code 10.0.0.1:3306 · } and so on, where the servers run already; else empty
 * @param galera whether the nodes certify write sets together; else each is the replica of the one before it, in a circle
 * @param syncWait what a node of Galera waits with until it has what the cluster had committed; empty in a circle
 * @param oneWriter whether each key is written at one node only; else where the session is
 * @param reads which node a session reads at
 * @param conflicts {@code idempotent}: a replica goes on where a change does not fit; {@code stop}; empty where the servers run
 *     already, and with Galera
 * @param idsMayClash whether every master of a circle counts alike; else each has ids of its own
 * @param provider the library of Galera; empty in a circle, and where the servers run already
 * @param home the folder of the installation; empty: Debian's
 * @param database of the run, on servers that run already
 * @param version which versions of the server are taken
 */
record MariadbSettings(
        String where,
        boolean galera,
        String syncWait,
        boolean oneWriter,
        AskedNode reads,
        String conflicts,
        boolean idsMayClash,
        String provider,
        String home,
        String database,
        String version) {

    /** The programs have had these names since 10.5. */
    static final KnownVersions KNOWN = new KnownVersions("MariaDB", "10.5", "10.11");

    private static final String REPLICATION = "replication";
    private static final String CIRCLE = "circle";
    private static final String GALERA = "galera";
    private static final String SYNC_WAIT = "sync-wait";
    private static final String NOTHING_WAITS = "none";
    private static final String READS_WAIT = "reads";
    private static final String PROVIDER = "provider";

    /** Of {@code wsrep_sync_wait}. */
    private static final int READS = 1;

    private static final int READS_AND_CHANGES = 1 + 2 + 4;

    private static final String STOP = "stop";
    private static final String IDEMPOTENT = "idempotent";
    private static final String AUTO_INCREMENT = "auto-increment";
    private static final String OFFSET = "offset";
    private static final String SAME = "same";
    private static final String DATABASE = "database";

    private static final List<Setting> EVERYWHERE = List.of(
            new Setting(
                    REPLICATION,
                    List.of(CIRCLE, GALERA),
                    CIRCLE,
                    "circle: each master is the replica of the one before it; galera: all certify write sets in one order"),
            new Setting(
                            SYNC_WAIT,
                            List.of(NOTHING_WAITS, READS_WAIT, "all"),
                            NOTHING_WAITS,
                            "wsrep_sync_wait: what waits until its node has all that the cluster had committed: 0, 1, 7")
                    .onlyWith(REPLICATION, GALERA),
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
                            "slave_exec_mode: what a replica does with a change that does not fit: STRICT stops, IDEMPOTENT goes on")
                    .onlyWith(REPLICATION, CIRCLE),
            new Setting(
                            AUTO_INCREMENT,
                            List.of(OFFSET, SAME),
                            OFFSET,
                            "how AUTO_INCREMENT counts: offset: each master has ids of its own; same: all count alike, and clash")
                    .onlyWith(REPLICATION, CIRCLE),
            new Setting(PROVIDER, List.of(), "", "the library of Galera; empty: Debian's")
                    .onlyWith(REPLICATION, GALERA),
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
                settings.get(REPLICATION).equals(GALERA),
                ExternalSettings.value(settings, SYNC_WAIT),
                settings.get("writes").equals("owner"),
                AskedNode.of(settings.get("reads")),
                ExternalSettings.value(settings, "conflicts"),
                ExternalSettings.value(settings, AUTO_INCREMENT).equals(SAME),
                ExternalSettings.value(settings, PROVIDER),
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

    /** What sessions of the run have as {@code wsrep_sync_wait}; empty: what the server has, as it has none in a circle. */
    OptionalInt wsrepSyncWait() {
        return galera
                ? OptionalInt.of(
                        switch (syncWait) {
                            case NOTHING_WAITS -> 0;
                            case READS_WAIT -> READS;
                            default -> READS_AND_CHANGES;
                        })
                : OptionalInt.empty();
    }

    boolean idempotent() {
        return conflicts.equals(IDEMPOTENT);
    }

    String describe() {
        return where + (galera ? "Galera" : "masters in a circle") + " · writes at "
                + (oneWriter ? "the key's owner" : "any master")
                + " · reads: " + reads.words()
                + switch (conflicts) {
                    case IDEMPOTENT -> " · conflicts are written over";
                    case STOP -> " · conflicts stop the replica";
                    default -> "";
                }
                + (idsMayClash ? " · ids may clash" : "")
                + switch (syncWait) {
                    case "" -> "";
                    case NOTHING_WAITS -> " · nothing waits for what others commit";
                    case READS_WAIT -> " · reads wait for what was committed before";
                    default -> " · reads and changes wait for what was committed before";
                };
    }
}
