package dev.umpire.targets.zookeeper;

import dev.umpire.harness.launcher.LaunchException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.client.ZKClientConfig;

/** A session of the harness's own, which lasts as long as what is done in it. */
final class OwnSession {

    /** What is done in it. */
    interface Use<T> {
        T in(ZooKeeperAdmin session) throws KeeperException, InterruptedException, IOException;
    }

    private OwnSession() {}

    /**
     * Does something in a session with any of some servers. Blocks.
     *
     * @param servers {@code 127.0.0.1:2181,127.0.0.1:2182}
     * @param boundMillis within which one must take it
     * @param answerMillis the bound of each answer
     * @param failed what has not been done where none takes it, for people
     * @throws LaunchException if none takes it in time
     */
    static <T> T with(String servers, int boundMillis, int answerMillis, String failed, Use<T> use)
            throws KeeperException, InterruptedException, IOException {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        config.setProperty(ZKClientConfig.ZOOKEEPER_REQUEST_TIMEOUT, "" + answerMillis);
        CountDownLatch connected = new CountDownLatch(1);
        Watcher watcher = event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        };
        ZooKeeperAdmin session = new ZooKeeperAdmin(servers, answerMillis, watcher, config);
        try {
            if (!connected.await(boundMillis, TimeUnit.MILLISECONDS)) {
                throw new LaunchException(failed + ": no session within " + boundMillis + " ms");
            }
            return use.in(session);
        } finally {
            session.close();
        }
    }
}
