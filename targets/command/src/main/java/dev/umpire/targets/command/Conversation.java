package dev.umpire.targets.command;

import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.targets.command.Dialogue.Hello;
import dev.umpire.targets.command.Dialogue.NotUnderstoodException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Lines to and from one process, from its start to its end. Blocks; used by one thread at a time. */
final class Conversation {
    private static final int MOST_CHARACTERS = 1 << 20;

    private final NodeProcess process;
    private final BufferedReader from;
    private final OutputStream to;
    private Hello hello = new Hello(Set.of(), Optional.empty());

    /** With a process that has just been started. */
    Conversation(NodeProcess process) {
        this.process = process;
        // what is no UTF-8 must not be taken for another value
        from = new BufferedReader(new InputStreamReader(
                process.output(),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        to = process.input();
    }

    NodeProcess process() {
        return process;
    }

    /** What the client said of itself; nothing before it was greeted. */
    Hello hello() {
        return hello;
    }

    /**
     * Greets it and hears what it says of itself.
     *
     * @param functions that it must understand
     * @throws IOException if it says nothing, or not what is expected; the message has the last lines of its log
     */
    void greet(String greeting, Set<String> functions) throws IOException {
        try {
            sayUnlessItHasEnded(greeting);
            Hello said = Dialogue.hello(line());
            if (!said.functions().containsAll(functions)) {
                throw new NotUnderstoodException("it understands " + said.functions() + ", expected all of " + functions
                        + ", as the setting functions says");
            }
            hello = said;
        } catch (NotUnderstoodException e) {
            throw process.failure(String.valueOf(e.getMessage()));
        }
    }

    private void sayUnlessItHasEnded(String line) {
        try {
            say(line);
        } catch (IOException ended) {
            // that nothing is there to be heard tells it better, with what it wrote before its end
        }
    }

    void say(String line) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    /** A line that stands there before anything was asked. */
    Optional<String> saidUnasked() {
        try {
            return from.ready() ? Optional.of(line()) : Optional.empty();
        } catch (IOException | NotUnderstoodException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The next line. Waits until there is one, or until the process is killed.
     *
     * @throws IOException if its output has ended; the message says how the process did, with the last lines of its log
     */
    String line() throws IOException, NotUnderstoodException {
        StringBuilder line = new StringBuilder();
        int next = read();
        while (next >= 0 && next != '\n') {
            if (line.length() == MOST_CHARACTERS) {
                throw new NotUnderstoodException("found a line of more than " + MOST_CHARACTERS + " characters");
            }
            line.append((char) next);
            next = read();
        }
        if (next < 0) {
            throw process.failure("its output ended");
        }
        return line.toString();
    }

    private int read() throws IOException, NotUnderstoodException {
        try {
            return from.read();
        } catch (CharacterCodingException e) {
            throw new NotUnderstoodException("found bytes that are no UTF-8");
        }
    }
}
