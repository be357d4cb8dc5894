package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An unprivileged user of this machine, as whom a harness that is root runs servers that refuse to be.
 *
 * @param name of the user
 * @param id its number
 * @param groupId of its first group
 */
record ServerUser(String name, String id, String groupId) {

    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** The first of these users that there is, then nobody; empty if the harness is not root. */
    static Optional<ServerUser> find(List<String> preferred) throws LaunchException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(preferred);
        names.add("nobody");
        for (String name : names) {
            Optional<ServerUser> user = known(name);
            if (user.isPresent()) {
                return user;
            }
        }
        throw new LaunchException(USERS + ": found none of the users " + String.join(", ", names)
                + ", expected one as whom servers can run that refuse to run as root");
    }

    static ServerUser named(String name) throws LaunchException {
        return known(name).orElseThrow(() -> new LaunchException(USERS + ": found no user " + name + ", expected one"));
    }

    private static Optional<ServerUser> known(String name) throws LaunchException {
        try {
            for (String line : Files.readAllLines(USERS)) {
                String[] fields = line.split(":", -1); // passwd(5): name, password, user id, group id, ...
                if (fields.length > 3 && fields[0].equals(name)) {
                    return Optional.of(new ServerUser(name, fields[2], fields[3]));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new LaunchException(USERS + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What stands before a command that is to run as this user. It becomes the command, so that the pid stays. */
    List<String> prefix() throws LaunchException {
        if (!Files.isExecutable(SETPRIV)) {
            throw new LaunchException(
                    SETPRIV + ": found no executable file, expected it; on Debian: apt-get install util-linux");
        }
        return List.of(SETPRIV.toString(), "--reuid=" + name, "--regid=" + groupId, "--init-groups", "--");
    }

    /** Gives it a folder of the run's folder, and lets it pass through that one, whose list of files stays closed to it. */
    void own(Path folder) throws IOException {
        PosixFileAttributeView attributes = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        attributes.setPermissions(PosixFilePermissions.fromString("rwx------"));
        attributes.setOwner(
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        Files.setPosixFilePermissions(folder.resolveSibling("."), PosixFilePermissions.fromString("rwx--x--x"));
    }
}
