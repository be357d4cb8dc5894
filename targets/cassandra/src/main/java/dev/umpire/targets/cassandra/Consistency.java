package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How many replicas take part in a request before it is answered. */
enum Consistency {
    ONE(DefaultConsistencyLevel.ONE),
    QUORUM(DefaultConsistencyLevel.QUORUM),
    ALL(DefaultConsistencyLevel.ALL),
    /** A round of Paxos among the replicas of the data centre. */
    LOCAL_SERIAL(DefaultConsistencyLevel.LOCAL_SERIAL),
    /** A round of Paxos among all replicas. */
    SERIAL(DefaultConsistencyLevel.SERIAL);

    private final DefaultConsistencyLevel level;

    Consistency(DefaultConsistencyLevel level) {
        this.level = level;
    }

    static List<String> options() {
        return Arrays.stream(values()).map(Consistency::option).toList();
    }

    static Consistency of(String setting, String option) {
        return Arrays.stream(values())
                .filter(one -> one.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        setting + ": found " + option + ", expected one of " + String.join(", ", options())));
    }

    /** As on the command line: {@code local-serial}. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    DefaultConsistencyLevel level() {
        return level;
    }

    /** Whether Paxos is asked: of a write that makes it a lightweight transaction. */
    boolean serial() {
        return level.isSerial();
    }

    /** At which level a lightweight transaction is decided. */
    DefaultConsistencyLevel deciding() {
        return serial() ? level : DefaultConsistencyLevel.SERIAL;
    }

    /** How many replicas must have what a lightweight transaction has decided. */
    DefaultConsistencyLevel committing() {
        return serial() ? DefaultConsistencyLevel.QUORUM : level;
    }
}
