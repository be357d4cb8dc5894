package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How often each element is there, immutable: adding shares all but a few words with the bag that was added to.
 *
 * <p>A search holds every state that it met, each different from another by one element, so that copies would cost the square
 * of the history. A trie over the hashes of the elements (Bagwell, <i>Ideal Hash Trees</i>, 2001), of which every bag has one
 * shape only, whatever the way to it.
 */
final class Bag {
    static final Bag EMPTY = new Bag(null, 0, 0, 0);

    private static final int BITS = 4;
    private static final int FANOUT = 1 << BITS;

    private final @Nullable Node root;
    private final int distinct;
    private final long size;
    private final long hash;

    private Bag(@Nullable Node root, int distinct, long size, long hash) {
        this.root = root;
        this.distinct = distinct;
        this.size = size;
        this.hash = hash;
    }

    private sealed interface Node {}

    /** An element, or several with equal hashes. */
    private record Leaf(
            Value element, int hash, int count, @Nullable Leaf next) implements Node {}

    /** A class and not a record, as an array has no equality of its own. */
    private static final class Branch implements Node {
        final @Nullable Node[] children;

        Branch(@Nullable Node[] children) {
            this.children = children;
        }
    }

    /** How many elements there are, equal ones counted. */
    long size() {
        return size;
    }

    /** How many different elements there are. */
    int distinct() {
        return distinct;
    }

    int count(Value element) {
        int of = mixed(element);
        Node node = root;
        for (int shift = 0; node instanceof Branch branch; shift += BITS) {
            node = branch.children[(of >>> shift) & (FANOUT - 1)];
        }
        return node == null ? 0 : countIn((Leaf) node, of, element);
    }

    boolean contains(Value element) {
        return count(element) > 0;
    }

    /** Whether the condition holds for every different element. */
    boolean allMatch(Predicate<Value> condition) {
        return allMatch(root, condition);
    }

    private static boolean allMatch(@Nullable Node node, Predicate<Value> condition) {
        if (node instanceof Branch branch) {
            for (Node child : branch.children) {
                if (!allMatch(child, condition)) {
                    return false;
                }
            }
            return true;
        }
        for (Leaf leaf = (Leaf) node; leaf != null; leaf = leaf.next) {
            if (!condition.test(leaf.element)) {
                return false;
            }
        }
        return true;
    }

    Bag plus(Value element) {
        return with(element, count(element) + 1);
    }

    /** One of these elements less; there has to be one. */
    Bag minus(Value element) {
        return with(element, count(element) - 1);
    }

    private Bag with(Value element, int count) {
        int before = count(element);
        int of = mixed(element);
        long weight = (of | 1L << 32) * 0x9E3779B97F4A7C15L;
        return new Bag(
                replaced(root, of, 0, element, count),
                distinct + (before == 0 ? 1 : 0) - (count == 0 ? 1 : 0),
                size + count - before,
                hash + weight * (count - before));
    }

    private static int countIn(@Nullable Leaf first, int hash, Value element) {
        for (Leaf leaf = first; leaf != null; leaf = leaf.next) {
            if (leaf.hash == hash && leaf.element.equals(element)) {
                return leaf.count;
            }
        }
        return 0;
    }

    private static @Nullable Node replaced(@Nullable Node node, int hash, int shift, Value element, int count) {
        if (node instanceof Branch branch) {
            int at = (hash >>> shift) & (FANOUT - 1);
            @Nullable Node[] children = branch.children.clone();
            children[at] = replaced(children[at], hash, shift + BITS, element, count);
            return shrunk(children);
        }
        Leaf leaf = (Leaf) node;
        if (leaf == null || leaf.hash == hash) {
            Leaf others = without(leaf, element);
            return count == 0 ? others : new Leaf(element, hash, count, others);
        }
        if (count == 0) {
            return leaf;
        }
        @Nullable Node[] children = new Node[FANOUT];
        children[(leaf.hash >>> shift) & (FANOUT - 1)] = leaf;
        return replaced(new Branch(children), hash, shift, element, count);
    }

    /** A branch to one leaf is that leaf, so that equal bags have equal shapes. */
    private static @Nullable Node shrunk(@Nullable Node[] children) {
        Node only = null;
        for (Node child : children) {
            if (child != null && only != null) {
                return new Branch(children);
            }
            only = child == null ? only : child;
        }
        return only instanceof Branch ? new Branch(children) : only;
    }

    private static @Nullable Leaf without(@Nullable Leaf leaf, Value element) {
        if (leaf == null) {
            return null;
        }
        return leaf.element.equals(element)
                ? leaf.next
                : new Leaf(leaf.element, leaf.hash, leaf.count, without(leaf.next, element));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bag bag
                && hash == bag.hash
                && size == bag.size
                && distinct == bag.distinct
                && areEqual(root, bag.root);
    }

    private static boolean areEqual(@Nullable Node one, @Nullable Node other) {
        if (one == other) {
            return true;
        }
        if (one instanceof Branch branch && other instanceof Branch second) {
            for (int i = 0; i < FANOUT; i++) {
                if (!areEqual(branch.children[i], second.children[i])) {
                    return false;
                }
            }
            return true;
        }
        return one instanceof Leaf leaf && other instanceof Leaf second && areEqual(leaf, second);
    }

    private static boolean areEqual(Leaf one, Leaf other) {
        int length = 0;
        for (Leaf leaf = one; leaf != null; leaf = leaf.next) {
            if (countIn(other, leaf.hash, leaf.element) != leaf.count) {
                return false;
            }
            length++;
        }
        for (Leaf leaf = other; leaf != null; leaf = leaf.next) {
            length--;
        }
        return length == 0;
    }

    @Override
    public int hashCode() {
        return (int) (hash ^ (hash >>> 32));
    }

    /** The elements in no order, with how often each is there. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        append(root, text);
        return text.append('}').toString();
    }

    private static void append(@Nullable Node node, StringBuilder text) {
        if (node instanceof Branch branch) {
            Arrays.stream(branch.children).forEach(child -> append(child, text));
        }
        for (Leaf leaf = node instanceof Leaf first ? first : null; leaf != null; leaf = leaf.next) {
            text.append(text.length() == 1 ? "" : " ")
                    .append(leaf.element)
                    .append(leaf.count == 1 ? "" : "×" + leaf.count);
        }
    }

    private static int mixed(Value element) {
        int hash = element.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
