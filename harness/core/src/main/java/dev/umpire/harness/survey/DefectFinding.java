package dev.umpire.harness.survey;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What was found of one defect.
 *
 * @param defect its id
 * @param breaks what it is to break, in the order in which the defect names it
 * @param kept what it must keep, held in some run and was never seen broken
 * @param unjudged what it must keep and no run could be judged by
 * @param wronglyBroken what it must keep and broke, with the first seed
 * @param seeds how many seeds were tried
 */
public record DefectFinding(
        String defect,
        List<Break> breaks,
        List<String> kept,
        List<String> unjudged,
        Map<String, Long> wronglyBroken,
        long seeds) {
    public DefectFinding {
        breaks = List.copyOf(breaks);
        kept = List.copyOf(kept);
        unjudged = List.copyOf(unjudged);
        wronglyBroken = Collections.unmodifiableMap(new TreeMap<>(wronglyBroken));
    }

    /**
     * A guarantee that the defect is to break.
     *
     * @param seed the first whose run broke it; empty: none did
     * @param seedsNeeded how many seeds were tried until then; empty: as above
     */
    public record Break(String guarantee, OptionalLong seed, OptionalLong seedsNeeded) {

        /** Whether a run broke it. */
        public boolean found() {
            return seed.isPresent();
        }
    }

    /** Whether it broke all that it is to break, and what it must keep was judged and never broken. */
    public boolean asExpected() {
        return wronglyBroken.isEmpty() && unjudged.isEmpty() && breaks.stream().allMatch(Break::found);
    }
}
