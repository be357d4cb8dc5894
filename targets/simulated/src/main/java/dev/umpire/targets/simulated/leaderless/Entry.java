package dev.umpire.targets.simulated.leaderless;

/** What is held at one place, as it travels and stands on disks. */
record Entry(Place place, Content content) {

    /** In nodes' logs. */
    @Override
    public String toString() {
        return place + ": " + content;
    }
}
