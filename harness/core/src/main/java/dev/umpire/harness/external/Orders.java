package dev.umpire.harness.external;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Gives the orders of a user to the shell, one after another, each for 20 seconds at most. How something is undone is in the
 * launcher's journal before it is done. Used on the loop; the shell runs elsewhere.
 */
public final class Orders {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Environment environment;
    private final Launcher launcher;
    private final Map<Order, String> commands;
    private final Map<Node, String> addresses;
    private final Path shell;
    private final Path directory;
    private final Path folder;
    private long given;
    private long changes;

    /**
     * Orders that can be given.
     *
     * @param commands those that the user gave
     * @param addresses of the nodes, of which commands are told
     * @param shell that runs them
     * @param directory in which they run
     * @param folder of our own, for what they print
     */
    public Orders(
            Environment environment,
            Launcher launcher,
            Map<Order, String> commands,
            Map<Node, String> addresses,
            Path shell,
            Path directory,
            Path folder) {
        this.environment = environment;
        this.launcher = launcher;
        this.commands = Map.copyOf(commands);
        this.addresses = Map.copyOf(addresses);
        this.shell = shell;
        this.directory = directory;
        this.folder = folder;
    }

    /** Whether there is a command for it. */
    public boolean has(Order order) {
        return commands.containsKey(order);
    }

    /** How many orders to break or to mend something have been carried out so far, also those that failed. */
    public long changes() {
        return changes;
    }

    /** What the command says that is told of nothing. */
    public CompletionStage<String> ask(Order order) {
        return ask(order, order.optionName(), Map.of());
    }

    /** What the command says of a link. */
    public CompletionStage<String> ask(Order order, Link link) {
        return ask(order, order.optionName() + " " + link, variables(link));
    }

    /** Breaks something, after it was written down how that is undone. */
    public CompletionStage<Void> breaking(Order order, Order undo, Node node) {
        return breaking(command(order, node), command(undo, node));
    }

    /** As {@link #breaking(Order, Order, Node)}. */
    public CompletionStage<Void> breaking(Order order, Order undo, Link link) {
        return breaking(command(order, link), command(undo, link));
    }

    private CompletionStage<Void> breaking(Command breaking, Command mending) {
        return changing(() -> {
            launcher.rememberUndo(mending);
            launcher.complete(breaking, BOUND);
        });
    }

    /** Undoes what was broken. */
    public CompletionStage<Void> mending(Order undo, Node node) {
        return mending(command(undo, node));
    }

    /** As {@link #mending(Order, Node)}. */
    public CompletionStage<Void> mending(Order undo, Link link) {
        return mending(command(undo, link));
    }

    private CompletionStage<Void> mending(Command mending) {
        return changing(() -> {
            launcher.complete(mending, BOUND);
            launcher.forgetUndo(mending);
        });
    }

    private CompletionStage<String> ask(Order order, String name, Map<String, String> variables) {
        Path answer = folder.resolve("answer-" + given++);
        Command command = new Command(name, shell, words(order), folder, variables, answer);
        return environment.blocking("orders", () -> {
            launcher.complete(command, BOUND);
            List<String> lines = Files.readString(answer, StandardCharsets.UTF_8)
                    .strip()
                    .lines()
                    .toList();
            Files.delete(answer);
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
        });
    }

    private List<String> words(Order order) {
        String command = commands.get(order);
        if (command == null) {
            throw new IllegalStateException(order.setting() + ": found none, expected a command");
        }
        return List.of("-c", Shell.in(directory, command));
    }

    private Command command(Order order, Node node) {
        return command(order, node, variables(node));
    }

    private Command command(Order order, Link link) {
        return command(order, link, variables(link));
    }

    private Command command(Order order, Object of, Map<String, String> variables) {
        return new Command(
                order.optionName() + " " + of, shell, words(order), folder, variables, folder.resolve("said.log"));
    }

    private Map<String, String> variables(Node node) {
        return Map.of("UMPIRE_NODE", node.name(), "UMPIRE_ADDRESS", address(node));
    }

    private Map<String, String> variables(Link link) {
        return Map.of(
                "UMPIRE_FROM", link.from().name(),
                "UMPIRE_FROM_ADDRESS", address(link.from()),
                "UMPIRE_TO", link.to().name(),
                "UMPIRE_TO_ADDRESS", address(link.to()));
    }

    private String address(Node node) {
        return node.in(addresses);
    }

    /** Something that blocks. */
    private interface Deed {
        void carryOut() throws IOException;
    }

    private CompletionStage<Void> changing(Deed deed) {
        CompletionStage<Void> changing = environment.blocking("orders", () -> {
            deed.carryOut();
            return null;
        });
        return changing.whenComplete((done, failure) -> changes++);
    }
}
