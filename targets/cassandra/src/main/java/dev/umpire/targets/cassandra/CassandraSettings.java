package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the Cassandra target, read.
 *
 * @param where {@code 10.0.0.1:9042 · } and so on, where the nodes run already; else empty
 * @param at which node coordinates a request
 * @param hints whether a coordinator keeps what a replica has missed, and hands it over later
 * @param readRepair whether replicas that a read has found to differ are made equal before it is answered
 * @param clientTime whether the client says when it wrote, else the coordinator does
 * @param skew how far the clock of every second session is ahead; 0 or more
 * @param synced whether the commit log is on disk before a write is acknowledged
 * @param home the folder of an installation; empty: the jars that the build has put aside
 * @param version of those jars; {@link KnownVersions#ANY}: the home's version is not asked for
 * @param keyspace of the run, on nodes that run already; else empty
 */
record CassandraSettings(
        String where,
        Consistency reads,
        Consistency writes,
        AskedNode at,
        boolean hints,
        boolean readRepair,
        boolean clientTime,
        Duration skew,
        boolean synced,
        String home,
        String version,
        String keyspace) {

    static final String VERSION = "5.0.5";

    /** Of those that are started here: the released ones from the first that runs on Java 17. */
    static final KnownVersions KNOWN = new KnownVersions("Cassandra", "5.0", "5.0");

    /** Of those that run already: from the first with tables whose read repair can be chosen. */
    static final KnownVersions RUNNING = new KnownVersions("Cassandra", "4.0", "5.0");

    private static final String ON = "on";
    private static final List<String> SWITCH = List.of(ON, "off");
    private static final String CLIENT = "client";
    private static final String BATCH = "batch";
    private static final String HINTS = "hints";
    private static final String KEYSPACE = "keyspace";

    private static final List<Setting> EVERYWHERE = List.of(
            new Setting(
                    "reads",
                    Consistency.options(),
                    "quorum",
                    "how many replicas answer a read; serial, local-serial: it first ends what Paxos has decided"),
            new Setting(
                    "writes",
                    Consistency.options(),
                    "quorum",
                    "how many replicas acknowledge a write; serial, local-serial: it is a lightweight transaction"),
            new Setting("at", AskedNode.options(), "home", "which node coordinates a session's request"),
            new Setting(
                            "read-repair",
                            SWITCH,
                            ON,
                            "read_repair: whether replicas that a read has found to differ are made equal before it is"
                                    + " answered")
                    .decidingPromises(),
            new Setting(
                            "timestamps",
                            List.of(CLIENT, "server"),
                            CLIENT,
                            "whose clock dates a write; of two writes the later date wins. client: one clock for all"
                                    + " sessions")
                    .decidingPromises(),
            new Setting("skew", List.of(), "0", "by how many milliseconds the clock of every second session is ahead")
                    .onlyWith("timestamps", CLIENT)
                    .decidingPromises());

    private static final List<Setting> OF_PROCESSES = List.of(
            new Setting(
                            HINTS,
                            SWITCH,
                            ON,
                            "hinted_handoff_enabled: whether a coordinator keeps what a replica has missed, for later")
                    .decidingPromises(),
            new Setting(
                    "commit-log",
                    List.of(BATCH, "periodic"),
                    "periodic",
                    "commitlog_sync: batch: a write is on disk before its acknowledgement; periodic: within 10 s"),
            new Setting("home", List.of(), "", "the folder with the server's jars; empty: where the build puts them"),
            new Setting(
                    "version",
                    List.of(),
                    VERSION,
                    "the version whose jars are used where no home is given; any: with a home, whatever its version"));

    static final List<Setting> ALL = ExternalSettings.all(
            EVERYWHERE,
            OF_PROCESSES,
            List.of(new Setting(
                    KEYSPACE,
                    List.of(),
                    Tables.KEYSPACE,
                    "a keyspace that the run makes, uses, and drops, so that yours stay yours")),
            false);

    static CassandraSettings of(Settings settings) {
        int skewMillis = settings.number("skew");
        if (skewMillis < 0) {
            throw new IllegalArgumentException("skew: found " + skewMillis + ", expected 0 or more");
        }
        return new CassandraSettings(
                ExternalSettings.describe(settings),
                Consistency.of("reads", settings.get("reads")),
                Consistency.of("writes", settings.get("writes")),
                AskedNode.of(settings.get("at")),
                settings.values().getOrDefault(HINTS, ON).equals(ON),
                settings.get("read-repair").equals(ON),
                settings.get("timestamps").equals(CLIENT),
                Duration.ofMillis(skewMillis),
                ExternalSettings.value(settings, "commit-log").equals(BATCH),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.value(settings, "version"),
                ExternalSettings.value(settings, KEYSPACE));
    }

    /** Refuses a name that would have to be quoted. */
    void requirePossible() {
        if (!where.isEmpty() && !keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
            throw new IllegalArgumentException(KEYSPACE + ": found " + (keyspace.isEmpty() ? "none" : keyspace)
                    + ", expected a small letter, and then small letters, digits, or _, 48 at most");
        }
    }

    String describe() {
        return where + "leaderless · reads at " + reads.option() + ", writes at " + writes.option()
                + (hints ? "" : " · no hints")
                + (readRepair ? "" : " · no read repair")
                + (clientTime ? "" : " · coordinators date writes")
                + (skew.isZero() ? "" : " · every second clock " + skew.toMillis() + " ms ahead")
                + (synced ? " · commit log synced" : "")
                + " · " + at.words();
    }
}
