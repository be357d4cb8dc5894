package dev.umpire.targets.kafka;

import dev.umpire.harness.launcher.LaunchException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;

/** What a run has of its own in a cluster of a user's: a topic, and a group of consumers, both of one name. Calls block. */
final class RunsOwn {

    private RunsOwn() {}

    /**
     * Makes the topic.
     *
     * @param brokers where they are: {@code db1:9092,db2:9092}
     * @throws LaunchException if it, or a group of its name, is there already, or if it is refused
     */
    static void make(KafkaNodes kafka, String brokers) throws LaunchException {
        String name = kafka.topic();
        try (Admin admin = Topics.admin(brokers)) {
            if (hasGroup(admin, name)) {
                throw new LaunchException(found("a consumer group", name));
            }
            told(admin.createTopics(List.of(Topics.sessions(kafka))).all());
        } catch (ExecutionException e) {
            Throwable why = Optional.ofNullable(e.getCause()).orElse(e);
            throw new LaunchException(
                    why instanceof TopicExistsException
                            ? found("one", name)
                            : "topic: " + name + " could not be made: " + why.getMessage(),
                    why);
        } catch (TimeoutException e) {
            throw new LaunchException(
                    "topic: " + name + " was not made within " + Topics.SECONDS_TO_CREATE
                            + " s; it may be made later: look for it in the cluster",
                    e);
        }
    }

    private static String found(String what, String name) {
        return "topic: found " + what + " of the name " + name + " in the cluster, expected none: of another run, or"
                + " what a killed one left; delete it, or --set topic=other";
    }

    /**
     * Deletes the topic, which {@link #make} made, and the group where sessions were members of it.
     *
     * @param brokers where they are
     * @throws LaunchException if brokers refuse it, or do not answer
     */
    static void delete(KafkaNodes kafka, String brokers) throws LaunchException {
        String name = kafka.topic();
        try (Admin admin = Topics.admin(brokers)) {
            told(admin.deleteTopics(List.of(name)).all());
            // without group consumers of this run, one of the name is somebody else's
            if (kafka.settings().commits().isPresent() && hasGroup(admin, name)) {
                deleteGroup(admin, name);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new LaunchException("what this run has of the name " + name + " is still in the cluster: " + e, e);
        }
    }

    /** One that was closed in haste may still count as a member. */
    private static void deleteGroup(Admin admin, String name)
            throws ExecutionException, TimeoutException, LaunchException {
        boolean members = told(admin.describeConsumerGroups(List.of(name)).all()).values().stream()
                .anyMatch(group -> !group.members().isEmpty());
        if (members) {
            told(admin.removeMembersFromConsumerGroup(name, new RemoveMembersFromConsumerGroupOptions())
                    .all());
        }
        try {
            told(admin.deleteConsumerGroups(List.of(name)).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
            // brokers forget a group without members by themselves
        }
    }

    private static boolean hasGroup(Admin admin, String name)
            throws ExecutionException, TimeoutException, LaunchException {
        return told(admin.listConsumerGroups().all()).stream()
                .anyMatch(group -> group.groupId().equals(name));
    }

    private static <T> T told(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, LaunchException {
        try {
            return answer.get(Topics.SECONDS_TO_CREATE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted before the brokers answered", e);
        }
    }
}
