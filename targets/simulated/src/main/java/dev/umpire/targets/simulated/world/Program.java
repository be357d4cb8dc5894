package dev.umpire.targets.simulated.world;

/**
 * What a node does: the memory and the rules of one process, from its start to its crash. Called by its host only, one call
 * after another.
 */
public interface Program {

    /** The process begins; the disk holds what an earlier process synced. */
    void start();

    /**
     * A message arrived.
     *
     * @param from the address of the sender, to which an answer can be sent
     */
    void receive(int from, Message message);

    /** Answers a question of the operator's from the process's own memory, without another node's help. */
    Message answer(Message question);
}
