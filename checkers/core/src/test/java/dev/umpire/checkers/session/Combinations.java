package dev.umpire.checkers.session;

import dev.umpire.checkers.oracle.SessionsByDefinition.Part;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Every combination of the four session guarantees. */
final class Combinations {
    private Combinations() {}

    /** All fifteen. */
    static List<Set<Part>> all() {
        List<Set<Part>> all = new ArrayList<>(List.of(EnumSet.noneOf(Part.class)));
        for (Part part : Part.values()) {
            for (Set<Part> without : List.copyOf(all)) {
                Set<Part> with = EnumSet.of(part);
                with.addAll(without);
                all.add(with);
            }
        }
        return all.subList(1, all.size());
    }

    static Verdict check(History history, Set<Part> parts, WriteOrder order) {
        List<String> names = parts.stream()
                .map(part -> part.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return SessionGuarantees.check(String.join("+", names), names, history, new CheckOptions(order, 10, 0));
    }
}
