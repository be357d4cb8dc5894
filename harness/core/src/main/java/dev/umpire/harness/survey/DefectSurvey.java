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
        List<String> asked = Stream.concat(defect.breaks().stream(), defect.keeps().stream())
                .map(name -> Guarantee.named(name).name())
                .distinct()
                .toList();
        Map<String, Long> broken = new LinkedHashMap<>();
        Set<String> judged = new HashSet<>();
        long[] tried = {0};
        seeds.each(target, simulator, seed -> Trials.of(target, configuration, defect, asked, seed), seen -> {
            tried[0]++;
            seen.answers().forEach((guarantee, answer) -> {
                if (answer == Answer.INVALID) {
                    broken.putIfAbsent(guarantee, seen.seed());
                }
                if (answer != Answer.UNKNOWN) {
                    judged.add(guarantee);
                }
            });
            return tried[0] < LEAST_SEEDS || !areIn(broken.keySet(), defect.breaks()) || !areIn(judged, defect.keeps());
        });
        return finding(defect, seeds, broken, judged, tried[0]);
    }

    private static boolean areIn(Set<String> seen, List<String> guarantees) {
        return guarantees.stream().allMatch(name -> isIn(seen, name));
    }

    private static boolean isIn(Set<String> seen, String guarantee) {
        return seen.contains(Guarantee.named(guarantee).name());
    }

    private static DefectFinding finding(
            Defect defect, Seeds seeds, Map<String, Long> broken, Set<String> judged, long tried) {
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
                        .filter(name -> !wronglyBroken.containsKey(name) && isIn(judged, name))
                        .toList(),
                defect.keeps().stream().filter(name -> !isIn(judged, name)).toList(),
                wronglyBroken,
                tried);
    }
}
