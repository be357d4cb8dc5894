package dev.umpire.targets.redis;

import dev.umpire.histories.value.Value;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What keys of a workload are called in Redis, and which of them were written. Thread-safe. */
final class KeyNames {

    private final String prefix;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    /** @param prefix of all of them; empty where all keys of the cluster are the run's */
    KeyNames(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** The name of a key that is to be read. */
    String of(Value key) {
        return prefix + key;
    }

    /** The name of a key that is to be written. */
    String toWrite(Value key) {
        String name = of(key);
        written.add(name);
        return name;
    }

    /** All that may have been written. */
    Set<String> written() {
        return Set.copyOf(written);
    }
}
