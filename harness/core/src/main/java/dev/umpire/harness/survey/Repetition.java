package dev.umpire.harness.survey;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several runs of one plan showed, one after another.
 *
 * @param asked how many runs were asked for
 * @param repeats those that were carried out
 */
public record Repetition(int asked, List<Repeat> repeats) {

    public Repetition {
        repeats = List.copyOf(repeats);
    }

    /**
     * One of them.
     *
     * @param seed of its plan
     * @param answer all verdicts together; not VALID where a checker failed
     * @param answers by the names of the guarantees, in the order of the plan, UNKNOWN where the checker failed; nothing held in
     *     a run that lacks evidence
     * @param folder of the run, as people are told of it; empty: it was not kept
     */
    public record Repeat(long seed, Answer answer, Map<String, Answer> answers, Optional<String> folder) {

        /** What was said of a run. */
        public static Repeat of(Run run, Optional<String> folder) {
            Map<String, Answer> answers = new LinkedHashMap<>();
            for (Judged judged : run.judged()) {
                Answer answer = judged.verdict().answer();
                answers.put(
                        judged.verdict().guarantee(), run.missing().isEmpty() ? answer : answer.and(Answer.UNKNOWN));
            }
            run.failures().forEach(failure -> answers.put(failure.guarantee(), Answer.UNKNOWN));
            Answer together =
                    run.failures().isEmpty() ? run.answer() : run.answer().and(Answer.UNKNOWN);
            return new Repeat(run.plan().seed(), together, answers, folder);
        }

        /** The guarantees of which this was answered. */
        public List<String> with(Answer wanted) {
            return answers.entrySet().stream()
                    .filter(one -> one.getValue() == wanted)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** The guarantees that were judged in any of them, in the order of the plan. */
    public List<String> guarantees() {
        return repeats.stream()
                .flatMap(one -> one.answers().keySet().stream())
                .distinct()
                .toList();
    }

    /** In how many runs this was answered of a guarantee. */
    public long count(String guarantee, Answer answer) {
        return repeats.stream()
                .filter(one -> one.answers().get(guarantee) == answer)
                .count();
    }

    /** How often a guarantee was broken, of the runs that decided; empty where none did. */
    public Optional<Rate> broken(String guarantee) {
        long hits = count(guarantee, Answer.INVALID);
        long decided = hits + count(guarantee, Answer.VALID);
        return decided == 0 ? Optional.empty() : Optional.of(new Rate(hits, decided));
    }
}
