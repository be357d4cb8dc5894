package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user's build names: the BOM, and the module name in each jar. */
class PublishedModulesTest {
    /** No jars that a user depends on. */
    private static final List<String> NOT_PUBLISHED =
            List.of("harness/bom", "targets/testing", "targets/browser", "targets/distribution");

    private static final Path ROOT = Path.of(System.getProperty("user.dir")).resolve("../..");

    @Test
    void theBomNamesEveryPublishedModuleInTheVersionOfTheProject() throws IOException {
        String bom = Files.readString(ROOT.resolve("harness/bom/pom.xml"));
        List<String> published = modules()
                .map(PublishedModulesTest::pom)
                .map(pom -> first("</parent>\\s*<artifactId>([^<]+)<", pom))
                .toList();

        String named = first("(?s)<dependencyManagement>(.*?)</dependencyManagement>", bom);
        assertThat(all("<artifactId>([^<]+)<", named)).containsExactlyInAnyOrderElementsOf(published);
        assertThat(first("<artifactId>umpire-bom</artifactId>\\s*<version>([^<]+)<", bom))
                .isEqualTo(first("<artifactId>umpire</artifactId>\\s*<version>([^<]+)<", pom(".")));
    }

    @Test
    void everyPublishedModuleHasAModuleNameOfItsOwn() {
        List<String> names = modules()
                .map(module -> first("<module.name>([^<]+)<", pom(module)))
                .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("dev(\\.[a-z]+)+"));
    }

    private static Stream<String> modules() {
        String modules = first("(?s)<modules>(.*?)</modules>", pom("."));
        return all("<module>([^<]+)<", modules).filter(one -> !NOT_PUBLISHED.contains(one));
    }

    private static String pom(String module) {
        try {
            return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String first(String pattern, String text) {
        return all(pattern, text).findFirst().orElseThrow(() -> new AssertionError("found no " + pattern));
    }

    private static Stream<String> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1));
    }
}
