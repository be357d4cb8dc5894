package dev.umpire.harness.launcher;

/** What is said when the program ends and nobody is left who could be told. */
final class LastWords {
    private LastWords() {}

    /** Writes a sentence to standard error. */
    static void say(String sentence) {
        System.err.println("umpire: " + sentence);
    }
}
