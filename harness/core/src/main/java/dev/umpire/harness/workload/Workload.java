package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What sessions ask of a store. */
public interface Workload {

    /** What reads and writes of registers, and appends to lists, can show. */
    List<String> REGISTERS =
            List.of("read-your-writes", "monotonic-reads", "consistent-prefix", "durability", "eventual", "integrity");

    /** Its name on the command line. */
    String name();

    /** One sentence for people: what it asks, what it can reveal and what it cannot. */
    String meaning();

    /**
     * The names of the guarantees that it can show: what is judged where nothing else is asked for, of a store that can be held to
     * it. Where nothing else is said, those of registers.
     */
    default List<String> shows() {
        return REGISTERS;
    }

    /** The options that it takes. */
    List<Option> options();

    /**
     * The functions with which it has a sense. One that can do with others in their place names those that it asks first. Where
     * nothing else is said, {@code read} and {@code write}.
     */
    default Set<String> needs() {
        return Set.of(Request.READ, Request.WRITE);
    }

    /**
     * The functions that it may ask before the final reads, where the target understands them; those that it needs, as by default.
     * One that asks other functions of some targets names them, too.
     *
     * @param options by name, those of the workload; one that is not there has its default
     * @throws IllegalArgumentException if a value is none of its option
     */
    default Set<String> asks(Map<String, String> options) {
        return needs();
    }

    /**
     * An option.
     *
     * @param byDefault its value where none is given
     * @param meaning one sentence for people
     */
    record Option(String name, String byDefault, String meaning) {}

    /**
     * Requests without end.
     *
     * @param options those that were given
     * @param functions those that the target understands
     * @throws IllegalArgumentException if an option is unknown or cannot have its value, or if a function without which the
     *     workload has no sense is missing
     */
    Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random);

    /**
     * The requests of the final phase: what every node is asked after healing and convergence. Where nothing else is said,
     * every node is asked for every key.
     *
     * @param keys those that were asked for, in the order of their first request
     */
    default List<Request> finalReads(Collection<Value> keys, List<Node> nodes) {
        List<Request> reads = new ArrayList<>();
        for (Value key : keys) {
            for (Node node : nodes) {
                reads.add(Request.read(key).finallyAt(node));
            }
        }
        return reads;
    }

    /** What it does with these options, in a few words: {@code "register · 8 keys at a time"}. */
    String describe(Map<String, String> options);
}
