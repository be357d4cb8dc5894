package dev.umpire.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTest {

    @Test
    void aNodeOfWhichThereIsNothingIsRefusedWithThoseOfWhichThereIs() {
        Map<Node, Integer> ports = Map.of(new Node("n1"), 7001);

        assertThat(new Node("n1").in(ports)).isEqualTo(7001);
        assertThatThrownBy(() -> new Node("n2").in(ports))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node: found n2, expected one of [n1]");
    }
}
