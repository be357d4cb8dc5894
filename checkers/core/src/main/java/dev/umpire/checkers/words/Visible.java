package dev.umpire.checkers.words;

/** Text from a stranger's file made fit for a terminal: everything that cannot be seen becomes an escape. */
public final class Visible {
    private static final int LONGEST = 120;

    private Visible() {}

    /** The text with control, format and unpaired characters as escapes, cut after 120 characters. */
    public static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (visible.length() >= LONGEST) {
                return visible.append('…').toString();
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '\n' -> visible.append("\\n");
                case '\r' -> visible.append("\\r");
                case '\t' -> visible.append("\\t");
                default -> {
                    if (isInvisible(c)) {
                        visible.append(String.format("\\u%04X", c));
                    } else {
                        visible.appendCodePoint(c);
                    }
                }
            }
        }
        return visible.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
