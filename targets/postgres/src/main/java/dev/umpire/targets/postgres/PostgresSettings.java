package dev.umpire.targets.postgres;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of the PostgreSQL target, read.
 *
 * @param commit {@code synchronous_commit}, as PostgreSQL names it
 * @param standbys how standbys are counted that confirm a commit
 * @param confirming how many must; 0: none is asked
 * @param fenced whether the old primary is ended before another is promoted
 * @param rewind whether a node that missed a failover comes back by {@code pg_rewind}; else by a new base backup
 * @param home the folder of the installation; empty: the newest of Debian's
 * @param version which versions of the server are taken
 */
record PostgresSettings(
        Reads reads,
        String commit,
        String standbys,
        int confirming,
        boolean fenced,
        boolean rewind,
        String home,
        String version) {

    /** A standby has heard of another primary without a new start since 13. */
    static final KnownVersions KNOWN = new KnownVersions("PostgreSQL", "13", "15");

    private static final String NONE = "none";
    private static final List<String> LOCAL = List.of("off", "local");

    static final List<Setting> ALL = List.of(
            new Setting(
                    "reads",
                    List.of("leader", "any-follower", "sticky", "token"),
                    "leader",
                    "which node answers reads; token: any standby, once it has replayed all that the session wrote and read"),
            new Setting(
                    "commit",
                    List.of("off", "local", "remote_write", "on", "remote_apply"),
                    "on",
                    "synchronous_commit: what a commit waits for before it is acknowledged"),
            new Setting(
                    "standbys",
                    List.of(NONE, "any-1", "any-2", "first-1", "first-2"),
                    NONE,
                    "synchronous_standby_names: how many standbys must confirm, any or the first of the list"),
            new Setting(
                    "fencing",
                    List.of("yes", "no"),
                    "yes",
                    "no: at a failover the old primary lives on, and sessions at home there go on using it"),
            new Setting(
                    "rejoin",
                    List.of("rewind", "copy"),
                    "rewind",
                    "how a node that missed a failover comes back: pg_rewind, or a new base backup"),
            new Setting("home", List.of(), "", "the folder of the installation; empty: the newest of Debian's"),
            KNOWN.setting());

    static PostgresSettings of(Settings settings) {
        String standbys = settings.get("standbys");
        int dash = standbys.indexOf('-');
        return new PostgresSettings(
                Reads.of(settings.get("reads")),
                settings.get("commit"),
                dash < 0 ? NONE : standbys.substring(0, dash),
                dash < 0 ? 0 : Integer.parseInt(standbys.substring(dash + 1)),
                settings.get("fencing").equals("yes"),
                settings.get("rejoin").equals("rewind"),
                settings.get("home"),
                settings.get("version"));
    }

    /** Refuses what contradicts itself. */
    void requirePossible(int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more: a primary and a standby");
        }
        if (confirming > nodes - 1) {
            throw new IllegalArgumentException("standbys: found " + standbys + "-" + confirming + ", expected at most "
                    + (nodes - 1) + ", the number of standbys");
        }
        if (confirming > 0 && LOCAL.contains(commit)) {
            throw new IllegalArgumentException("commit: found " + commit + " with standbys=" + standbys + "-"
                    + confirming + ", expected remote_write, on or remote_apply: no commit would wait for them");
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
                : standbys + " " + confirming
                        + others.stream().map(Node::name).collect(Collectors.joining(", ", " (", ")"));
    }

    String describe() {
        return "primary and streaming standbys · synchronous_commit " + commit
                + (confirming == 0 ? ", asynchronous" : ", " + standbys + " " + confirming + " of the standbys")
                + " · reads at "
                + switch (reads) {
                    case LEADER -> "the primary";
                    case ANY_FOLLOWER -> "any standby";
                    case STICKY -> "one standby a session";
                    case TOKEN -> "any standby that has what the session knows";
                };
    }
}
