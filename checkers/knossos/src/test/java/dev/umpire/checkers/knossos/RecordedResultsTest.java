package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashSet;
import clojure.lang.RT;
import dev.umpire.checkers.knossos.analysis.Algorithm;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What stands in for Knossos answers as the real one was recorded to do. */
class RecordedResultsTest {

    @TestFactory
    List<DynamicTest> theStandInAnswersAsTheRealOneDid() throws Exception {
        KnossosChecker.open(StandIn.inProcess()).close();
        List<DynamicTest> tests = new ArrayList<>();
        String text = Files.readString(StandIn.folder().resolve("recorded.edn"));
        for (Object one :
                (Iterable<?>) Clojure.var("clojure.core", "read-string").invoke(text)) {
            String algorithm = ((Keyword) get(one, "algorithm")).getName();
            tests.add(DynamicTest.dynamicTest(get(one, "name") + " by " + algorithm, () -> {
                IFn analysis = Clojure.var("knossos." + algorithm, "analysis");
                Object answered = analysis.invoke(get(one, "model"), get(one, "history"));

                assertThat(comparable(answered)).isEqualTo(comparable(get(one, "result")));
            }));
        }
        assertThat(tests).hasSize(8 * Algorithm.values().length);
        return tests;
    }

    private static Object get(Object map, String key) {
        return Objects.requireNonNull(RT.get(map, Keyword.intern(key)), key);
    }

    /** Without keys of nil, and without the order of configurations, which means nothing. */
    private static Map<Object, Object> comparable(Object result) {
        Map<Object, Object> all = new HashMap<>();
        ((Map<?, ?>) result).forEach((key, value) -> {
            if (value != null) {
                all.put(key, key.equals(Keyword.intern("configs")) ? PersistentHashSet.create(RT.seq(value)) : value);
            }
        });
        return all;
    }
}
