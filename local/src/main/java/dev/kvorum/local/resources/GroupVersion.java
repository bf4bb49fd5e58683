package dev.kvorum.local.resources;

/** A version of an API group; the core group is "". */
public record GroupVersion(String group, String version) implements Comparable<GroupVersion> {

    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersion("", apiVersion)
                : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    /** Where the resources of this version live below the root: {@code api/v1} or {@code apis/apps/v1}. */
    public String path() {
        return (group.isEmpty() ? "api/" : "apis/") + this;
    }

    @Override
    public int compareTo(GroupVersion other) {
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : version.compareTo(other.version);
    }

    /** The form of {@code apiVersion}. */
    @Override
    public String toString() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
