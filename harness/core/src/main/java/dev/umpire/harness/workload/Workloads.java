package dev.umpire.harness.workload;

import java.util.List;
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
