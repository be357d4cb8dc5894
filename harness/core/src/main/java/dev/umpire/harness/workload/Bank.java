package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Banks, whose accounts are opened empty by the first transfer and may be overdrawn: sessions move money between two accounts of
 * a bank and read all accounts of it. As the bank workload of Jepsen (Kingsbury), without balances that must not fall below
 * zero.
 */
public final class Bank implements Workload {
    private static final String ACCOUNTS = "accounts";
    private static final String TRANSFERS = "transfer-percent";

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public String meaning() {
        return "sessions move money between two accounts of a bank and read all its accounts; shows transfers that are seen or "
                + "kept by halves (conserved-total), but neither stale reads nor which transfer it was, for stores that have "
                + "transactions";
    }

    @Override
    public List<String> shows() {
        return List.of("conserved-total");
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(2),
                KeysInUse.retireEvery(400),
                new Option(ACCOUNTS, "6", "how many accounts a bank has"),
                new Option(TRANSFERS, "60", "how many of 100 requests transfer"));
    }

    @Override
    public Set<String> needs() {
        return Set.of(Request.READ, Request.TRANSFER);
    }

    @Override
    public String describe(Map<String, String> options) {
        return KeysInUse.describe(this, options, "bank") + ", of "
                + new OptionValues(this, options).number(ACCOUNTS, 2, 1_000) + " accounts";
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        OptionValues values = new OptionValues(this, options);
        int accounts = values.number(ACCOUNTS, 2, 1_000);
        int transfers = values.number(TRANSFERS, 1, 100);
        KeysInUse banks = KeysInUse.of("b", values, random.stream("bank/key"));
        KeyedRandom.Stream draws = random.stream("bank/function");
        return Generators.requests(asked -> draws.below(100, asked) < transfers
                ? Request.of(Request.TRANSFER, banks.key(asked), transfer(draws.split(asked), accounts))
                : Request.read(banks.key(asked)));
    }

    private static Value transfer(KeyedRandom.Stream draws, int accounts) {
        int from = draws.below(accounts, 0);
        int to = (from + 1 + draws.below(accounts - 1, 1)) % accounts;
        Map<Value, Value> transfer = new LinkedHashMap<>();
        transfer.put(Value.of(Request.FROM), Value.of(from));
        transfer.put(Value.of(Request.TO), Value.of(to));
        transfer.put(Value.of(Request.AMOUNT), Value.of(draws.between(1, 5, 2)));
        return new Value.MapOf(transfer);
    }
}
