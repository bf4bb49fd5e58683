package dev.kvorum.crds.spec;

import java.util.Map;

/**
 * What Kubernetes takes for a name, a label and a block of addresses: what it would refuse in an object that the
 * operator makes is refused where it is asked for. As CEL for the definition, and as Java for the operator.
 */
final class Syntax {

    private static final String SUBDOMAIN = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
    private static final String LABEL_KEY =
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";
    private static final String LABEL_VALUE = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String CIDR = "^((" + BYTE + "[.]){3}" + BYTE + "/(3[0-2]|[12]?[0-9])"
            + "|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$";

    static final String SUBDOMAIN_RULE = "self.matches('" + SUBDOMAIN + "')";
    static final String SUBDOMAIN_REMEDY = "\"; use lower-case letters, digits, \"-\" and \".\"'";

    static final String CIDR_RULE = "self.matches('" + CIDR + "')";
    static final String CIDRS_RULE = "self.all(block, block.matches('" + CIDR + "'))";
    static final String CIDR_REMEDY = "; use an address and the length of its prefix, such as 10.0.0.0/8'";

    static final String EXCEPT_REMEDY = "; use addresses and the lengths of their prefixes, such as 10.1.0.0/16";

    static final String LABELS_RULE =
            "self.all(key, key.matches('" + LABEL_KEY + "') && self[key].matches('" + LABEL_VALUE + "'))";
    static final String BAD_LABEL =
            "self.filter(key, !key.matches('" + LABEL_KEY + "') || !self[key].matches('" + LABEL_VALUE + "'))[0]";
    static final String LABELS_REMEDY = "\", but a label has letters, digits, \"-\", \"_\" and \".\","
            + " and letters or digits at both ends; change its key or its value'";

    private Syntax() {}

    static boolean isSubdomain(String name) {
        return name.matches(SUBDOMAIN);
    }

    static boolean isCidr(String block) {
        return block.matches(CIDR);
    }

    static boolean areLabels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(label ->
                        label.getKey().matches(LABEL_KEY) && label.getValue().matches(LABEL_VALUE));
    }
}
