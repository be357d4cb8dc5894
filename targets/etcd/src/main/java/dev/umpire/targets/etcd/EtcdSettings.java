package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

/**
 * The settings of the etcd target, read.
 *
 * @param where {@code 10.0.0.1:2379 · } and so on, where the members run already; else empty
 * @param serializable whether reads are answered by the asked member alone, without asking the others
 * @param at which member a session asks
 * @param home the program: a name to be looked up on {@code PATH}, or a path; empty where the members run already
 * @param prefix of all keys
 * @param version which versions of the program are taken
 */
record EtcdSettings(String where, boolean serializable, AskedNode at, String home, String prefix, String version) {

    /** The JSON gateway has been at {@code /v3} since 3.4. */
    static final KnownVersions KNOWN = new KnownVersions("etcd", "3.4", "3.4");

    static final List<Setting> ALL = ExternalSettings.all(
            List.of(
                    new Setting(
                            "reads",
                            List.of("linearizable", "serializable"),
                            "linearizable",
                            "linearizable: the members agree before one answers; serializable: the asked member answers"
                                    + " alone"),
                    new Setting("at", AskedNode.options(), "home", "which member a session asks")),
            List.of(new Setting("home", List.of(), "etcd", "the program: a name on PATH, or a path"), KNOWN.setting()),
            List.of(ExternalSettings.prefix("umpire/")),
            true);

    static EtcdSettings of(Settings settings) {
        return new EtcdSettings(
                ExternalSettings.describe(settings),
                settings.get("reads").equals("serializable"),
                AskedNode.of(settings.get("at")),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.prefix(settings),
                ExternalSettings.value(settings, "version"));
    }

    String describe() {
        return where + "Raft · " + (serializable ? "serializable" : "linearizable") + " reads · " + at.words();
    }
}
