package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.histories.value.Value;
import java.util.Map;

/**
 * The keys of a workload, of which only a few are in use at a time, so that conflicts and reads of one's own writes are
 * frequent. The first half of those in use stays for the whole run: there a replica that is left behind grows older and
 * older. Of the others, every so many requests one is retired for ever and a new one takes its place: an acknowledged write
 * that the store lost stays visible in the end only on a key that nobody writes again.
 *
 * @param prefix of the keys' names, which are numbered from 0
 * @param count how many are in use at a time
 * @param retireEvery after so many requests one is retired
 * @param draws which of those in use is meant
 */
record KeysInUse(String prefix, int count, int retireEvery, KeyedRandom.Stream draws) {
    static final String KEYS = "keys";
    static final String RETIRE_EVERY = "retire-every";
    static final int MOST_KEYS = 1_000_000;

    static Workload.Option keys(int byDefault) {
        return new Workload.Option(KEYS, "" + byDefault, "how many keys are in use at a time");
    }

    static Workload.Option retireEvery(int byDefault) {
        return new Workload.Option(
                RETIRE_EVERY,
                "" + byDefault,
                "after so many requests one key is retired and a new one comes; half of those in use stay");
    }

    /** What a workload on such keys does, in a few words: {@code "set · 4 sets at a time"}. */
    static String describe(Workload workload, Map<String, String> options, String key) {
        int count = new OptionValues(workload, options).number(KEYS, 1, MOST_KEYS);
        return workload.name() + " · " + (count == 1 ? "one " + key : count + " " + key + "s") + " at a time";
    }

    static KeysInUse of(String prefix, OptionValues options, KeyedRandom.Stream draws) {
        return new KeysInUse(
                prefix, options.number(KEYS, 1, MOST_KEYS), options.number(RETIRE_EVERY, 1, 1_000_000_000), draws);
    }

    /** The key that is drawn for this request. */
    Value key(long asked) {
        return key(asked, 0);
    }

    /** The key that stands so many places after the one that is drawn for this request. */
    Value key(long asked, int offset) {
        int place = (draws.split(asked).below(count, 0) + offset) % count;
        boolean stays = place < count / 2;
        return Value.of(prefix + (stays ? place : place + asked / retireEvery));
    }
}
