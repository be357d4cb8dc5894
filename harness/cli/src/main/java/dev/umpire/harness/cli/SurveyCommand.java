package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.SurveyJson;
import dev.umpire.harness.survey.DefectFinding;
import dev.umpire.harness.survey.DefectSurvey;
import dev.umpire.harness.survey.Seeds;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire survey}: what many seeds show of a target. */
@Command(
        name = "survey",
        description = "Try many seeds of a simulated store: whether each of its defects is found.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The exit is 1 where a defect was not found, or broke what it must keep.",
            "",
            "Examples:",
            "  umpire survey simulated --defects",
            "  umpire survey simulated --defects --only SL1,SL4 --seeds 200 --json"
        })
final class SurveyCommand implements Callable<Integer> {
    private static final long DEFECT_SEEDS = 2_000;

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "simulated",
            description = "A store in virtual time ('umpire list targets'). Default: simulated.")
    String name = "simulated";

    @Option(names = "--defects", required = true, description = "Look whether each defect breaks what it is to break.")
    boolean defects;

    @Option(
            names = "--only",
            paramLabel = "A,B",
            description = "These defects ('umpire list defects') alone. Default: all.")
    @Nullable
    String only;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds at most for each defect. Default: 2000.")
    @Nullable
    Long seeds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The first seed. Default: 1.")
    long firstSeed = 1;

    @Option(names = "--json", description = "One JSON object a defect, each on one line.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed.")
    boolean verbose;

    @Mixin
    Targets targets = new Targets();

    SurveyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            Target target = targets.named(name, surroundings);
            if (!target.simulated()) {
                throw new WrongUse("target: found " + name
                        + ", expected one in virtual time: in real time many seeds take too long");
            }
            return defects(target).code();
        } catch (WrongUse | IllegalArgumentException | IllegalStateException e) {
            terminal.err().println("umpire survey: " + SafeText.visible(String.valueOf(e.getMessage())));
            if (verbose) {
                e.printStackTrace(terminal.err());
            }
            return Exit.FAILED.code();
        }
    }

    private Exit defects(Target target) throws WrongUse {
        Seeds tried = new Seeds(firstSeed, seeds == null ? DEFECT_SEEDS : seeds);
        Exit all = Exit.HELD;
        for (Defect defect : chosen(target)) {
            DefectFinding finding = DefectSurvey.of(target, defect, tried, surroundings.simulator());
            surroundings.terminal().out().println(json ? SurveyJson.of(finding) : line(finding));
            all = all.and(finding.asExpected() ? Exit.HELD : Exit.BROKEN);
        }
        return all;
    }

    private List<Defect> chosen(Target target) throws WrongUse {
        if (only == null) {
            return target.defects();
        }
        List<String> known = target.defects().stream().map(Defect::id).toList();
        List<Defect> chosen = new ArrayList<>();
        for (String id : Names.split(only)) {
            Names.require("--only", id, known);
            target.defects().stream().filter(one -> one.id().equals(id)).forEach(chosen::add);
        }
        return chosen;
    }

    /** {@code ✓ SL1 breaks read-your-writes (seed 1) · keeps eventual · 20 seeds}. */
    private static String line(DefectFinding finding) {
        List<String> breaks = new ArrayList<>();
        for (DefectFinding.Break one : finding.breaks()) {
            breaks.add(
                    one.seed().isPresent()
                            ? one.guarantee() + " (seed " + one.seed().getAsLong() + ")"
                            : one.guarantee() + " NOT FOUND");
        }
        List<String> wrongly = new ArrayList<>();
        finding.wronglyBroken().forEach((guarantee, seed) -> wrongly.add(guarantee + " (seed " + seed + ")"));
        return (finding.asExpected() ? "✓ " : "✗ ") + finding.defect() + " breaks " + String.join(", ", breaks)
                + (finding.kept().isEmpty() ? "" : " · keeps " + String.join(", ", finding.kept()))
                + (wrongly.isEmpty() ? "" : " · WRONGLY BREAKS " + String.join(", ", wrongly))
                + " · " + Numbers.counted(finding.seeds(), "seed");
    }
}
