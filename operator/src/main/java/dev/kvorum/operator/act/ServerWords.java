package dev.kvorum.operator.act;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API server said when it refused, for people. */
public final class ServerWords {

    private ServerWords() {}

    /** Its own sentence; where it gave none, what the client says, which begins with address and method. */
    public static String of(KubernetesClientException refusal) {
        @Nullable
        String own = refusal.getStatus() == null ? null : refusal.getStatus().getMessage();
        return own != null && !own.isBlank() ? own : Objects.requireNonNullElse(refusal.getMessage(), "no answer");
    }
}
