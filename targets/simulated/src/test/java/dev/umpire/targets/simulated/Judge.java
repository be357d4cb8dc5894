package dev.umpire.targets.simulated;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the checkers say of a run. */
final class Judge {
    private Judge() {}

    /** These guarantees, each once and by the name that its checker has. */
    static List<String> names(Collection<String> guarantees) {
        return guarantees.stream()
                .map(name -> Guarantee.named(name).name())
                .distinct()
                .toList();
    }

    /** What is broken, a sentence each. */
    static List<String> broken(Run run) {
        List<String> broken = new ArrayList<>();
        for (Judged judged : run.judged()) {
            if (judged.verdict().answer() == Answer.INVALID) {
                broken.add(judged.verdict().guarantee() + ": "
                        + judged.verdict().anomalies().get(0).sentence());
            }
        }
        run.failures().forEach(failure -> broken.add("checker: " + failure));
        return broken;
    }

    /** Whether this guarantee is judged INVALID. */
    static boolean breaks(Run run, String guarantee) {
        String name = Guarantee.named(guarantee).name();
        return run.judged().stream()
                .anyMatch(judged -> judged.verdict().guarantee().equals(name)
                        && judged.verdict().answer() == Answer.INVALID);
    }
}
