package dev.umpire.histories;

/** The formats that histories are written in. */
public enum HistoryFormat {
    /** Umpire's own: JSON Lines with header and trailer; the schema is in the module's README.md. */
    JSONL,
    /** Jepsen's: one EDN map a line. Header and trailer have no place there. */
    EDN
}
