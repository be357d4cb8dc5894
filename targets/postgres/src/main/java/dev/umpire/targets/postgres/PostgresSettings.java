package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.sql.SqlAccount;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of the PostgreSQL target, read.
 *
 * @param where {@code 10.0.0.1:5432 · } and so on, where the servers run already; else empty
 * @param commit {@code synchronous_commit}, as PostgreSQL names it; empty where the servers run already
 * @param standbys how standbys are counted that confirm a commit
 * @param confirming how many must; 0: none is asked; {@link #ALL_STANDBYS}: all that there are
 * @param fenced whether the old primary is ended before another is promoted
 * @param rewind whether a node that missed a failover comes back by {@code pg_rewind}; else by a new base backup
 * @param home the folder of the installation; empty: the newest of Debian's
 * @param database of servers that run already
 * @param schema in which the table of the run lies; empty: as the server has it
 * @param version which versions of the server are taken
 */
record PostgresSettings(
        String where,
        Reads reads,
        String commit,
        String standbys,
        int confirming,
        boolean fenced,
        boolean rewind,
        String home,
        String database,
        String schema,
        String version) {

    /** A standby has heard of another primary without a new start since 13. */
    static final KnownVersions KNOWN = new KnownVersions("PostgreSQL", "13", "15");

    /** More than there can be. */
    static final int ALL_STANDBYS = Integer.MAX_VALUE;

    private static final String NONE = "none";
    private static final String ALL_OF_THEM = "all";
    private static final String DATABASE = "database";
    private static final String SCHEMA = "schema";
    private static final List<String> LOCAL = List.of("off", "local");

    private static final List<Setting> EVERYWHERE = List.of(new Setting(
            "reads",
            List.of("leader", "any-follower", "sticky", "token"),
            "leader",
            "which node answers reads; token: any standby, once it has replayed all that the session wrote and read"));

    private static final List<Setting> OF_PROCESSES = List.of(
            new Setting(
                    "commit",
                    List.of("off", "local", "remote_write", "on", "remote_apply"),
                    "on",
                    "synchronous_commit: what a commit waits for before it is acknowledged"),
            new Setting(
                    "standbys",
                    List.of(NONE, "any-1", "any-2", "first-1", "first-2", ALL_OF_THEM),
                    NONE,
                    "synchronous_standby_names: how many standbys must confirm: any, the first of the list, or all"
                            + " that there are"),
            new Setting(
                            "fencing",
                            List.of("yes", "no"),
                            "yes",
                            "no: at a failover the old primary lives on, and sessions at home there go on using it")
                    .decidingPromises(),
            new Setting(
                    "rejoin",
                    List.of("rewind", "copy"),
                    "rewind",
                    "how a node that missed a failover comes back: pg_rewind, or a new base backup"),
            new Setting("home", List.of(), "", "the folder of the installation; empty: the newest of Debian's"),
            KNOWN.setting());

    static final List<Setting> ALL = ExternalSettings.all(EVERYWHERE, OF_PROCESSES, ofExternal(), true);

    private static List<Setting> ofExternal() {
        List<Setting> settings = new ArrayList<>(List.of(
                new Setting(DATABASE, List.of(), "postgres", "the database to connect to"),
                new Setting(
                        SCHEMA,
                        List.of(),
                        SqlNodes.USER,
                        "a schema that the run makes, uses, and drops, so that your tables stay yours")));
        settings.addAll(SqlAccount.settings());
        return settings;
    }

    static PostgresSettings of(Settings settings) {
        String standbys = ExternalSettings.value(settings, "standbys");
        int dash = standbys.indexOf('-');
        boolean all = standbys.equals(ALL_OF_THEM);
        return new PostgresSettings(
                ExternalSettings.describe(settings),
                Reads.of(settings.get("reads")),
                ExternalSettings.value(settings, "commit"),
                all ? "any" : dash < 0 ? NONE : standbys.substring(0, dash),
                all ? ALL_STANDBYS : dash < 0 ? 0 : Integer.parseInt(standbys.substring(dash + 1)),
                ExternalSettings.value(settings, "fencing").equals("yes"),
                ExternalSettings.value(settings, "rejoin").equals("rewind"),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.external(settings) ? settings.get(DATABASE) : "",
                ExternalSettings.external(settings) ? settings.get(SCHEMA) : "",
                ExternalSettings.value(settings, "version"));
    }

    /** Refuses what contradicts itself. */
    void requirePossible(int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more: a primary and a standby");
        }
        if (!where.isEmpty() && !schema.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(SCHEMA + ": found " + (schema.isEmpty() ? "none" : schema)
                    + ", expected a small letter, and then small letters, digits, or _");
        }
        if (confirming > nodes - 1 && !everyStandby()) {
            throw new IllegalArgumentException("standbys: found " + standbys + "-" + confirming + ", expected at most "
                    + (nodes - 1) + ", the number of standbys");
        }
        if (confirming > 0 && LOCAL.contains(commit)) {
            throw new IllegalArgumentException("commit: found " + commit + " with standbys="
                    + (everyStandby() ? ALL_OF_THEM : standbys + "-" + confirming)
                    + ", expected remote_write, on or remote_apply: no commit would wait for them");
        }
        if (confirming == 0 && commit.startsWith("remote")) {
            throw new IllegalArgumentException("commit: found " + commit
                    + " with standbys=none, expected off, local or on: there is no standby to wait for");
        }
    }

    /** The value of {@code synchronous_standby_names} at a node, where these are the others; empty: none is synchronous. */
    String synchronousStandbyNames(List<Node> others) {
        return confirming == 0
                ? ""
                : standbys + " " + Math.min(confirming, others.size())
                        + others.stream().map(Node::name).collect(Collectors.joining(", ", " (", ")"));
    }

    private boolean everyStandby() {
        return confirming == ALL_STANDBYS;
    }

    private String confirmed() {
        return confirming == 0
                ? ", asynchronous"
                : everyStandby() ? ", all standbys" : ", " + standbys + " " + confirming + " of the standbys";
    }

    String describe() {
        return where + "primary and streaming standbys"
                + (commit.isEmpty() ? "" : " · synchronous_commit " + commit + confirmed())
                + " · reads at "
                + switch (reads) {
                    case LEADER -> "the primary";
                    case ANY_FOLLOWER -> "any standby";
                    case STICKY -> "one standby a session";
                    case TOKEN -> "any standby that has what the session knows";
                };
    }
}
