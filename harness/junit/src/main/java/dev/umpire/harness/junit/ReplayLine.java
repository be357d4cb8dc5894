package dev.umpire.harness.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** The line to paste that runs a test again with its seed. */
final class ReplayLine {
    private ReplayLine() {}

    /** {@code mvn test -Dtest=MyStoreTest#sessionsSeeTheirOwnWrites -Dumpire.seed=7}, or the same for Gradle. */
    static String of(ExtensionContext context, long seed) {
        Class<?> testClass = context.getRequiredTestClass();
        String method = context.getRequiredTestMethod().getName();
        if (System.getProperty("org.gradle.test.worker") != null) {
            // Gradle hands environment variables over to tests, and no system properties
            return TestSettings.SEED_VARIABLE + "=" + seed + " ./gradlew test --tests '" + testClass.getName() + "."
                    + method + "'";
        }
        String name = testClass
                .getName()
                .substring(
                        testClass.getPackageName().isEmpty()
                                ? 0
                                : testClass.getPackageName().length() + 1);
        String test = "-Dtest=" + name + "#" + method;
        return "mvn test " + (name.contains("$") ? "'" + test + "'" : test) + " -D" + TestSettings.SEED + "=" + seed;
    }
}
