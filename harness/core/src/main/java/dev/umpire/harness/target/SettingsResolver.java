package dev.umpire.harness.target;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes of the settings that were given the settings of a run, each with a value. */
public final class SettingsResolver {

    /** The setting that names a configuration of the target; empty where none is chosen. */
    public static final String CONFIGURATION = "configuration";

    /** The setting that names a defect of the target; empty where it has none. */
    public static final String DEFECT = "defect";

    private SettingsResolver() {}

    /**
     * The settings of a run: the target's defaults, overridden by those of the configuration (the defect's own where only a
     * defect is named), overridden by those that are given. {@code configuration} and {@code defect} stand among them, empty
     * where there is none.
     *
     * @throws IllegalArgumentException if a name or a value is unknown, or if the defect belongs to another configuration;
     *     the message says what is allowed and which name is nearest
     */
    public static Settings resolve(Target target, Map<String, String> given) {
        String defectId = given.getOrDefault(DEFECT, "");
        Optional<Defect> defect = defectId.isEmpty() ? Optional.empty() : Optional.of(defect(target, defectId));
        String configurationName = given.getOrDefault(
                CONFIGURATION, defect.map(Defect::configuration).orElse(""));
        if (defect.isPresent() && !defect.get().configuration().equals(configurationName)) {
            throw new IllegalArgumentException("defect: found " + defectId + " with configuration=" + configurationName
                    + ", expected configuration=" + defect.get().configuration());
        }
        Map<String, String> values = new TreeMap<>();
        target.settings().forEach(setting -> values.put(setting.name(), setting.byDefault()));
        if (!configurationName.isEmpty()) {
            values.putAll(configuration(target, configurationName).settings());
        }
        given.forEach((name, value) -> {
            if (!name.equals(CONFIGURATION) && !name.equals(DEFECT)) {
                values.put(name, allowed(target, name, value));
            }
        });
        List<Setting> meaningless = target.settings().stream()
                .filter(setting -> !setting.applies(values))
                .toList();
        for (Setting setting : meaningless) {
            if (given.containsKey(setting.name())) {
                throw new IllegalArgumentException(setting.name() + ": found " + given.get(setting.name())
                        + ", expected none, as it has a meaning only with " + text(setting.onlyWith()));
            }
            values.remove(setting.name());
        }
        values.put(CONFIGURATION, configurationName);
        values.put(DEFECT, defectId);
        return new Settings(values);
    }

    /** The configuration that these settings name, themselves or by a defect. */
    public static Optional<Configuration> configuration(Target target, Settings resolved) {
        String name = resolved.get(CONFIGURATION);
        return name.isEmpty() ? Optional.empty() : Optional.of(configuration(target, name));
    }

    /**
     * What the store of these settings is otherwise than the configuration that they name, {@code reads=leader}; sorted. Nothing is
     * promised of it then. What no configuration of the target names is no matter of promises, unless it says so itself.
     */
    public static List<String> departures(Target target, Settings resolved) {
        Optional<Configuration> chosen = configuration(target, resolved);
        if (chosen.isEmpty()) {
            return List.of();
        }
        List<String> departures = new ArrayList<>();
        for (Setting setting : target.settings()) {
            String name = setting.name();
            boolean decides = setting.decidesPromises()
                    || target.configurations().stream()
                            .anyMatch(any -> any.settings().containsKey(name));
            String promised = chosen.get().settings().getOrDefault(name, setting.byDefault());
            String found = resolved.values().getOrDefault(name, promised);
            if (decides && !setting.mereSize() && !found.equals(promised)) {
                departures.add(name + "=" + found);
            }
        }
        return departures.stream().sorted().toList();
    }

    /** The defect that these settings name. */
    public static Optional<Defect> defect(Target target, Settings resolved) {
        String id = resolved.get(DEFECT);
        return id.isEmpty() ? Optional.empty() : Optional.of(defect(target, id));
    }

    private static String text(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static Defect defect(Target target, String id) {
        return target.defects().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(
                        DEFECT,
                        id,
                        target,
                        target.defects().stream().map(Defect::id).toList()));
    }

    /**
     * The configuration of this name.
     *
     * @throws IllegalArgumentException if the target has none; the message says what is allowed and which name is nearest
     */
    public static Configuration configuration(Target target, String name) {
        return target.configurations().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        CONFIGURATION,
                        name,
                        target,
                        target.configurations().stream()
                                .map(Configuration::name)
                                .toList()));
    }

    private static String allowed(Target target, String name, String value) {
        Setting setting = target.settings().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = new ArrayList<>(
                            target.settings().stream().map(Setting::name).toList());
                    names.add(CONFIGURATION);
                    names.add(DEFECT);
                    return unknown("setting", name, target, names);
                });
        if (!setting.allowed().isEmpty() && !setting.allowed().contains(value)) {
            throw unknown(name, value, target, setting.allowed());
        }
        return value;
    }

    private static IllegalArgumentException unknown(
            String what, String found, Target target, Collection<String> names) {
        String expected = names.isEmpty()
                ? "none, as " + target.name() + " has none"
                : "one of " + String.join(", ", names) + nearest(found, names);
        return new IllegalArgumentException(what + ": found " + found + ", expected " + expected);
    }

    /** The name that differs least, unless more than half of it differs. */
    private static String nearest(String found, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(found, name)))
                .filter(name -> 2 * distance(found, name) <= name.length())
                .map(name -> " (the nearest is " + name + ")")
                .orElse("");
    }

    /** Levenshtein's distance: how many letters to add, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
