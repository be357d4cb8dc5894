package dev.umpire.harness.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JUnitXmlTest {

    private static Document parsed(CheckedHistory... histories) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitXml.of(List.of(histories)).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> all(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void eachHistoryIsASuiteAndEachGuaranteeACase() throws Exception {
        Document document = parsed(CiExamples.all().toArray(CheckedHistory[]::new));

        assertThat(all(document, "testsuite"))
                .extracting(suite -> suite.getAttribute("name") + " " + suite.getAttribute("tests") + " "
                        + suite.getAttribute("failures") + " " + suite.getAttribute("errors") + " "
                        + suite.getAttribute("skipped"))
                .containsExactly(
                        "broken.edn 3 1 1 0",
                        "told.edn 3 0 0 2",
                        "held.edn 1 0 0 0",
                        "lacking.edn 2 0 1 0",
                        "failed.edn 2 0 1 0",
                        "cut.edn 1 0 1 0");
        assertThat(all(document, "testcase").get(0).getAttribute("name")).isEqualTo("read-your-writes");
        assertThat(all(document, "testcase").get(0).getAttribute("time")).isEqualTo("0.002");
        Element suites = document.getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("12");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getAttribute("errors")).isEqualTo("4");
        assertThat(suites.getAttribute("skipped")).isEqualTo("2");
    }

    @Test
    void aFailureShowsTheWitness() throws Exception {
        Element failure = all(parsed(CiExamples.broken("h")), "failure").get(0);

        assertThat(failure.getAttribute("message")).isEqualTo("session 3 no longer sees its own write");
        assertThat(failure.getTextContent().lines())
                .anySatisfy(line -> assertThat(line).startsWith("session 3").contains("wrote x=41 at n1"))
                .anySatisfy(line -> assertThat(line).startsWith("fault in force: partition"));
    }

    @Test
    void whatIsUndecidedAndWasAskedForIsNoPass() throws Exception {
        Element error = all(parsed(CiExamples.broken("h")), "error").get(0);

        assertThat(error.getAttribute("type")).isEqualTo("UNDECIDED");
        assertThat(error.getAttribute("message")).isEqualTo("undecided: too long");
    }

    @Test
    void whatIsToldAloneBreaksNoBuild() throws Exception {
        assertThat(all(parsed(CiExamples.told("h")), "skipped"))
                .extracting(skipped -> skipped.getAttribute("message"))
                .containsExactly(
                        "broken, and not required: session 3 no longer sees its own write",
                        "undecided, and not required: too long");
    }

    @Test
    void hostileTextIsData() throws Exception {
        Document document = parsed(CiExamples.hostile());

        assertThat(all(document, "script")).isEmpty();
        assertThat(all(document, "testcase")).hasSize(1);
        assertThat(all(document, "failure").get(0).getTextContent())
                .contains("</testcase><script>", "\\u001b[2J", "\\u202e", "\\ud800")
                .hasSizeLessThan(20_000);
    }
}
