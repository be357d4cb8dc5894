#!/bin/sh
# Starts a broker and ends it, to keep the classes that it has loaded: a start takes half as long then.
cat >/tmp/archive.properties <<'END'
process.roles=broker,controller
log.dirs=/tmp/archive
node.id=1
listeners=CLIENT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9094
listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENT
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:9094
END
# the collector that the broker will have
export KAFKA_JVM_PERFORMANCE_OPTS=-XX:+UseSerialGC
/opt/kafka/bin/kafka-storage.sh format -t umpireumpireumpireumpA -c /tmp/archive.properties >/tmp/archive.log || exit 1
ARCHIVE=-XX:ArchiveClassesAtExit=/opt/kafka/kafka.jsa /opt/kafka/bin/kafka-server-start.sh /tmp/archive.properties >>/tmp/archive.log &
tries=0
until grep -q 'Kafka Server started' /tmp/archive.log; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || exit 1
    sleep 0.2
done
kill $!
wait $!
rm -rf /tmp/archive*
[ -s /opt/kafka/kafka.jsa ]
