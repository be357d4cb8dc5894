package dev.umpire.harness.benchmarks;

import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.LinkProxy;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the proxy between two nodes costs a round trip: a message goes to a node that sends it back, straight over the loopback
 * address or through the proxy. The difference of the two is the proxy's; a node that does more than send back, and a message
 * that finds the proxy's thread awake, make it a smaller part of the whole.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Threads(1)
@Fork(3)
public class LinkProxyBenchmark {
    private static final LinkProxy.Way DIAL = new LinkProxy.Way("n1", "n2");

    /** Which way messages go. */
    @Param({"direct", "proxied"})
    public String path = "direct";

    /** How long a message is, each way. */
    @Param({"64", "4096"})
    public int bytes = 64;

    private Launcher launcher = Launcher.none();
    private ServerSocket node = closed();
    private Socket connection = new Socket();
    private byte[] message = {};

    private static ServerSocket closed() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new IllegalStateException("socket: none can be made", e);
        }
    }

    /** Starts the node, and dials it. */
    @Setup
    public void open() throws IOException {
        message = new byte[bytes];
        InetAddress loopback = InetAddress.getLoopbackAddress();
        node = new ServerSocket(0, 1, loopback);
        Thread answering = new Thread(this::sendBack, "node");
        answering.setDaemon(true);
        answering.start();
        launcher = Launcher.open();
        int port = path.equals("direct")
                ? node.getLocalPort()
                : launcher.linkProxy(loopback).listen(DIAL, node.getLocalPort());
        connection = new Socket(loopback, port);
        connection.setTcpNoDelay(true);
    }

    private void sendBack() {
        byte[] received = new byte[bytes];
        try (Socket dialler = node.accept()) {
            dialler.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(dialler.getInputStream());
            OutputStream out = dialler.getOutputStream();
            while (true) {
                in.readFully(received);
                out.write(received);
            }
        } catch (IOException end) {
            return; // the trial is over
        }
    }

    /** Ends what was started. */
    @TearDown
    public void close() throws Exception {
        connection.close();
        node.close();
        launcher.close();
    }

    /** A message there and back. */
    @Benchmark
    public byte[] roundTrip() throws IOException {
        connection.getOutputStream().write(message);
        if (connection.getInputStream().readNBytes(message, 0, message.length) != message.length) {
            throw new IOException("found the end of the connection, expected " + message.length + " bytes");
        }
        return message;
    }
}
