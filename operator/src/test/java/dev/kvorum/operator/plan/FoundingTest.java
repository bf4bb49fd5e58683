package dev.kvorum.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.operator.node.BootstrapDocument.Node;
import dev.kvorum.operator.node.BootstrapDocument.Ports;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundingTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, a0",
        "1, 2, a0",
        "1, 4, 'a0,a1,a2'",
        "3, 1, 'a0,b0,c0'",
        "2, 2, 'a0,b0,a1'",
        "3, 2, 'a0,b0,c0,a1,b1'",
        "5, 4, 'a0,b0,c0,d0,e0'",
    })
    void votersAreTheLargestOddNumberUpToFiveInTurnOfZones(int zones, int perZone, String voters) {
        List<Node> nodes = IntStream.range(0, zones)
                .boxed()
                .flatMap(zone -> IntStream.range(0, perZone).mapToObj(ordinal -> node(zone, ordinal)))
                .toList();

        assertThat(String.join(",", Founding.voters(nodes))).isEqualTo(voters);
    }

    private static Node node(int zone, int ordinal) {
        String letter = Character.toString('a' + zone);
        return new Node(
                letter + ordinal,
                "demo-" + letter + "-" + ordinal,
                letter,
                1,
                "host",
                new Ports(8080, 6379, 7600, 7601, 9600));
    }
}
