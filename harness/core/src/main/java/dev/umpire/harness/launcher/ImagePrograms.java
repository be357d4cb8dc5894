package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Programs of an image, each of which runs in a container of its own on the network of this machine.
 *
 * <p>A container sees the run's folder at the path that it has here, and the users of this machine; it runs as the user that a process
 * would run as. All containers bear one label, by which what is left of them is found.
 */
final class ImagePrograms implements Programs {

    /** The label of all containers of one launcher. */
    static final String LABEL = "dev.umpire.launcher";

    private static final int LONGEST_NAME = 40;

    /** Reads the search in the image. */
    private static final String SHELL = "sh";

    /** Prints the number of a place, from 1 on, with each file that is meant by it and with what that leads to. */
    private static final String SEARCH = """
            kind=$1
            shift
            number=0
            for place do
              number=$((number + 1))
              case $place in
                */*) ;;
                *) place=$(command -v -- "$place") ;;
              esac
              IFS=
              for one in $place; do
                if [ -f "$one" ] && { [ "$kind" = LIBRARY ] || [ -x "$one" ]; }; then
                  printf '%s\\t%s\\t%s\\n' "$number" "$one" "$(readlink -f "$one" || printf %s "$one")"
                fi
              done
            done
            """;

    /** By which the engine is found; whoever undoes things later may have others. */
    private static final List<String> VARIABLES =
            List.of("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY");

    private final Docker docker;
    private final String image;
    private final String mark;
    private final Set<Path> lent = new LinkedHashSet<>();
    private final Map<List<String>, Found> found = new HashMap<>();
    private int containers;

    private ImagePrograms(Docker docker, String image, String mark) {
        this.docker = docker;
        this.image = image;
        this.mark = mark;
    }

    /**
     * Those of an image that the engine has.
     *
     * @throws LaunchException if the engine does not answer, or has no such image
     */
    static ImagePrograms open(Docker docker, String image) throws IOException {
        try {
            docker.ask("image", "inspect", "--format", "{{.Id}}", image);
        } catch (LaunchException e) {
            throw new LaunchException(reason(String.valueOf(e.getMessage()), image), e);
        }
        HarnessProcess harness = HarnessProcess.current();
        // the pid and its start are those of one process of a machine that runs; the time tells its launchers apart
        String mark = harness.pid() + "-" + harness.startTicks() + "-" + Long.toHexString(System.nanoTime());
        return new ImagePrograms(docker, image, mark);
    }

    private static String reason(String said, String image) {
        String all = said.toLowerCase(Locale.ROOT);
        if (all.contains("permission denied")) {
            return "docker: found no right to ask the engine, expected a user of the group docker, or root; " + said;
        }
        if (all.contains("no such image") || all.contains("no such object")) {
            return "image: found no image " + image + " in the engine of this machine, expected one: docker pull "
                    + image;
        }
        return "docker: found no engine that answers, expected one of this machine; " + said;
    }

    @Override
    public Found find(List<String> places, Kind kind, String debianPackage) throws LaunchException {
        List<String> question =
                Stream.concat(Stream.of(kind.name()), places.stream()).toList();
        Found known = found.get(question);
        if (known != null) {
            return known;
        }
        Found first = first(looked(question))
                .orElseThrow(() -> new LaunchException(String.join(", ", places) + ": not found in the image "
                        + image + ", expected the " + kind.name().toLowerCase(Locale.ROOT)
                        + Programs.install(debianPackage)
                        + ", when the image is built"));
        found.put(question, first);
        return first;
    }

    private String looked(List<String> question) throws LaunchException {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--pull", "never", "--network", "none"));
        words.addAll(List.of("--label", LABEL + "=" + mark, "--entrypoint", SHELL, image, "-c", SEARCH, SHELL));
        words.addAll(question);
        try {
            return docker.ask(words.toArray(String[]::new));
        } catch (LaunchException e) {
            throw new LaunchException(
                    "image: could not look into " + image + ", expected one with a program sh in it: " + e.getMessage(),
                    e);
        }
    }

    /** Of the first place of which there is anything. */
    private static Optional<Found> first(String looked) {
        List<String[]> lines = looked.lines().map(line -> line.split("\t", -1)).toList();
        List<String[]> ofFirst =
                lines.stream().filter(line -> line[0].equals(lines.get(0)[0])).toList();
        Optional<Path> newest =
                Programs.newest(ofFirst.stream().map(line -> Path.of(line[1])).toList());
        return ofFirst.stream()
                .filter(line -> newest.filter(Path.of(line[1])::equals).isPresent())
                .map(line -> new Found(Path.of(line[1]), Path.of(line[2])))
                .findFirst();
    }

    @Override
    public Path java() throws LaunchException {
        return find(List.of("java", "/usr/lib/jvm/*/bin/java"), Kind.PROGRAM, "openjdk-17-jre-headless")
                .path();
    }

    @Override
    public void lend(Path folder) {
        lent.add(folder);
    }

    @Override
    public Optional<Command> removal() {
        Path nowhere = Path.of("/");
        return Optional.of(new Command(
                "the removal of containers",
                Path.of("/bin/sh"),
                List.of(
                        "-c",
                        "all=$(\"$1\" ps --all --quiet --filter \"label=$2\") || exit 1; [ -z \"$all\" ] || \"$1\" rm"
                                + " --force --volumes $all",
                        SHELL,
                        docker.program().toString(),
                        LABEL + "=" + mark),
                nowhere,
                ofTheEngine(),
                nowhere));
    }

    private static Map<String, String> ofTheEngine() {
        Map<String, String> variables = new HashMap<>();
        VARIABLES.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> variables.put(name, value)));
        return variables;
    }

    @Override
    public Optional<String> nothingOfTheirOwn() {
        return Optional.of("found nodes in containers, expected processes of this machine");
    }

    @Override
    public Start start(Command command, boolean conversing, Optional<Path> runFolder) throws LaunchException {
        String name = nextName(command.name());
        List<String> words = new ArrayList<>(List.of(docker.program().toString(), "run"));
        words.addAll(List.of("--name", name, "--label", LABEL + "=" + mark, "--pull", "never"));
        words.addAll(List.of("--network", "host", "--log-driver", "none", "--user", user(command)));
        words.addAll(List.of("--workdir", command.folder().toString()));
        if (conversing) {
            words.add("--interactive");
        }
        for (Path folder : own(command.folder(), runFolder)) {
            words.addAll(mounted(folder, ""));
        }
        for (Path folder : lent) {
            words.addAll(mounted(folder, ",readonly"));
        }
        // programs ask for the name of the user as whom they run
        for (String file : List.of("/etc/passwd", "/etc/group")) {
            words.addAll(mounted(Path.of(file), ",readonly"));
        }
        command.environment().forEach((variable, value) -> words.addAll(List.of("--env", variable + "=" + value)));
        words.addAll(List.of("--entrypoint", command.program().toString(), image));
        words.addAll(command.arguments());
        return new Start(
                // what is left of it is told by what /proc names
                MachinePrograms.real(docker.program()).toString(),
                words,
                Map.of(),
                (process, identity, entry) -> new Container(docker, name, process, entry));
    }

    private synchronized String nextName(String called) {
        containers++;
        String words = called.replaceAll("[^A-Za-z0-9_.]+", "-");
        return "umpire-" + mark + "-" + containers + "-" + words.substring(0, Math.min(words.length(), LONGEST_NAME));
    }

    private static List<Path> own(Path folder, Optional<Path> runFolder) {
        List<Path> own = new ArrayList<>(runFolder.stream().toList());
        if (runFolder.filter(folder::startsWith).isEmpty()) {
            own.add(folder);
        }
        return own;
    }

    private static List<String> mounted(Path place, String how) {
        return List.of("--mount", "type=bind,source=" + place + ",target=" + place + how);
    }

    /** By numbers, which mean the same in any image. */
    private static String user(Command command) throws LaunchException {
        if (command.user().isPresent()) {
            ServerUser user = ServerUser.named(command.user().get());
            return user.id() + ":" + user.groupId();
        }
        Path self = Path.of("/proc/self");
        try {
            return Files.getAttribute(self, "unix:uid") + ":" + Files.getAttribute(self, "unix:gid");
        } catch (IOException e) {
            throw new LaunchException(self + ": does not tell as whom the harness runs: " + e.getMessage(), e);
        }
    }
}
