package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.report.ListJson;
import dev.umpire.harness.report.VerdictSchema;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire list}: what there is to choose from. */
@Command(
        name = "list",
        description = "Tell what there is: targets, workloads, nemeses, guarantees, defects.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  umpire list",
            "  umpire list guarantees",
            "  umpire list targets postgres redis",
            "  umpire list targets --classpath my-store.jar",
            "  umpire list defects --json",
            "  umpire list schema > verdict.schema.json"
        })
final class ListCommand implements Callable<Integer> {
    private static final String TARGETS = "targets";

    private static final String BREAKS = "breaks";
    private static final String KEEPS = "keeps";
    private static final String SOURCE = "source";

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            index = "0",
            completionCandidates = Candidates.Lists.class,
            description = {
                "targets, workloads, nemeses, guarantees or defects. Default: all of them.",
                "schema prints the JSON Schema of what --json and verdict.json tell."
            })
    @Nullable
    String kind;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            index = "1..*",
            completionCandidates = Candidates.TargetNames.class,
            description = "These targets alone, by name. Default: all.")
    List<String> names = List.of();

    @Mixin
    Targets targets = new Targets();

    @Option(names = "--json", description = "One JSON object on one line; of targets alone, one a target.")
    boolean json;

    ListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            if (!names.isEmpty() && !TARGETS.equals(kind)) {
                throw new WrongUse("NAME: found " + names.get(0) + " behind " + kind
                        + ", expected none: targets alone are listed by name");
            }
            if (Candidates.Lists.SCHEMA.equals(kind)) {
                terminal.out().print(VerdictSchema.text());
                return Exit.HELD.code();
            }
            if (kind != null) {
                Names.require("KIND", kind, Candidates.Lists.KINDS);
            }
            Map<String, List<Map<String, Object>>> lists = new LinkedHashMap<>();
            for (String one : kind == null ? Candidates.Lists.KINDS : List.of(kind)) {
                lists.put(one, list(one));
            }
            if (json && TARGETS.equals(kind)) {
                for (Target target : named()) {
                    terminal.out().println(ListJson.of(target));
                }
            } else if (json) {
                terminal.out().println(ListJson.of(lists));
            } else {
                print(lists, terminal);
            }
            return Exit.HELD.code();
        } catch (WrongUse e) {
            terminal.err().println("umpire list: " + e.getMessage());
            return Exit.FAILED.code();
        }
    }

    private static void print(Map<String, List<Map<String, Object>>> lists, Terminal terminal) {
        boolean first = true;
        for (Map.Entry<String, List<Map<String, Object>>> list : lists.entrySet()) {
            if (!first) {
                terminal.out().println();
            }
            first = false;
            terminal.out().println(terminal.styled(Terminal.Style.STRONG, list.getKey()));
            TextTable table = new TextTable();
            list.getValue().forEach(row -> table.row(cells(row)));
            table.linesWithin(terminal).forEach(terminal.out()::println);
        }
    }

    private List<Map<String, Object>> list(String which) throws WrongUse {
        return switch (which) {
            case TARGETS -> targets();
            case "defects" -> defects();
            case "guarantees" ->
                Guarantee.known().stream()
                        .map(one -> row("name", one.name(), "meaning", one.meaning()))
                        .toList();
            case "nemeses" ->
                NemesisKinds.all().stream()
                        .map(one -> row("name", one.name(), "meaning", one.meaning()))
                        .toList();
            default -> workloads();
        };
    }

    private static List<Map<String, Object>> workloads() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Workload workload : Workloads.all()) {
            rows.add(row(
                    "name",
                    workload.name(),
                    "kind",
                    "workload",
                    "meaning",
                    workload.meaning() + "; judged where nothing is named: " + String.join(", ", workload.shows())));
            for (Workload.Option option : workload.options()) {
                rows.add(row(
                        "name", workload.name(),
                        "kind", "--with " + option.name() + "=" + option.byDefault(),
                        "meaning", option.meaning()));
            }
        }
        return rows;
    }

    /** Those that are asked for. */
    private List<Target> named() throws WrongUse {
        for (String name : names) {
            targets.named("NAME", name, surroundings);
        }
        return targets.all(surroundings).stream()
                .filter(target -> names.isEmpty() || names.contains(target.name()))
                .toList();
    }

    private List<Map<String, Object>> targets() throws WrongUse {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Target target : named()) {
            rows.add(row("name", target.name(), "kind", "target", "meaning", target.meaning()));
            for (Setting setting : target.settings()) {
                String allowed = setting.allowed().isEmpty() ? "" : " (" + String.join(", ", setting.allowed()) + ")";
                rows.add(row(
                        "name", target.name(),
                        "kind", "--set " + setting.name() + "=" + setting.byDefault(),
                        "meaning", setting.meaning() + allowed));
            }
            for (Configuration configuration : target.configurations()) {
                rows.add(row(
                        "name", target.name(),
                        "kind", "--set configuration=" + configuration.name(),
                        "meaning",
                                configuration.meaning() + "; promises " + String.join(", ", configuration.promise())));
            }
        }
        return rows;
    }

    private List<Map<String, Object>> defects() throws WrongUse {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Target target : targets.all(surroundings)) {
            for (Defect defect : target.defects()) {
                rows.add(row(
                        "id",
                        defect.id(),
                        "target",
                        target.name(),
                        "configuration",
                        defect.configuration(),
                        "meaning",
                        defect.meaning(),
                        BREAKS,
                        defect.breaks(),
                        KEEPS,
                        defect.keeps(),
                        SOURCE,
                        defect.source()));
            }
        }
        return rows;
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    /** A column a value, but what is said of a defect in one sentence: columns of that would be wider than any screen. */
    private static String[] cells(Map<String, Object> row) {
        List<String> cells = new ArrayList<>(List.of(""));
        row.forEach((name, value) -> {
            String text = value instanceof List<?> texts
                    ? texts.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    : String.valueOf(value);
            if (List.of(BREAKS, KEEPS, SOURCE).contains(name)) {
                int last = cells.size() - 1;
                String said = name.equals(SOURCE) ? "source: " : name + " ";
                cells.set(last, cells.get(last) + "; " + said + (text.isEmpty() ? "nothing for certain" : text));
            } else {
                cells.add(text);
            }
        });
        return cells.toArray(String[]::new);
    }
}
