package dev.umpire.harness.report;

/**
 * Text from a history made fit for a terminal and a table: nothing in it moves the cursor, changes colours, reverses the
 * direction of reading or breaks the line.
 */
public final class SafeText {
    private static final int CLIP = 80;

    private SafeText() {}

    /** The text with every control character, direction mark and lone surrogate spelt out: {@code \}{@code u001b}. */
    public static String visible(String text) {
        int unsafe = firstUnsafe(text);
        if (unsafe < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, unsafe);
        for (int i = unsafe; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            appendVisible(out, codePoint);
            i += Character.charCount(codePoint);
        }
        return out.toString();
    }

    /** As {@link #visible}, and cut after 80 characters; says how long it was. */
    public static String clipped(String text) {
        return clipped(text, CLIP);
    }

    /**
     * As {@link #visible}, and cut after some characters; says how long it was.
     *
     * @param most characters, 1 or more
     */
    public static String clipped(String text, int most) {
        if (text.length() <= most) {
            return visible(text);
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return visible(text.substring(0, end)) + "… (" + Numbers.grouped(text.length()) + " characters)";
    }

    private static int firstUnsafe(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!safe(codePoint)) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return -1;
    }

    private static void appendVisible(StringBuilder out, int codePoint) {
        if (safe(codePoint)) {
            out.appendCodePoint(codePoint);
        } else if (codePoint == '\n') {
            out.append("\\n");
        } else if (codePoint == '\t') {
            out.append("\\t");
        } else if (codePoint == '\r') {
            out.append("\\r");
        } else if (Character.isBmpCodePoint(codePoint)) {
            out.append("\\u").append(hex(codePoint));
        } else {
            out.append("\\u").append(hex(Character.highSurrogate(codePoint)));
            out.append("\\u").append(hex(Character.lowSurrogate(codePoint)));
        }
    }

    private static String hex(int character) {
        String digits = Integer.toHexString(character);
        return "0000".substring(digits.length()) + digits;
    }

    private static boolean safe(int codePoint) {
        if (codePoint < 0x7f) {
            return codePoint >= 0x20;
        }
        return switch (Character.getType(codePoint)) {
            // C1 controls; marks of direction and other invisible ones; halves of pairs; line and paragraph breaks
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
