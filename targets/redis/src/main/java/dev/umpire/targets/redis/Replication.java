package dev.umpire.targets.redis;

import java.util.HashMap;
import java.util.Map;

/**
 * What a node says of its replication: its answer to {@code INFO replication}.
 *
 * @param leads whether it is a primary
 * @param id of the stream of writes that it makes or follows ({@code master_replid}); another after each promotion
 * @param offset how many bytes of that stream it has made or applied
 * @param onlineReplicas how many replicas a primary is sending the stream to; 0 for a replica
 * @param linkUp whether a replica is connected to its primary and has caught up with the past; true for a primary
 * @param followsPort where a replica dials its primary; 0 for a primary
 */
record Replication(boolean leads, String id, long offset, int onlineReplicas, boolean linkUp, int followsPort) {

    static Replication parse(String info) {
        Map<String, String> fields = new HashMap<>();
        int online = 0;
        for (String line : info.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
                if (line.startsWith("slave") && line.contains("state=online")) {
                    online++;
                }
            }
        }
        boolean leads = field(fields, "role").equals("master");
        if (leads) {
            return new Replication(
                    true, field(fields, "master_replid"), number(fields, "master_repl_offset"), online, true, 0);
        }
        boolean linkUp =
                field(fields, "master_link_status").equals("up") && number(fields, "master_sync_in_progress") == 0;
        return new Replication(
                false, field(fields, "master_replid"), number(fields, "slave_repl_offset"), 0, linkUp, (int)
                        number(fields, "master_port"));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("INFO replication: found " + fields.keySet() + ", expected " + name);
        }
        return value;
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(field(fields, name));
    }

    /** In a few words, for people. */
    String describe() {
        return leads ? "leads at " + offset : "follows at " + offset + (linkUp ? "" : ", link down");
    }
}
