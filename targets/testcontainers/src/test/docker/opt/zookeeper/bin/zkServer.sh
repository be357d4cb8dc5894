#!/bin/sh
# zkServer.sh start-foreground FILE: runs ZooKeeper as its own script does, by ZK_SERVER_HEAP and SERVER_JVMFLAGS.
java=$(ls -d /usr/lib/jvm/java-17-openjdk-*/bin/java | tail -n 1)
exec "$java" -Xmx"${ZK_SERVER_HEAP}m" $SERVER_JVMFLAGS -cp '/opt/zookeeper/lib/*' \
    org.apache.zookeeper.server.quorum.QuorumPeerMain "$2"
