package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.NumberValues;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.VerdictJson;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Target;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code umpire}. */
@Command(
        name = "umpire",
        description = "What does your replicated store really guarantee?",
        mixinStandardHelpOptions = true,
        version = "umpire " + VerdictJson.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  umpire run                            the main job, on the simulated store",
            "  umpire run --set reads=any-follower   a store whose sessions see old data",
            "  umpire run redis --time 20s           three real servers",
            "  umpire survey --defects               which seeds show each defect",
            "  umpire explore --defect SL6           many runs, until one breaks it",
            "  umpire replay runs/latest             the same run again, byte for byte",
            "  umpire shrink runs/latest             its anomaly alone, and its story",
            "  umpire check history.edn              what a recorded history keeps",
            "  umpire lint history.edn               what is wrong with the recording",
            "  umpire convert run.edn run.jsonl      the same history in another format",
            "  umpire diff runs/before runs/latest   what got worse between two runs",
            "  umpire serve                          all runs as pages for a browser",
            "  umpire heal                           undoes what a killed run left",
            "  umpire list                           what there is to choose from",
            "",
            "Exit codes: 0 every guarantee held, 1 a guarantee is broken, 2 wrong use, bad input or a failed harness,"
                    + " 3 undecided. 1 outranks 2, 2 outranks 3."
        })
public final class Umpire {
    private static final String VERBOSE = "--verbose";

    private Umpire() {}

    /** Ends the process with the {@link Exit} of the command. */
    public static void main(String[] arguments) {
        Terminal terminal = terminal();
        int code = run(arguments, fromMachine(terminal));
        terminal.flush();
        System.exit(code);
    }

    /** Obeys a command line and returns the exit code; nothing is thrown. */
    public static int run(String[] arguments, Surroundings surroundings) {
        Terminal terminal = surroundings.terminal();
        try {
            return commandLine(surroundings).execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            fail(
                    terminal,
                    arguments,
                    "umpire: ran out of " + (e instanceof OutOfMemoryError ? "memory" : "stack")
                            + " with a heap of at most " + Runtime.getRuntime().maxMemory() / 1_000_000
                            + " MB; give it more with UMPIRE_JAVA_OPTIONS=-Xmx4g",
                    e);
        } catch (RuntimeException | Error e) {
            fail(terminal, arguments, "umpire: failed: " + SafeText.visible(String.valueOf(e)), e);
        }
        return Exit.FAILED.code();
    }

    static CommandLine commandLine(Surroundings surroundings) {
        Terminal terminal = surroundings.terminal();
        CommandLine umpire = new CommandLine(new Umpire());
        umpire.addSubcommand("run", new RunCommand(surroundings));
        umpire.addSubcommand("survey", new SurveyCommand(surroundings));
        umpire.addSubcommand("explore", new ExploreCommand(surroundings));
        umpire.addSubcommand("replay", new ReplayCommand(surroundings));
        umpire.addSubcommand("shrink", new ShrinkCommand(surroundings));
        umpire.addSubcommand("learn", new LearnCommand(surroundings));
        umpire.addSubcommand("check", new CheckCommand(surroundings));
        umpire.addSubcommand("lint", new LintCommand(surroundings));
        umpire.addSubcommand("convert", new ConvertCommand(surroundings));
        umpire.addSubcommand("diff", new DiffCommand(surroundings));
        umpire.addSubcommand("serve", new ServeCommand(surroundings));
        umpire.addSubcommand("heal", new HealCommand(surroundings));
        umpire.addSubcommand("list", new ListCommand(surroundings));
        umpire.addSubcommand("completion", new CompletionCommand(surroundings));
        umpire.addSubcommand("help", new CommandLine.HelpCommand());
        NumberValues.registerWith(umpire);
        umpire.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        umpire.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        umpire.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.outColours() ? Ansi.ON : Ansi.OFF));
        umpire.setUsageHelpWidth(Math.max(80, Math.min(terminal.columns(), 120)));
        umpire.setUsageHelpLongOptionsMaxWidth(28);
        umpire.setParameterExceptionHandler((wrong, arguments) -> wrongUse(terminal, wrong));
        umpire.setExecutionExceptionHandler((failure, command, parsed) -> {
            String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            fail(terminal, parsed.originalArgs().toArray(String[]::new), "umpire: " + SafeText.visible(text), failure);
            return Exit.FAILED.code();
        });
        return umpire;
    }

    private static int wrongUse(Terminal terminal, ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        boolean withoutCommand = String.valueOf(wrong.getMessage()).startsWith("Missing required subcommand");
        if (withoutCommand) {
            wrong.getCommandLine().usage(terminal.err(), Ansi.OFF);
            terminal.err().println();
            terminal.err().println("umpire: found no command, expected one of those above");
            return Exit.FAILED.code();
        }
        String text = wrong instanceof UnmatchedArgumentException unmatched && isOption(unmatched)
                ? unknownOption(unmatched)
                : String.valueOf(wrong.getMessage()).strip() + nearestCommand(wrong);
        terminal.err().println("umpire: " + SafeText.visible(text) + " ('" + command + " --help' tells what there is)");
        return Exit.FAILED.code();
    }

    private static boolean isOption(UnmatchedArgumentException unmatched) {
        return unmatched.getUnmatched().get(0).startsWith("-");
    }

    /** Of the first alone: what stands behind it was meant as its value. */
    private static String unknownOption(UnmatchedArgumentException unmatched) {
        String found = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        Set<String> options =
                unmatched.getCommandLine().getCommandSpec().optionsMap().keySet();
        return "Unknown option: '" + found + "'"
                + Names.nearest(found, options)
                        .map(name -> "; the nearest is " + name)
                        .orElse("");
    }

    private static String nearestCommand(ParameterException wrong) {
        List<String> suggestions =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty() ? "" : "; the nearest is " + suggestions.get(0);
    }

    private static void fail(Terminal terminal, String[] arguments, String text, Throwable cause) {
        terminal.err().println(text);
        if (Arrays.asList(arguments).contains(VERBOSE)
                || Arrays.asList(arguments).contains("-v")) {
            cause.printStackTrace(terminal.err());
        }
    }

    private static Surroundings fromMachine(Terminal terminal) {
        return new Surroundings(
                terminal,
                Umpire::targets,
                (history, guarantees, options) -> Judgement.of(history, guarantees, options, System::nanoTime),
                Runner::run,
                Runner::simulate,
                LocalDateTime::now,
                sinceCommand(),
                Path.of(""),
                Optional.ofNullable(System.getenv("UMPIRE_CLASSPATH")).orElse(""));
    }

    /** Since the process was begun, which was the launcher's shell before it became Java: nobody waits for less. */
    private static LongSupplier sinceCommand() {
        Instant now = Instant.now();
        Instant begun = ProcessHandle.current().info().startInstant().orElse(now);
        long before = Math.max(0, Duration.between(begun, now).toNanos());
        long nowNanos = System.nanoTime();
        return () -> before + System.nanoTime() - nowNanos;
    }

    private static List<Target> targets(ClassLoader loader) {
        List<Target> targets = new ArrayList<>();
        ServiceLoader.load(Target.class, loader).forEach(targets::add);
        return targets;
    }

    /**
     * The process's own streams, always in UTF-8. Whether they are terminals is what the launcher found out: Java cannot
     * ask for one stream alone.
     */
    private static Terminal terminal() {
        boolean outIsTerminal = Boolean.getBoolean("umpire.terminal.out");
        boolean errIsTerminal = Boolean.getBoolean("umpire.terminal.err");
        String noColor = System.getenv("NO_COLOR");
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        OptionalInt columns = columns();
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                outIsTerminal && !dumb && (noColor == null || noColor.isEmpty()),
                errIsTerminal && !dumb,
                columns.orElse(80),
                outIsTerminal ? columns : OptionalInt.empty());
    }

    /** What the launcher found out, else what the user's shell says. */
    private static OptionalInt columns() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("umpire.terminal.columns")),
                        Optional.ofNullable(System.getenv("COLUMNS")))
                .flatMap(Optional::stream)
                .filter(text -> text.matches("[1-9]\\d{0,4}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 14), true, StandardCharsets.UTF_8);
    }
}
