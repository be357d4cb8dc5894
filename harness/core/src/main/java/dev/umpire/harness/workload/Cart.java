package dev.umpire.harness.workload;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shopping carts: sessions put items into shared carts, all at once, take some out again, and look (DDIA, fig. 5-13). An item
 * is new each time, and is taken out at most once, after it was acknowledged.
 */
public final class Cart implements Workload {
    private static final String ADDS = "add-percent";
    private static final String REMOVES = "remove-percent";

    @Override
    public String name() {
        return "cart";
    }

    @Override
    public String meaning() {
        return "sessions put items into shared carts at the same time, take some out and look; shows items that are lost, and "
                + "removed ones that come back, but neither stale reads nor an order";
    }

    @Override
    public List<String> shows() {
        return List.of("durability", "eventual", "integrity");
    }

    @Override
    public List<Option> options() {
        return List.of(
                KeysInUse.keys(3),
                KeysInUse.retireEvery(60),
                new Option(ADDS, "45", "how many of 100 requests put something in"),
                new Option(REMOVES, "25", "how many of 100 requests take something out, where there is something"));
    }

    @Override
    public Set<String> needs() {
        return Set.of(Request.READ, Request.ADD, Request.REMOVE);
    }

    @Override
    public String describe(Map<String, String> options) {
        return KeysInUse.describe(this, options, "cart");
    }

    @Override
    public Generator generator(Map<String, String> options, Set<String> functions, KeyedRandom random) {
        OptionValues.requireFunctions(this, functions, needs());
        OptionValues values = new OptionValues(this, options);
        int adds = values.number(ADDS, 1, 100);
        return Turns.of(
                new Shopping(
                        KeysInUse.of("cart", values, random.stream("cart/key")),
                        random.stream("cart/function"),
                        adds,
                        values.number(REMOVES, 0, 100 - adds)),
                new Shelf(List.of()));
    }

    /** Items that are certainly in a cart and that nobody takes out yet, the oldest first. */
    private record Shelf(List<Item> items) {
        private static final int MOST = 32;

        Shelf with(Item item) {
            List<Item> more = new ArrayList<>(items);
            more.add(item);
            return new Shelf(List.copyOf(more.subList(Math.max(0, more.size() - MOST), more.size())));
        }

        Shelf without(Item item) {
            List<Item> fewer = new ArrayList<>(items);
            fewer.remove(item);
            return new Shelf(List.copyOf(fewer));
        }
    }

    private record Item(Value cart, Value name) {}

    private record Shopping(KeysInUse carts, KeyedRandom.Stream functions, int adds, int removes)
            implements Turns.Rule<Shelf> {
        @Override
        public Optional<Turns.Turn<Shelf>> turn(Shelf shelf, int session, int sessionCount, long asked) {
            int drawn = functions.below(100, asked);
            if (drawn < adds) {
                return Turns.ask(Request.of(Request.ADD, carts.key(asked), Value.of(asked + 1)), shelf);
            }
            if (drawn < adds + removes && !shelf.items().isEmpty()) {
                Item item = shelf.items()
                        .get(functions.split(asked).below(shelf.items().size(), 0));
                return Turns.ask(Request.of(Request.REMOVE, item.cart(), item.name()), shelf.without(item));
            }
            return Turns.ask(Request.read(carts.key(asked)), shelf);
        }

        @Override
        public Shelf answered(Shelf shelf, int session, Request request, Response response) {
            return request.function().equals(Request.ADD) && response instanceof Response.Ok
                    ? shelf.with(new Item(request.key().orElseThrow(), request.argument()))
                    : shelf;
        }
    }
}
