package dev.umpire.harness.report.ci;

import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.WitnessLines;
import dev.umpire.harness.report.ci.CheckedHistory.Decided;
import dev.umpire.harness.report.ci.CheckedHistory.Refused;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Test results in the XML that JUnit's own Ant task began and every CI system reads: a {@code testsuite} for each history, a
 * {@code testcase} for each guarantee.
 *
 * <p>A broken guarantee is a {@code failure}; what was asked for and is undecided, a checker that failed and a file that was
 * refused are an {@code error}; what was only told is {@code skipped}, unless it held.
 */
public final class JUnitXml {

    /** What became of a test case; the type is empty for a pass. */
    private record Case(String name, long nanos, String element, String type, String message, String body) {
        private static Case passed(String name, long nanos) {
            return new Case(name, nanos, "", "", "", "");
        }
    }

    private JUnitXml() {}

    /** The document, with its declaration. */
    public static String of(List<CheckedHistory> histories) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            List<List<Case>> suites = histories.stream().map(JUnitXml::cases).toList();
            counts(xml, "umpire", suites.stream().flatMap(List::stream).toList());
            for (int i = 0; i < suites.size(); i++) {
                suite(xml, histories.get(i).name(), suites.get(i));
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            // a writer in memory fails for nothing but a mistake in the calls above
            throw new IllegalStateException(e);
        }
        return text.append('\n').toString();
    }

    private static List<Case> cases(CheckedHistory history) {
        if (history instanceof Refused refused) {
            return List.of(new Case("history", 0, "error", "REFUSED", refused.reason(), refused.reason()));
        }
        Decided decided = (Decided) history;
        WitnessLines lines = WitnessLines.of(decided.history());
        List<Case> cases = new ArrayList<>();
        for (Judged judged : decided.judgement().judged()) {
            cases.add(of(judged, lines));
        }
        for (CheckerFailure failure : decided.judgement().failures()) {
            cases.add(new Case(failure.guarantee(), 0, "error", "FAILED", failure.sentence(), failure.sentence()));
        }
        if (!decided.missing().isEmpty()) {
            String missing = String.join("\n", decided.missing());
            cases.add(new Case(
                    "evidence", 0, "error", "UNDECIDED", decided.missing().get(0), missing));
        }
        return cases;
    }

    private static Case of(Judged judged, WitnessLines lines) {
        Verdict verdict = judged.verdict();
        String name = verdict.guarantee();
        long nanos = judged.elapsedNanos();
        return switch (verdict.answer()) {
            case VALID -> Case.passed(name, nanos);
            case INVALID -> {
                String message = verdict.anomalies().stream()
                        .findFirst()
                        .map(anomaly -> anomaly.sentence())
                        .orElseGet(() -> Phrases.evidence(verdict));
                String body = verdict.anomalies().stream()
                        .findFirst()
                        .map(anomaly -> String.join("\n", lines.of(anomaly)))
                        .orElse("");
                yield judged.counts()
                        ? new Case(name, nanos, "failure", "BROKEN", message, body)
                        : new Case(name, nanos, "skipped", "", "broken, and not required: " + message, "");
            }
            case UNKNOWN -> {
                String reason = Phrases.evidence(verdict);
                yield judged.counts()
                        ? new Case(name, nanos, "error", "UNDECIDED", "undecided: " + reason, reason)
                        : new Case(name, nanos, "skipped", "", "undecided, and not required: " + reason, "");
            }
        };
    }

    private static void suite(XMLStreamWriter xml, String name, List<Case> cases) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        counts(xml, name, cases);
        for (Case one : cases) {
            xml.writeCharacters("\n");
            xml.writeStartElement("testcase");
            attribute(xml, "classname", name);
            attribute(xml, "name", one.name());
            xml.writeAttribute("time", seconds(one.nanos()));
            if (!one.element().isEmpty()) {
                xml.writeStartElement(one.element());
                if (!one.type().isEmpty()) {
                    xml.writeAttribute("type", one.type());
                }
                attribute(xml, "message", one.message());
                xml.writeCharacters(one.body().lines().map(JUnitXml::legal).reduce("", (a, b) -> a + "\n" + b));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void counts(XMLStreamWriter xml, String name, List<Case> cases) throws XMLStreamException {
        attribute(xml, "name", name);
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        for (String element : List.of("failure", "error", "skipped")) {
            long count =
                    cases.stream().filter(one -> one.element().equals(element)).count();
            xml.writeAttribute(element.equals("skipped") ? element : element + "s", Long.toString(count));
        }
        xml.writeAttribute("time", seconds(cases.stream().mapToLong(Case::nanos).sum()));
    }

    private static void attribute(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeAttribute(name, legal(text));
    }

    /** XML 1.0 has no way at all to say some characters, not even escaped. */
    private static String legal(String text) {
        return SafeText.clipped(text, 2_000).replace('\ufffe', '\ufffd').replace('\uffff', '\ufffd');
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }
}
