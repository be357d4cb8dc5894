package dev.umpire.targets.etcd;

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
record EtcdSettings(boolean serializable, At at, String home) {

    /** Which member a session asks, for reads and writes alike. */
    enum At {
        /** The one at which the session is now. */
        HOME("home"),
        /** One for each session, for ever. */
        STICKY("sticky"),
        /** A random one for each request. */
        ANY("any");

        private final String option;

        At(String option) {
            this.option = option;
        }

        static At of(String option) {
            for (At at : values()) {
                if (at.option.equals(option)) {
                    return at;
                }
            }
            throw new IllegalArgumentException("at: found " + option + ", expected home, sticky or any");
        }
    }

    static final List<Setting> ALL = List.of(
            new Setting(
                    "reads",
                    List.of("linearizable", "serializable"),
                    "linearizable",
                    "linearizable: the members agree before one answers; serializable: the asked member answers alone"),
            new Setting("at", List.of("home", "sticky", "any"), "home", "which member a session asks"),
            new Setting("home", List.of(), "etcd", "the program: a name on PATH, or a path"));

    static EtcdSettings of(Settings settings) {
        return new EtcdSettings(
                settings.get("reads").equals("serializable"), At.of(settings.get("at")), settings.get("home"));
    }

    String describe() {
        return "Raft · " + (serializable ? "serializable" : "linearizable") + " reads · "
                + switch (at) {
                    case HOME -> "asked where the session is";
                    case STICKY -> "one member a session";
                    case ANY -> "any member";
                };
    }
}
