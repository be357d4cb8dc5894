package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

/**
 * The settings of the etcd target, read.
 *
 * @param serializable whether reads are answered by the asked member alone, without asking the others
 * @param at which member a session asks
 * @param home the program: a name to be looked up on {@code PATH}, or a path
 */
record EtcdSettings(boolean serializable, AskedNode at, String home) {

    static final List<Setting> ALL = List.of(
            new Setting(
                    "reads",
                    List.of("linearizable", "serializable"),
                    "linearizable",
                    "linearizable: the members agree before one answers; serializable: the asked member answers alone"),
            new Setting("at", AskedNode.options(), "home", "which member a session asks"),
            new Setting("home", List.of(), "etcd", "the program: a name on PATH, or a path"));

    static EtcdSettings of(Settings settings) {
        return new EtcdSettings(
                settings.get("reads").equals("serializable"), AskedNode.of(settings.get("at")), settings.get("home"));
    }

    String describe() {
        return "Raft · " + (serializable ? "serializable" : "linearizable") + " reads · " + at.words();
    }
}
