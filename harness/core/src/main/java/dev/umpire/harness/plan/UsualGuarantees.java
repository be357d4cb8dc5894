package dev.umpire.harness.plan;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is judged of a store where nobody names a guarantee: what the workload shows, without what no answer of this store to it
 * could ever break.
 *
 * <p>That is consistent-prefix, where sessions read and write one key at a time and the store tells no order of its writes: the
 * state of one key is passed through in every order. A checker can only call such a run undecided, however long it lasts.
 *
 * @param judged names of guarantees, in the order of the workload
 * @param notAsked what the workload shows of other stores
 */
public record UsualGuarantees(List<String> judged, List<NotAsked> notAsked) {
    private static final String CONSISTENT_PREFIX = "consistent-prefix";

    /** What looks at several keys or elements, or at a state before a write of its own: some order of the writes may contradict it. */
    private static final Set<String> SHOW_AN_ORDER = Set.of(Request.SNAPSHOT, Request.APPEND, Request.CAS);

    public UsualGuarantees {
        judged = List.copyOf(judged);
        notAsked = List.copyOf(notAsked);
    }

    /**
     * A guarantee that is not judged unless somebody names it.
     *
     * @param reason why it cannot be decided; continues "as ..."
     */
    public record NotAsked(String guarantee, String reason) {
        /** A line for people. */
        public String sentence() {
            return guarantee + ", as " + reason;
        }
    }

    /**
     * Those of a workload, asked of a target with these settings.
     *
     * @param options of the workload
     * @throws IllegalArgumentException if a value of an option is none of it
     */
    public static UsualGuarantees of(Target target, Settings settings, Workload workload, Map<String, String> options) {
        List<String> judged = new ArrayList<>(workload.shows());
        if (showsAnOrder(target, settings, workload.asks(options)) || !judged.remove(CONSISTENT_PREFIX)) {
            return new UsualGuarantees(judged, List.of());
        }
        return new UsualGuarantees(
                judged,
                List.of(new NotAsked(
                        CONSISTENT_PREFIX,
                        "nothing that " + workload.name()
                                + " asks of this store could break it: each read is of one key,"
                                + " and no version or position of a write is told")));
    }

    private static boolean showsAnOrder(Target target, Settings settings, Set<String> asks) {
        Set<String> asked = new HashSet<>(asks);
        asked.retainAll(target.functions(settings));
        asked.retainAll(SHOW_AN_ORDER);
        return !asked.isEmpty() || target.tellsOrder(settings);
    }

    /**
     * What a plan leaves out that is judged of other stores where nothing is named, one sentence each; empty where it judges less
     * than is usual, as somebody has chosen then.
     *
     * @throws IllegalArgumentException if there is no such workload, or if the target has no such setting or value
     */
    public static List<String> notAsked(Plan plan, Target target) {
        UsualGuarantees usual = of(
                target,
                SettingsResolver.resolve(target, plan.settings()),
                Workloads.named(plan.workload().name()),
                plan.workload().options());
        if (!plan.guarantees().containsAll(usual.judged())) {
            return List.of();
        }
        return usual.notAsked().stream()
                .filter(one -> !plan.guarantees().contains(one.guarantee()))
                .map(NotAsked::sentence)
                .toList();
    }
}
