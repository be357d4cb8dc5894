package dev.umpire.histories;

/** The formats that histories are written in. */
public enum HistoryFormat {
    /** Umpire's own: JSON Lines with header and trailer; the schema is in the module's README.md. */
    JSONL,
    /** Jepsen's: one EDN map a line. Header and trailer have no place there. */
    EDN,
    /** One JSON array of Jepsen's events, as elle-cli takes it: keywords are strings. */
    JSON,
    /** dbcop's text: sessions of transactions over registers, without time. */
    DBCOP,
    /** dbcop's JSON: the same, with numbers for keys. */
    DBCOP_JSON,
    /** Plume's text: the same, one read or write a line. */
    PLUME,
    /** AWDIT's own text: the same, of committed transactions alone. */
    AWDIT;

    /** Whether it keeps the order within each session alone, and nothing but reads and writes of registers. */
    boolean isOfSessions() {
        return switch (this) {
            case DBCOP, DBCOP_JSON, PLUME, AWDIT -> true;
            case JSONL, EDN, JSON -> false;
        };
    }
}
