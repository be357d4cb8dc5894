package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

/**
 * The settings of the etcd target, read.
 *
 * @param serializable whether reads are answered by the asked member alone, without asking the others
 * @param at which member a session asks
 * @param home the program: a name to be looked up on {@code PATH}, or a path
 * @param version which versions of the program are taken
 */
record EtcdSettings(boolean serializable, AskedNode at, String home, String version) {

    /** The JSON gateway has been at {@code /v3} since 3.4. */
    static final KnownVersions KNOWN = new KnownVersions("etcd", "3.4", "3.4");

    static final List<Setting> ALL = List.of(
            new Setting(
                    "reads",
                    List.of("linearizable", "serializable"),
                    "linearizable",
                    "linearizable: the members agree before one answers; serializable: the asked member answers alone"),
            new Setting("at", AskedNode.options(), "home", "which member a session asks"),
            new Setting("home", List.of(), "etcd", "the program: a name on PATH, or a path"),
            KNOWN.setting());

    static EtcdSettings of(Settings settings) {
        return new EtcdSettings(
                settings.get("reads").equals("serializable"),
                AskedNode.of(settings.get("at")),
                settings.get("home"),
                settings.get("version"));
    }

    String describe() {
        return "Raft · " + (serializable ? "serializable" : "linearizable") + " reads · " + at.words();
    }
}
