package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The picture of the README is the first one in the report of the run that is shown above it.
 *
 * <p>{@code -Dumpire.picture=true} draws it anew.
 */
class ReadmePictureTest {
    private static final Path PICTURE = ReadmeBlock.ROOT.resolve("harness/stale-read.svg");
    private static final String SHOWN = "$ ./umpire ";
    private static final String SVG = "<svg class=\"space-time\"";
    private static final String SVG_END = "</svg>";
    private static final int MOST_BYTES = 60_000;

    /** What of the page's style a space-time diagram uses: the colours, of which there are a light and a dark set, and its own. */
    private static final Pattern OF_THE_PICTURE = Pattern.compile(
            "(:root|@media| {2}--|svg |figure > svg|\\.(lane|other|witness|open|message|carried|axis)\\b).*");

    @TempDir
    private Path folder;

    @Test
    void itIsTheReportsOwn() throws Exception {
        String drawn = picture(report());
        if (Boolean.getBoolean("umpire.picture")) {
            Files.writeString(PICTURE, drawn);
        }

        assertThat(drawn).contains("1 wrote ", "2 read ", "returned nil");
        assertThat(Files.readString(PICTURE))
                .as("drawn anew by -Dumpire.picture=true -Dtest=ReadmePictureTest")
                .isEqualTo(drawn);
    }

    @Test
    void itIsSmallAndXml() throws Exception {
        assertThat(Files.size(PICTURE)).isLessThan(MOST_BYTES);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(PICTURE.toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void theReadmeShowsItAndSaysWhatIsToBeSeen() throws IOException {
        assertThat(Files.readString(ReadmeBlock.ROOT.resolve("README.md")))
                .containsPattern("!\\[[^\\]]{20,}\\]\\(harness/stale-read\\.svg\\)");
    }

    private String report() throws IOException, InterruptedException {
        String command = ReadmeBlock.all().stream()
                .filter(block -> block.file().equals("README.md"))
                .map(block -> block.lines().get(0))
                .filter(line -> line.startsWith(SHOWN))
                .findFirst()
                .orElseThrow();
        UmpireProcess.Ended ended = UmpireProcess.run(
                folder, List.of(), command.substring(SHOWN.length()).split(" ", -1));
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        return Files.readString(folder.resolve("runs/latest/report.html"));
    }

    /** The first diagram as a file of its own: with the name of its language, its style and a ground to stand on. */
    private static String picture(String report) {
        String style = report.substring(report.indexOf("<style>") + "<style>".length(), report.indexOf("</style>"))
                .lines()
                .filter(line -> OF_THE_PICTURE.matcher(line).matches())
                .collect(Collectors.joining("\n"));
        int begin = report.indexOf(SVG);
        String diagram = report.substring(begin, report.indexOf(SVG_END, begin) + SVG_END.length());
        int inside = diagram.indexOf('>') + 1;
        return diagram.substring(0, inside).replace(SVG, SVG + " xmlns=\"http://www.w3.org/2000/svg\"")
                + "\n<style>\n" + style + "\n</style>\n<rect class=\"cover\" width=\"100%\" height=\"100%\"/>\n"
                + diagram.substring(inside) + "\n";
    }
}
