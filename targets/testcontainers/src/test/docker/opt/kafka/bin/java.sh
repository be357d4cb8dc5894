#!/bin/sh
# java.sh CLASS ARGUMENT...: runs a class of Kafka as its own scripts do.
java=$(ls -d /usr/lib/jvm/java-17-openjdk-*/bin/java | tail -n 1)
exec "$java" $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS \
    -Dlog4j.configuration=file:/opt/kafka/config/log4j.properties -cp '/opt/kafka/libs/*' "$@"
