package dev.umpire.harness.cli.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a browser asks for.
 *
 * @param path the parts between slashes, decoded; empty: the first page
 * @param query the values of each name, decoded, in their order
 */
record Request(List<String> path, Map<String, List<String>> query) {

    /** @throws IllegalArgumentException if something in it is not percent-encoded as it must be */
    static Request of(URI uri) {
        List<String> path = new ArrayList<>();
        String raw = uri.getRawPath();
        for (String part : raw.substring(Math.min(1, raw.length())).split("/", -1)) {
            path.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return new Request(path.equals(List.of("")) ? List.of() : path, query(uri.getRawQuery()));
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), unused -> new ArrayList<>())
                    .add(URLDecoder.decode(
                            pair.substring(name.length()).replaceFirst("^=", ""), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** All values of a name. */
    List<String> all(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** The first value of a name; the empty text where there is none. */
    String first(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    /** The address of a page: its parts, encoded. */
    static String address(String... parts) {
        return List.of(parts).stream().map(Request::encoded).collect(Collectors.joining("/", "/", ""));
    }

    /** A part of an address, or a value in it. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
