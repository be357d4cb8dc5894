package dev.umpire.histories.edn;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads EDN's values that hold no others: numbers, strings, characters, keywords, symbols. */
final class EdnAtoms {

    /** The tag under which a ratio is kept: {@code 1/3} is {@code #ratio [1 3]}. */
    static final String RATIO = "ratio";

    private static final Pattern INTEGER = Pattern.compile("([-+]?)(0|[1-9][0-9]*)(N?)");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?(M?)");
    private static final Pattern RATIONAL = Pattern.compile("([-+]?(?:0|[1-9][0-9]*))/([1-9][0-9]*)");

    private final TextScanner scanner;

    EdnAtoms(TextScanner scanner) {
        this.scanner = scanner;
    }

    Value read(int c) throws IOException {
        if ((c >= '0' && c <= '9') || c == '-' || c == '+') {
            return numberOrSymbol();
        }
        return switch (c) {
            case '"' -> new Value.Text(string());
            case ':' -> keyword();
            case '\\' -> character();
            case '^' -> throw scanner.refused("found ^, expected data (metadata is not read)");
            case '\'', '`', '~', '@' ->
                throw scanner.refused("found " + (char) c + ", expected data (nothing in a file is evaluated)");
            default -> symbol();
        };
    }

    private Value numberOrSymbol() throws IOException {
        if (scanner.tryNumber()) {
            return new Value.Int(scanner.number());
        }
        long line = scanner.line();
        long column = scanner.column();
        String token = scanner.readToken();
        boolean isNumber = Character.isDigit(token.charAt(0))
                || (token.length() > 1 && token.charAt(1) >= '0' && token.charAt(1) <= '9');
        return isNumber ? number(token, line, column) : word(token);
    }

    private Value number(String token, long line, long column) throws MalformedHistoryException {
        if (token.length() > TextScanner.MAX_NUMBER_LENGTH) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found a number of more than 1,000 characters, expected at most that");
        }
        Matcher integer = INTEGER.matcher(token);
        if (integer.matches()) {
            boolean big = !integer.group(3).isEmpty();
            BigInteger exact = new BigInteger((integer.group(1).equals("-") ? "-" : "") + integer.group(2));
            return big || exact.bitLength() > 63 ? new Value.BigInt(exact) : new Value.Int(exact.longValue());
        }
        Matcher decimal = DECIMAL.matcher(token);
        if (decimal.matches()) {
            return decimal.group(1).isEmpty()
                    ? new Value.Real(Double.parseDouble(token))
                    : new Value.BigReal(exact(token.substring(0, token.length() - 1), line, column));
        }
        Matcher ratio = RATIONAL.matcher(token);
        if (ratio.matches()) {
            return new Value.Tagged(
                    RATIO,
                    Value.of(List.of(number(ratio.group(1), line, column), number(ratio.group(2), line, column))));
        }
        throw new MalformedHistoryException(
                scanner.source(), line, column, "found " + Quotes.of(token) + ", expected a number");
    }

    private BigDecimal exact(String digits, long line, long column) throws MalformedHistoryException {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw new MalformedHistoryException(
                    scanner.source(), line, column, "found " + Quotes.of(digits) + "M, expected a smaller exponent");
        }
    }

    private Value symbol() throws IOException {
        long line = scanner.line();
        long column = scanner.column();
        int c = scanner.peek();
        String token = scanner.readToken();
        if (token.isEmpty()) {
            throw new MalformedHistoryException(
                    scanner.source(), line, column, "found " + TextScanner.describe(c) + ", expected a value");
        }
        return word(token);
    }

    private static Value word(String token) {
        return switch (token) {
            case "nil" -> Value.NIL;
            case "true" -> Value.of(true);
            case "false" -> Value.of(false);
            default -> new Value.Symbol(token);
        };
    }

    private Value keyword() throws IOException {
        return new Value.Keyword(keywordName());
    }

    /** Reads {@code :name} and gives the name. */
    String keywordName() throws IOException {
        scanner.skip();
        String name = scanner.readToken();
        if (name.isEmpty() || name.charAt(0) == ':') {
            throw scanner.refused("found a colon" + (name.isEmpty() ? " alone" : " twice") + ", expected a keyword");
        }
        return name;
    }

    private Value character() throws IOException {
        scanner.skip();
        int first = scanner.readCodePoint();
        if (first == TextScanner.END || first <= 0x20) {
            throw scanner.refused("found a backslash alone, expected a character");
        }
        String rest = scanner.readToken();
        if (rest.isEmpty()) {
            return new Value.Char(first);
        }
        String name = Character.toString(first) + rest;
        int named = switch (name) {
            case "newline" -> '\n';
            case "space" -> ' ';
            case "tab" -> '\t';
            case "return" -> '\r';
            case "backspace" -> '\b';
            case "formfeed" -> '\f';
            default -> coded(name);
        };
        if (named < 0) {
            throw scanner.refused(
                    "found the character \\" + Quotes.of(name) + ", expected one character, a name or uXXXX");
        }
        return new Value.Char(named);
    }

    private static int coded(String name) {
        if (name.matches("u[0-9a-fA-F]{4}")) {
            return Integer.parseInt(name.substring(1), 16);
        }
        return name.matches("o[0-3]?[0-7]{1,2}") ? Integer.parseInt(name.substring(1), 8) : -1;
    }

    /** Reads a string, its quotes included. */
    String string() throws IOException {
        long line = scanner.line();
        long column = scanner.column();
        scanner.skip();
        String plain = scanner.tryPlainString();
        if (plain != null) {
            return plain;
        }
        scanner.beginToken();
        while (true) {
            int c = scanner.readCodePoint();
            if (c == '"') {
                return scanner.tokenText();
            }
            if (c == TextScanner.END) {
                throw scanner.refused("found end of file inside a string, expected '\"' (the string began at " + line
                        + ":" + column + ")");
            }
            scanner.append(c == '\\' ? escaped() : c, "a string", line, column);
        }
    }

    private int escaped() throws IOException {
        int c = scanner.readCodePoint();
        return switch (c) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '\\', '"' -> c;
            case 'u' -> hex();
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
            default ->
                throw scanner.refused("found " + TextScanner.describe(c)
                        + " after a backslash in a string, expected one of t r n b f \\ \" or uXXXX");
        };
    }

    private int hex() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(scanner.peek(), 16);
            if (digit < 0) {
                throw scanner.refused("found " + TextScanner.describe(scanner.peek())
                        + ", expected four hexadecimal digits after \\u");
            }
            scanner.skip();
            code = (code << 4) | digit;
        }
        return code;
    }

    private int octal(int first) throws IOException {
        int code = first;
        for (int i = 0; i < 2; i++) {
            int digit = scanner.peek() - '0';
            if (digit < 0 || digit > 7 || code * 8 + digit > 0377) {
                break;
            }
            scanner.skip();
            code = code * 8 + digit;
        }
        return code;
    }
}
