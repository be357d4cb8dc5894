package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process of a harness, told apart from every other one of any machine and any time: whoever finds something that bears its
 * {@link #mark} knows whether it is still needed.
 *
 * @param pid of it
 * @param startTicks when it began, in ticks of the kernel's clock since the machine started
 * @param boot differs after each start of the machine
 * @param place host name and pid namespace: pids of another place say nothing here
 */
public record HarnessProcess(long pid, long startTicks, String boot, String place) {

    private static final int PARTS = 4;

    /**
     * This process.
     *
     * @throws LaunchException if the machine does not tell, as on other systems than Linux
     */
    public static HarnessProcess current() throws IOException {
        long pid = ProcessHandle.current().pid();
        long startTicks = ProcessIdentity.of(pid)
                .orElseThrow(() -> new LaunchException("/proc/" + pid
                        + "/stat: found nothing, expected this process; real stores are started on Linux only"))
                .startTicks();
        String boot = ProcessIdentity.readAtOnce("/proc/sys/kernel/random/boot_id");
        String host = ProcessIdentity.readAtOnce("/proc/sys/kernel/hostname");
        return new HarnessProcess(
                pid, startTicks, boot, host + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
    }

    /** The process that a {@link #mark} names; empty if it is none. */
    public static Optional<HarnessProcess> of(String mark) {
        String[] parts = mark.split(" ", PARTS);
        try {
            return parts.length < PARTS
                    ? Optional.empty()
                    : Optional.of(
                            new HarnessProcess(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /** All of it as one line, for what it has made elsewhere. */
    public String mark() {
        return pid + " " + startTicks + " " + boot + " " + place;
    }

    /**
     * Whether it is known to have ended.
     *
     * @param here a process that runs: of another place nothing is known
     */
    public boolean hasEnded(HarnessProcess here) {
        return place.equals(here.place) && !(isOfBoot(here) && lives(pid, startTicks));
    }

    /** Whether the machine has not been started again between the two. */
    boolean isOfBoot(HarnessProcess other) {
        return boot.equals(other.boot);
    }

    /** Whether such a process lives on this machine. */
    static boolean lives(long pid, long startTicks) {
        return ProcessIdentity.of(pid)
                .filter(process -> process.startTicks() == startTicks)
                .isPresent();
    }
}
