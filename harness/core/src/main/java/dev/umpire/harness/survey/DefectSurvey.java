package dev.umpire.harness.survey;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Looks whether a defect breaks what it is to break, and nothing that it must keep. */
public final class DefectSurvey {
    /** What a defect keeps is looked at in so many seeds, even if it has broken everything before; in more until it held once. */
    private static final long LEAST_SEEDS = 20;

    private DefectSurvey() {}

    /**
     * Tries seeds until the defect has broken everything that it is to break.
     *
     * @throws IllegalArgumentException if the target has no configuration of the defect's name
     * @throws IllegalStateException if a run could not be carried out; the message names the seed
     */
    public static DefectFinding of(Target target, Defect defect, Seeds seeds, Seeds.Simulator simulator) {
        Configuration configuration = SettingsResolver.configuration(target, defect.configuration());
        List<String> judged = Stream.concat(defect.breaks().stream(), defect.keeps().stream())
                .map(name -> Guarantee.named(name).name())
                .distinct()
                .toList();
        Map<String, Long> broken = new LinkedHashMap<>();
        Set<String> held = new HashSet<>();
        long[] tried = {0};
        seeds.each(target, simulator, seed -> Trials.of(target, configuration, defect, judged, seed), answers -> {
            tried[0] = answers.tried();
            answers.answers().forEach((guarantee, answer) -> {
                if (answer == Answer.INVALID) {
                    broken.putIfAbsent(guarantee, answers.seed());
                } else if (answer == Answer.VALID) {
                    held.add(guarantee);
                }
            });
            return answers.tried() < LEAST_SEEDS
                    || !isIn(defect.breaks(), broken.keySet())
                    || !defect.keeps().stream()
                            .allMatch(name -> isIn(List.of(name), held) || isIn(List.of(name), broken.keySet()));
        });
        return finding(defect, seeds, broken, held, tried[0]);
    }

    private static boolean isIn(List<String> guarantees, Set<String> seen) {
        return guarantees.stream().map(name -> Guarantee.named(name).name()).allMatch(seen::contains);
    }

    private static DefectFinding finding(
            Defect defect, Seeds seeds, Map<String, Long> broken, Set<String> held, long tried) {
        Map<String, Long> wronglyBroken = new LinkedHashMap<>();
        defect.keeps().forEach(name -> {
            Long seed = broken.get(Guarantee.named(name).name());
            if (seed != null) {
                wronglyBroken.put(name, seed);
            }
        });
        return new DefectFinding(
                defect.id(),
                defect.breaks().stream()
                        .map(name -> {
                            Long seed = broken.get(Guarantee.named(name).name());
                            return seed == null
                                    ? new DefectFinding.Break(name, OptionalLong.empty(), OptionalLong.empty())
                                    : new DefectFinding.Break(
                                            name, OptionalLong.of(seed), OptionalLong.of(seed - seeds.first() + 1));
                        })
                        .toList(),
                defect.keeps().stream()
                        .filter(name -> !wronglyBroken.containsKey(name) && isIn(List.of(name), held))
                        .toList(),
                defect.keeps().stream()
                        .filter(name -> !wronglyBroken.containsKey(name) && !isIn(List.of(name), held))
                        .toList(),
                wronglyBroken,
                tried);
    }
}
