package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;

/** The ports of a node, as every object that names them spells them. */
public enum Doors {
    HTTP("http", 8080, "TCP"),
    RESP("resp", 6379, "TCP"),
    PEER("peer", 7600, "TCP"),
    MEMBERSHIP("membership", 7601, "TCP"),
    MEMBERSHIP_UDP("membership-udp", 7601, "UDP"),
    ADMIN("admin", 9600, "TCP");

    private final String portName;
    private final int port;
    private final String protocol;

    Doors(String portName, int port, String protocol) {
        this.portName = portName;
        this.port = port;
        this.protocol = protocol;
    }

    /** The port where a node listens by default; the admin door's is a setting of the operator. */
    public int port() {
        return port;
    }

    String portName() {
        return portName;
    }

    String protocol() {
        return protocol;
    }

    int port(Blueprint.Site site) {
        return this == ADMIN ? site.adminPort() : port;
    }

    ContainerPort containerPort(Blueprint.Site site) {
        return new ContainerPortBuilder()
                .withName(portName)
                .withContainerPort(port(site))
                .withProtocol(protocol)
                .build();
    }

    ServicePort servicePort(Blueprint.Site site) {
        return new ServicePortBuilder()
                .withName(portName)
                .withPort(port(site))
                .withNewTargetPort(portName)
                .withProtocol(protocol)
                .build();
    }
}
