package dev.umpire.targets.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A main class in the place of that of a server which is written in Java. */
public final class PretendedJar {

    private PretendedJar() {}

    /**
     * Writes a jar with one.
     *
     * @param folder for it; made
     * @param mainClass its full name
     * @param body of its method {@code main}, which may throw anything
     * @return the folder
     */
    public static Path write(Path folder, String mainClass, String body) throws IOException {
        return write(folder, "server.jar", mainClass, body);
    }

    /** The same in a jar of this name: {@code zookeeper-9.9.9.jar}. */
    public static Path write(Path folder, String jarName, String mainClass, String body) throws IOException {
        int end = mainClass.lastIndexOf('.');
        String name = mainClass.substring(end + 1);
        Path source = Files.createDirectories(folder).resolve(name + ".java");
        Files.writeString(
                source,
                "package " + mainClass.substring(0, end) + "; public class " + name
                        + " { public static void main(String[] arguments) throws Throwable { " + body + " } }");
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, complaints, "-d", folder.toString(), source.toString());
        assertThat(code).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
        String entry = mainClass.replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(jarName)))) {
            jar.putNextEntry(new JarEntry(entry));
            Files.copy(folder.resolve(entry), jar);
        }
        return folder;
    }
}
