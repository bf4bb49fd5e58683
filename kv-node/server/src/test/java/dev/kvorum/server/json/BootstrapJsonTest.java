package dev.kvorum.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.server.door.FakeNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapJsonTest {

    private static final String DOCUMENT = new String(BootstrapJson.write(FakeNode.DOCUMENT), StandardCharsets.UTF_8);

    @Test
    void whatWasWrittenIsRead() {
        assertThat(read(DOCUMENT)).isEqualTo(FakeNode.DOCUMENT);
    }

    @Test
    void theOrderOfFieldsAndWhiteSpaceDoNotMatter() {
        String moved = DOCUMENT.replace("{\"clusterId\":\"cluster-1\",\"generation\":1,", "{ \"generation\" : 1 ,\n")
                .replaceFirst("}$", ",\"clusterId\":\"cluster-1\"}");
        assertThat(read(moved)).isEqualTo(FakeNode.DOCUMENT);
    }

    @Test
    void levelsMayBeNumbers() {
        assertThat(read(DOCUMENT.replaceFirst("\"read\":\"quorum\"", "\"read\":2"))
                        .read())
                .hasToString("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '"generation":1,' | '' | 'generation is missing'
            '"shards":16' | '"shards":"16"' | 'shards must be a whole number'
            '"shards":16' | '"shards":17' | 'shards is 17; use a power of two'
            '"shards":16' | '"shards":99999999999' | 'shards is 99999999999, which is out of range'
            '"factor":3' | '"factor":4' | 'factor is 4; there are only 3 nodes, lower it or add nodes'
            '"durability":"fsync"' | '"durability":"ram"' | 'durability: durability is "ram"; use os or fsync'
            '"weight":1' | '"weight":1,"rack":7' | 'nodes[0].rack is no field of this document'
            '"weight":1' | '"weight":0' | 'weight of node node-0 is 0'
            '"http":8080' | '"http":6379' | 'ports.resp is 6379; that is ports.http, use another'
            '"sloppy":false' | '"sloppy":"no"' | 'buckets[0].sloppy must be true or false'
            '"generation":1' | '"generation":1,"era":2' | 'era is no field of this document'
            '"voters":[' | '"voters":[7,' | 'voters[0] must be a string'
            '"voters":[' | '"voters":["ab",' | 'voters[0]: a node id has 40 hex digits'
            '"nodes":[' | '"nodes":[null,' | 'nodes[0] must be an object'
            """)
    void aDocumentThatIsWrongIsRefusedByTheNameOfTheField(String from, String to, String detail) {
        String wrong = DOCUMENT.replaceFirst(java.util.regex.Pattern.quote(from), to);
        assertThat(wrong).isNotEqualTo(DOCUMENT);
        assertThatThrownBy(() -> read(wrong)).isInstanceOf(InvalidJson.class).hasMessageContaining(detail);
    }

    private static dev.kvorum.core.ring.Bootstrap read(String json) {
        return BootstrapJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
