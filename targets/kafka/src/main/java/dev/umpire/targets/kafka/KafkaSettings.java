package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of the Kafka target, read.
 *
 * @param where {@code 10.0.0.1:9092 · } and so on, where the brokers run already; else empty
 * @param partitions of the topic that sessions use
 * @param acks of the producers, as Kafka names it
 * @param minInSync {@code min.insync.replicas} of the topic
 * @param unclean {@code unclean.leader.election.enable} of the topic
 * @param idempotent {@code enable.idempotence} of the producers
 * @param retries of the producers, as Kafka names it
 * @param transactions whether producers send in transactions, and how these end
 * @param committedOnly {@code isolation.level=read_committed} of the consumers
 * @param commits when a member of the group says what it has consumed; empty: there is no group
 * @param home the folder of an installation; empty: the jars that the build has put aside
 * @param version of those jars; {@link KnownVersions#ANY}: the home's version is not asked for
 * @param topic that sessions use, of brokers that run already; else empty
 */
record KafkaSettings(
        String where,
        int partitions,
        String acks,
        int minInSync,
        boolean unclean,
        boolean idempotent,
        int retries,
        Transactions transactions,
        boolean committedOnly,
        Optional<Commits> commits,
        String home,
        String version,
        String topic) {

    /** Whether a message is sent in a transaction of its own. */
    enum Transactions {
        OFF,
        EACH,
        /** Of every four one is given up after its message was appended. */
        WITH_ABORTS;

        String optionName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** When a member of the group commits the offsets of what it polls. */
    enum Commits {
        /** With its next poll. */
        AFTER,
        /** Before it gives anybody what it has polled. */
        BEFORE
    }

    static final String VERSION = "3.9.1";

    /** The messages by which brokers are asked how they are are those of 3.9. */
    static final KnownVersions KNOWN = new KnownVersions("Kafka", "3.9", "3.9");

    private static final Pattern FIRST_TWO = Pattern.compile("(\\d{1,9})\\.(\\d{1,3})(?!\\d)");
    /** 3.9. */
    private static final long CHANGEABLE_FROM = 3_009;

    private static final int MOST_PARTITIONS = 100;
    private static final String ALL_IN_SYNC = "all";
    private static final String TRUE = "true";
    private static final String RETRIES = "retries";
    private static final String AS_OFTEN_AS_IT_TAKES = Integer.toString(Integer.MAX_VALUE);
    private static final String COMMITTED = "read-committed";
    private static final String GROUP = "group";
    private static final String BEFORE = "before";
    private static final String TOPIC = "topic";
    private static final List<String> SWITCH = List.of(TRUE, "false");

    private static final List<Setting> EVERYWHERE = List.of(
            new Setting(
                    "topic-partitions",
                    List.of(),
                    "3",
                    "how many partitions the topic has; n1 leads all of them first"),
            new Setting(
                    "acks",
                    List.of(ALL_IN_SYNC, "1", "0"),
                    ALL_IN_SYNC,
                    "a message is acknowledged when all replicas in sync have it, when the leader has it, or when it was"
                            + " sent"),
            new Setting(
                    "min-in-sync",
                    List.of("1", "2"),
                    "2",
                    "min.insync.replicas: how many replicas must be in sync for a leader to take a message with acks=all"),
            new Setting(
                    "unclean",
                    SWITCH,
                    "false",
                    "unclean.leader.election.enable: whether a replica that is not in sync may become the leader"),
            new Setting(
                            "idempotence",
                            SWITCH,
                            TRUE,
                            "enable.idempotence: whether brokers leave out what a producer sends again")
                    .onlyWith("acks", ALL_IN_SYNC),
            new Setting(
                    RETRIES,
                    List.of(AS_OFTEN_AS_IT_TAKES, "0"),
                    AS_OFTEN_AS_IT_TAKES,
                    "how often a producer sends again what was not acknowledged in time: what one that is not idempotent sends"
                            + " again may stand twice"),
            new Setting(
                    "transactions",
                    Stream.of(Transactions.values())
                            .map(Transactions::optionName)
                            .toList(),
                    Transactions.OFF.optionName(),
                    "each: every message in a transaction of its own; with-aborts: of every four one is given up, and its"
                            + " send fails"),
            new Setting(
                    "isolation",
                    List.of("read-uncommitted", COMMITTED),
                    "read-uncommitted",
                    "isolation.level: whether consumers get what belongs to transactions that are open or given up"),
            new Setting(
                    "consumers",
                    List.of("sessions", GROUP),
                    "sessions",
                    "whether sessions poll each on its own only, or also as a group that shares the partitions"),
            new Setting(
                            "commit",
                            List.of("after", BEFORE),
                            "after",
                            "when a member of the group commits the offsets of what it polled: by its next poll, or before"
                                    + " it delivers that")
                    .onlyWith("consumers", GROUP));

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
                            TOPIC,
                            List.of(),
                            "umpire",
                            "a topic, and a group of consumers, that the run makes, uses, and deletes, so that yours stay yours")),
            true);

    static KafkaSettings of(Settings settings) {
        int partitions = settings.number("topic-partitions");
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "topic-partitions: found " + partitions + ", expected 1 to " + MOST_PARTITIONS);
        }
        String acks = settings.get("acks");
        return new KafkaSettings(
                ExternalSettings.describe(settings),
                partitions,
                acks,
                settings.number("min-in-sync"),
                settings.get("unclean").equals(TRUE),
                acks.equals(ALL_IN_SYNC) && settings.get("idempotence").equals(TRUE),
                settings.number(RETRIES),
                Transactions.valueOf(
                        settings.get("transactions").toUpperCase(Locale.ROOT).replace('-', '_')),
                settings.get("isolation").equals(COMMITTED),
                settings.get("consumers").equals(GROUP)
                        ? Optional.of(settings.get("commit").equals(BEFORE) ? Commits.BEFORE : Commits.AFTER)
                        : Optional.empty(),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.value(settings, "version"),
                ExternalSettings.value(settings, TOPIC));
    }

    /** Refuses what contradicts itself. */
    void requirePossible(int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more, and 3 or more to bear the loss of one");
        }
        if (transactional() && !idempotent) {
            throw new IllegalArgumentException("transactions: found " + transactions.optionName() + " with acks=" + acks
                    + (acks.equals(ALL_IN_SYNC) ? " idempotence=false" : "")
                    + ", expected acks=all idempotence=true, without which Kafka's producers refuse transactions");
        }
        if (retries == 0 && idempotent) {
            throw new IllegalArgumentException(
                    RETRIES + ": found 0 with acks=all idempotence=true, expected " + AS_OFTEN_AS_IT_TAKES
                            + ", or idempotence=false: Kafka's producers refuse to be idempotent without");
        }
        if (!where.isEmpty() && !topic.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}")) {
            throw new IllegalArgumentException(TOPIC + ": found " + (topic.isEmpty() ? "none" : topic)
                    + ", expected a letter or digit, and then letters, digits, or . _ -, 201 at most");
        }
    }

    /**
     * Refuses brokers whose controllers are those of a list for ever, where another membership is asked for: of Kafka before 3.9, which
     * the setting {@code version=any} lets through. One of no known version is tried.
     *
     * @param home where they are
     * @throws LaunchException if they are
     */
    static void requireChangeable(Path home, Optional<String> version) throws LaunchException {
        Optional<String> old = version.filter(found -> {
            Matcher numbers = FIRST_TWO.matcher(found);
            return numbers.lookingAt()
                    && 1_000L * Long.parseLong(numbers.group(1)) + Long.parseLong(numbers.group(2)) < CHANGEABLE_FROM;
        });
        if (old.isPresent()) {
            throw new LaunchException(
                    "nemesis: found membership with Kafka " + old.get() + " in " + home
                            + ", expected Kafka 3.9 or later, the first whose controllers can leave the quorum and join it (KIP-853)");
        }
    }

    boolean transactional() {
        return transactions != Transactions.OFF;
    }

    String describe() {
        return where + "partitioned log · acks " + acks + " · " + minInSync + " in sync at least"
                + (unclean ? " · unclean election" : "")
                + (acks.equals(ALL_IN_SYNC) && !idempotent ? " · producers not idempotent" : "")
                + (retries == 0 ? " · nothing is sent again" : "")
                + switch (transactions) {
                    case OFF -> "";
                    case EACH -> " · a transaction for each message";
                    case WITH_ABORTS -> " · a transaction for each message, every fourth given up";
                }
                + (committedOnly ? " · reads what is committed" : "")
                + commits.map(when -> " · a consumer group that commits "
                                + when.name().toLowerCase(Locale.ROOT) + " delivering")
                        .orElse("");
    }
}
