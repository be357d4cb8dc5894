package dev.umpire.harness.sql;

import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * As whom all connect, and to what.
 *
 * @param password empty: none
 * @param database of the server
 */
public record SqlAccount(String user, String password, String database) {

    private static final String USER = "user";
    private static final String PASSWORD_FILE = "password-file";

    /** That of servers that were started here, which let everybody in. */
    public static SqlAccount ofProcesses(String database) {
        return new SqlAccount(SqlNodes.USER, "", database);
    }

    /** The settings by which a user names an account of his cluster. */
    public static List<Setting> settings() {
        return List.of(
                new Setting(USER, List.of(), SqlNodes.USER, "as whom to connect"),
                new Setting(
                        PASSWORD_FILE,
                        List.of(),
                        "",
                        "a file whose first line is the password, which so stands in no record of the run; empty: none"));
    }

    /**
     * The account that a user has named. Blocks.
     *
     * @throws LaunchException if the password cannot be read
     */
    public static SqlAccount of(Settings settings, String database) throws LaunchException {
        return new SqlAccount(settings.get(USER), password(ExternalSettings.value(settings, PASSWORD_FILE)), database);
    }

    private static String password(String file) throws LaunchException {
        if (file.isEmpty()) {
            return "";
        }
        try {
            return Files.readAllLines(Path.of(file)).stream().findFirst().orElse("");
        } catch (IOException e) {
            throw new LaunchException(
                    PASSWORD_FILE + ": found no file that can be read at " + file
                            + ", expected one whose first line is the password",
                    e);
        }
    }

    /** Its password is in no text of a record. */
    @Override
    public String toString() {
        return user + " of " + database;
    }
}
