package dev.umpire.targets.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembershipTest {

    @Test
    void aMemberIsKnownByTheWholeOfItsPort() {
        Membership said = membership("Primary", "127.0.0.1:13306,127.0.0.1:3307");

        assertThat(said.counts(13306)).isTrue();
        assertThat(said.counts(3307)).isTrue();
        assertThat(said.counts(3306)).isFalse();
        assertThat(said.counts(330)).isFalse();
        assertThat(membership("Primary", "").counts(3306)).isFalse();
    }

    @Test
    void aNodeThatTakesNoStatementsOrHasNoQuorumIsNotReady() {
        assertThat(membership("Primary", "").readyAmong(2)).isTrue();
        assertThat(membership("Primary", "").readyAmong(3)).isFalse();
        assertThat(membership("non-Primary", "").readyAmong(2)).isFalse();
        assertThat(membership("non-Primary", "").hasQuorum()).isFalse();
    }

    private static Membership membership(String component, String members) {
        return new Membership(true, "Synced", component, "4", 2, members, 17);
    }
}
