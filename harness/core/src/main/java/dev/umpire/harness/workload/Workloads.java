package dev.umpire.harness.workload;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The workloads that Umpire brings. */
public final class Workloads {
    private Workloads() {}

    public static List<Workload> all() {
        return List.of(
                new Register(),
                new Profile(),
                new Comments(),
                new Dialogue(),
                new Baseball(),
                Growing.lists(),
                Growing.sets(),
                Growing.counters(),
                new CasRegister(),
                new Claims(),
                new Cart(),
                new Bank(),
                Log.ofSessions(),
                Log.ofGroup());
    }

    /**
     * The one to begin with for clients that understand these functions: the first that can be asked of them, else the first of
     * all, whose refusal says what is missing.
     */
    public static Workload usual(Set<String> functions) {
        return all().stream()
                .filter(workload -> functions.containsAll(workload.needs()))
                .findFirst()
                .orElseGet(() -> all().get(0));
    }

    /**
     * The workload of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("workload: found " + name + ", expected "
                        + all().stream().map(Workload::name).collect(Collectors.joining(", "))));
    }
}
