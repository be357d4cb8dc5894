package dev.umpire.targets.testcontainers;

import java.util.Optional;

/**
 * What a server of ZooKeeper says of itself.
 *
 * @param version of ZooKeeper: {@code 3.9.3}
 * @param mode {@code leader}, {@code follower}; {@code none} while it is in no quorum
 * @param zxid of the last transaction that it has applied; 0 while it is in no quorum
 */
record ZooKeeperStatus(String version, String mode, long zxid) {
    private static final long COUNT = 0xffffffffL;

    /** Reads an answer to {@code srvr}. */
    static ZooKeeperStatus of(String page) {
        return new ZooKeeperStatus(
                field(page, "Zookeeper version: ")
                        .map(words -> words.split("[-,]", 2)[0])
                        .orElse("unknown"),
                field(page, "Mode: ").orElse("none"),
                field(page, "Zxid: 0x")
                        .map(hex -> Long.parseUnsignedLong(hex, 16))
                        .orElse(0L));
    }

    private static Optional<String> field(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }

    boolean leads() {
        return mode.equals("leader");
    }

    boolean serves() {
        return leads() || mode.equals("follower");
    }

    /** Whether it has applied nothing of a leader's own; the count of transactions begins anew with each leader. */
    boolean begins() {
        return (zxid & COUNT) == 0;
    }

    String describe() {
        return serves() ? "is " + mode + " at " + Long.toHexString(zxid) : "is in no quorum";
    }
}
