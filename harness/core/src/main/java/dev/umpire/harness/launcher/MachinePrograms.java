package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs of this machine, each of which runs as a process of it. */
final class MachinePrograms implements Programs {

    @Override
    public Found find(List<String> places, Kind kind, String debianPackage) throws LaunchException {
        for (String place : places) {
            Optional<Path> found = found(place, kind);
            if (found.isPresent()) {
                return new Found(found.get(), real(found.get()));
            }
        }
        String last = places.get(places.size() - 1);
        throw new LaunchException(last + ": " + missing(last, kind) + Programs.install(debianPackage));
    }

    private static String missing(String place, Kind kind) {
        if (kind == Kind.LIBRARY) {
            return "found no file, expected the library";
        }
        return place.contains("/")
                ? "found no executable file, expected the program"
                : "not found on PATH (" + searchPath() + ")";
    }

    private static Optional<Path> found(String place, Kind kind) throws LaunchException {
        List<Path> meant = new ArrayList<>();
        if (place.contains(ANY)) {
            return Programs.newest(
                    matching(place).stream().filter(path -> serves(path, kind)).toList());
        }
        if (place.contains("/")) {
            meant.add(Path.of(place).toAbsolutePath());
        } else {
            for (String folder : searchPath().split(":", -1)) {
                meant.add(Path.of(folder, place).toAbsolutePath());
            }
        }
        return meant.stream().filter(path -> serves(path, kind)).findFirst();
    }

    private static boolean serves(Path path, Kind kind) {
        return kind == Kind.LIBRARY ? Files.isRegularFile(path) : Files.isExecutable(path) && !Files.isDirectory(path);
    }

    private static List<Path> matching(String place) throws LaunchException {
        int any = place.indexOf(ANY);
        Path parent = Path.of(place.substring(0, any));
        String rest = place.substring(any + ANY.length() + 1);
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
                folders.forEach(folder -> paths.add(folder.resolve(rest)));
            } catch (IOException e) {
                throw new LaunchException(parent + ": " + e.getMessage(), e);
            }
        }
        return paths;
    }

    private static String searchPath() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("");
    }

    /** With links followed. */
    static Path real(Path path) throws LaunchException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new LaunchException(path + ": could not be followed: " + e.getMessage(), e);
        }
    }

    @Override
    public Path java() throws LaunchException {
        String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return find(List.of(own), Kind.PROGRAM, "openjdk-17-jre-headless").path();
    }

    @Override
    public void lend(Path folder) {
        // processes of this machine read what they may
    }

    @Override
    public Optional<Command> removal() {
        return Optional.empty();
    }

    @Override
    public Optional<String> nothingOfTheirOwn() {
        return Optional.empty();
    }

    @Override
    public Start start(Command command, boolean conversing, Optional<Path> runFolder) throws LaunchException {
        List<String> words = new ArrayList<>();
        if (command.user().isPresent()) {
            words.addAll(ServerUser.named(command.user().get()).prefix());
        }
        words.add(command.program().toString());
        words.addAll(command.arguments());
        return new Start(real(command.program()).toString(), words, command.environment(), MachineProcess::new);
    }
}
