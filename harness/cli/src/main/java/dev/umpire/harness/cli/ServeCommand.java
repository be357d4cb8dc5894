package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.serve.ServedStore;
import dev.umpire.harness.cli.serve.StoreServer;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.environment.ShutdownHook;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code umpire serve}: the runs as pages for a browser. */
@Command(
        name = "serve",
        description = {
            "Show the runs that are kept as pages for a browser: all of them with search and filters, each one with its"
                    + " report and its files, two side by side, and how far a run is that goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Nothing is written or run from a page: commands stand there to be pasted. Only this machine can ask, unless --host"
                    + " says otherwise; there is no password. Ends with Ctrl-C.",
            "",
            "Examples:",
            "  umpire serve",
            "  umpire serve --out target/umpire --port 0",
            "  umpire serve --host 192.0.2.7"
        })
final class ServeCommand implements Callable<Integer> {
    private static final String USUAL_HOST = "127.0.0.1";
    private static final int USUAL_PORT = 8642;
    private static final int LARGEST_PORT = 65_535;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Surroundings surroundings;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = USUAL_HOST,
            description =
                    "The address to listen at; 0.0.0.0 is every one of this machine. Default: 127.0.0.1, which no other"
                            + " machine reaches.")
    String host = USUAL_HOST;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + USUAL_PORT,
            description = "The port; 0 is any that is free. Default: 8642.")
    int port = USUAL_PORT;

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed.")
    boolean verbose;

    @Mixin
    RunsFolder runsFolder = new RunsFolder();

    @Mixin
    Targets targets = new Targets();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try (StoreServer server = open()) {
            if (!address().isLoopbackAddress()) {
                terminal.err()
                        .println("umpire serve: " + host
                                + " is not of this machine alone: whoever reaches it can read every run"
                                + " here, without a password");
            }
            terminal.out().println("serving    " + runsFolder.out + " at " + server.address() + " until Ctrl-C");
            awaitEnd();
            return Exit.HELD.code();
        } catch (WrongUse | IOException e) {
            return Failure.tell(terminal, "serve", e, verbose);
        }
    }

    private StoreServer open() throws WrongUse, IOException {
        Path folder = surroundings.directory().resolve(runsFolder.out);
        if (!Files.isDirectory(folder)) {
            throw new WrongUse("--out: found no folder " + runsFolder.out + ", expected one in which runs are kept");
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw new WrongUse("--port: found " + port + ", expected 0 to " + LARGEST_PORT);
        }
        InetAddress address = address();
        try {
            ServedStore store = new ServedStore(
                    folder,
                    runsFolder.out,
                    Clock.system(ZoneId.systemDefault()),
                    new Pasted(targets.all(surroundings)));
            return StoreServer.open(new InetSocketAddress(address, port), host, store);
        } catch (BindException e) {
            throw new WrongUse(
                    address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null
                            ? "--port: found " + port + " in use at " + host
                                    + ", expected one that is free, or 0 for any"
                            : "--host: found " + host + ", expected an address of this machine");
        }
    }

    private InetAddress address() throws WrongUse {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new WrongUse("--host: found " + host + ", which nobody knows, expected an address of this machine");
        }
    }

    /** Until the program is told to end, or this thread is interrupted. */
    private static void awaitEnd() {
        CompletableFuture<String> end = new CompletableFuture<>();
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(0))) {
            ShutdownHook hook = new ShutdownHook(environment, CLOSE_NANOS, () -> end.complete("told to end"));
            try {
                environment.await("the end", end);
            } finally {
                hook.close();
            }
        } catch (LoopInterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The commands of runs, as they are typed beside the folder of runs. */
    private final class Pasted implements ServedStore.Commands {
        private final List<Target> known;

        Pasted(List<Target> known) {
            this.known = known;
        }

        @Override
        public List<String> of(String run, Plan plan, boolean repeatable, boolean broken) {
            return new RunLines(runsFolder, targets)
                    .of(
                            surroundings.directory().resolve(runsFolder.out).resolve(run),
                            plan,
                            repeatable,
                            broken,
                            known.stream()
                                    .filter(target -> target.name().equals(plan.target()))
                                    .findFirst());
        }

        @Override
        public String diff(String a, String b) {
            return "./umpire diff " + folder(a) + " " + folder(b);
        }

        private String folder(String run) {
            return PlanDefaults.quoted(runsFolder.shown(Path.of(run)).toString());
        }
    }
}
