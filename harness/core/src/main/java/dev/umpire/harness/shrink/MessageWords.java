package dev.umpire.harness.shrink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a node of a simulated store got, for people: messages are logged as records of Java.
 *
 * <p>{@code Append[epoch=1, entries=[Entry[function=write, key=x50, argument=458]]]} is told as {@code append (epoch 1, entries
 * [entry (function write, key x50, argument 458)])}.
 */
final class MessageWords {
    /**
     * Fields that say when something was sent or heard, by the clock of a node, or that tell one sending of a message from the next: of
     * no use to a reader.
     */
    private static final Pattern STAMPS =
            Pattern.compile(", (?:(?:sent|stamp|heard|now)Nanos|now)=-?[0-9]+|(?<=\\[|, )stamp=[^,\\[\\]]*, ");

    /** The number of a question that is asked again and again, of no use either. */
    private static final Pattern NUMBER = Pattern.compile("(?<=^[^\\[]{1,80}\\[[^\\[\\]]{1,80}, )number=[0-9]+, ");

    /** What tells a request or its sender from others that say the same, and is told nowhere else. */
    private static final Pattern NAMES = Pattern.compile(
            "(?<=\\[|, )(?:(?:operation|producer|sequence)=[^,\\[\\]]*|read=ReadName\\[[^\\[\\]]*]|name=nil), ");

    /** What a leader writes that has nothing to write yet. */
    private static final Pattern BARRIER = Pattern.compile(", function=, key=nil, argument=nil");

    /** Fields that hold the address of a node: the first, n1, has 0. */
    private static final Pattern ADDRESSES = Pattern.compile("(?<=\\b(?:owner|origin)=)[0-9]+");

    private static final Pattern MEMBERS = Pattern.compile("Members\\[addresses=\\[([0-9, ]*)]]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+");

    private static final String OPTIONAL = "Optional";
    private static final char OF_RECORD = ')';
    private static final char OF_OPTIONAL = ' ';

    private final String text;
    private final StringBuilder words = new StringBuilder();
    /** How each bracket that stands open is to be closed. */
    private final Deque<Character> open = new ArrayDeque<>();

    private int at;

    private MessageWords(String text) {
        this.text = text;
    }

    /** The words of a line of a node's log; what is no record stays as it is. */
    static String of(String logged) {
        String plain =
                BARRIER.matcher(NAMES.matcher(content(logged)).replaceAll("")).replaceAll(", begins the epoch");
        String members = MEMBERS.matcher(plain).replaceAll(list -> "[" + named(list.group(1), ADDRESS) + "]");
        return new MessageWords(named(members, ADDRESSES)).told();
    }

    private static String named(String text, Pattern addresses) {
        return addresses.matcher(text).replaceAll(address -> "n" + (Integer.parseInt(address.group()) + 1));
    }

    /** Without what differs where the same is sent again. */
    static String content(String logged) {
        return NUMBER.matcher(STAMPS.matcher(logged).replaceAll("")).replaceAll("");
    }

    private String told() {
        while (at < text.length()) {
            if (Character.isJavaIdentifierStart(text.charAt(at))) {
                name();
            } else {
                sign(text.charAt(at++));
            }
        }
        return words.toString();
    }

    private void name() {
        int begun = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(begun, at);
        if (text.startsWith("[", at) && name.startsWith(OPTIONAL)) {
            open.push(OF_OPTIONAL);
            at++;
        } else if (text.startsWith("[", at) && Character.isUpperCase(name.charAt(0))) {
            words.append(spelt(name)).append(" (");
            open.push(OF_RECORD);
            at++;
        } else if (text.startsWith(".empty", at) && name.startsWith(OPTIONAL)) {
            words.append("none");
            at += ".empty".length();
        } else if (text.startsWith("=", at) && !open.isEmpty() && open.peek() == OF_RECORD) {
            at++;
            boolean isEmpty = text.startsWith(",", at) || text.startsWith("]", at);
            boolean isSaidTwice = text.regionMatches(true, at, name + "[", 0, name.length() + 1);
            words.append(isEmpty ? "no " + spelt(name) : isSaidTwice ? "" : spelt(name) + " ");
        } else {
            words.append(name);
        }
    }

    private void sign(char sign) {
        switch (sign) {
            case '[' -> {
                words.append(sign);
                open.push(']');
            }
            case '{' -> {
                words.append(sign);
                open.push('}');
            }
            case ']', '}' -> {
                char closing = open.isEmpty() ? sign : open.pop();
                words.append(closing == OF_OPTIONAL ? "" : closing);
            }
            default -> words.append(sign);
        }
    }

    /** {@code previous index} for {@code previousIndex}. */
    private static String spelt(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
