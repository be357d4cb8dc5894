package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.multileader.Versions.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What all changes that a leader has make of its keys. Leaders that have the same changes hold the same, whatever the order
 * in which they came.
 *
 * <p>Sets are observed-remove sets, counters count the changes themselves (Shapiro, Preguiça, Baquero, Zawirski:
 * <i>Conflict-free Replicated Data Types</i>, SSS 2011): who applies a change twice counts it twice.
 */
final class Contents {
    private final Rules rules;
    private final Map<Value, Versions> registers = new HashMap<>();
    private final Map<Value, Map<Value, Set<Dot>>> sets = new HashMap<>();
    private final Map<Value, Long> counters = new HashMap<>();
    private final Map<Value, TreeMap<Timestamp, Value>> texts = new HashMap<>();
    private final Map<Name, Holder> names = new HashMap<>();
    /** What was replaced or removed by a change that came before it. */
    private final Set<Dot> outdated = new HashSet<>();

    Contents(Rules rules) {
        this.rules = rules;
    }

    private record Name(Value key, Value name) {}

    private record Holder(int session, Timestamp time) {}

    /**
     * What a read shows of a key.
     *
     * @param siblings all values of a register, where there are several
     * @param versions of a register
     */
    record Shown(Value value, List<Value> siblings, Set<Dot> versions) {}

    // changes

    /** Completes what a session wants to do with what this leader knows; empty: it cannot be done here. */
    Optional<Deed> complete(Deed wanted) {
        if (wanted instanceof Deed.Write write && rules.conflicts() == Rules.Conflicts.REPLICA_PRIORITY) {
            Set<Dot> here =
                    registers.getOrDefault(write.key(), new Versions(rules)).dots();
            return Optional.of(new Deed.Write(write.key(), write.value(), here));
        }
        if (wanted instanceof Deed.Remove removal) {
            Set<Dot> adds = sets.getOrDefault(removal.key(), Map.of()).getOrDefault(removal.element(), Set.of());
            return adds.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Deed.Remove(removal.key(), removal.element(), adds));
        }
        if (wanted instanceof Deed.Claim claim) {
            Holder holder = names.get(new Name(claim.key(), claim.name()));
            return holder == null || holder.session() == claim.session() ? Optional.of(claim) : Optional.empty();
        }
        return Optional.of(wanted);
    }

    /**
     * Does what a change does.
     *
     * @param before what this leader had before it
     */
    void apply(Change change, VersionVector before) {
        Deed deed = change.deed();
        if (deed instanceof Deed.Write write) {
            write(change, write, before);
        } else if (deed instanceof Deed.Add add) {
            if (!outdated.remove(change.dot())) {
                elements(add.key())
                        .computeIfAbsent(add.element(), absent -> new LinkedHashSet<>())
                        .add(change.dot());
            }
        } else if (deed instanceof Deed.Remove removal) {
            remove(removal, before);
        } else if (deed instanceof Deed.Increment increment) {
            counters.merge(increment.key(), increment.amount(), Math::addExact);
        } else if (deed instanceof Deed.Append append) {
            texts.computeIfAbsent(append.key(), absent -> new TreeMap<>()).put(change.time(), append.line());
        } else if (deed instanceof Deed.Claim claim) {
            names.merge(
                    new Name(claim.key(), claim.name()),
                    new Holder(claim.session(), change.time()),
                    (one, other) -> one.time().compareTo(other.time()) <= 0 ? one : other);
        }
    }

    private void write(Change change, Deed.Write write, VersionVector before) {
        Versions register = registers.computeIfAbsent(write.key(), absent -> new Versions(rules));
        Version version = new Version(change.dot(), change.time(), write.value());
        if (!rules.comparesVersions()) {
            register.set(version);
            return;
        }
        if (rules.conflicts() == Rules.Conflicts.LAST_WRITE_WINS) {
            // what its writer knew means nothing: by clocks that differ it may be the newer one
            register.add(version);
            return;
        }
        for (Dot replaced : write.replaces()) {
            if (!register.remove(replaced) && !before.has(replaced)) {
                outdated.add(replaced);
            }
        }
        if (!outdated.remove(change.dot())) {
            register.add(version);
        }
    }

    private void remove(Deed.Remove removal, VersionVector before) {
        Map<Value, Set<Dot>> elements = elements(removal.key());
        Set<Dot> adds = elements.getOrDefault(removal.element(), new LinkedHashSet<>());
        for (Dot removed : removal.adds()) {
            if (!adds.remove(removed) && !before.has(removed)) {
                outdated.add(removed);
            }
        }
        if (adds.isEmpty()) {
            elements.remove(removal.element());
        }
    }

    private Map<Value, Set<Dot>> elements(Value key) {
        return sets.computeIfAbsent(key, absent -> new LinkedHashMap<>());
    }

    // reads

    /** What a read of this key shows; nil where nothing is known of it. */
    Shown read(Value key) {
        Versions register = registers.get(key);
        if (register != null && !register.isEmpty()) {
            List<Version> shown = register.shown();
            List<Value> values = shown.stream().map(Version::value).toList();
            Set<Dot> versions = new LinkedHashSet<>();
            shown.forEach(version -> versions.add(version.dot()));
            return new Shown(values.get(0), values.size() > 1 ? values : List.of(), versions);
        }
        return new Shown(merged(key), List.of(), Set.of());
    }

    private Value merged(Value key) {
        if (sets.containsKey(key)) {
            return new Value.SetOf(elements(key).keySet());
        }
        if (counters.containsKey(key)) {
            return Value.of(counters.get(key));
        }
        if (texts.containsKey(key)) {
            return Value.of(new ArrayList<>(texts.get(key).values()));
        }
        Holder holder = names.get(new Name(key, Value.NIL));
        return holder == null ? Value.NIL : Value.of(holder.session());
    }
}
