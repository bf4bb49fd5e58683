package dev.kvorum.tidy;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every package says what it is for, and is null-marked, in a package-info.java of its module. */
final class PackageInfoRule {

    private static final String NAME = "package-info.java";

    private PackageInfoRule() {}

    static List<Finding> check(Tree tree) {
        SortedMap<String, TreeFile> firstOfPackage = new TreeMap<>();
        tree.java()
                .filter(file -> file.isMain() || file.isTest())
                .forEach(file -> firstOfPackage.putIfAbsent(packageKey(file), file));
        return firstOfPackage.values().stream()
                .flatMap(first -> check(tree, first))
                .toList();
    }

    private static Stream<Finding> check(Tree tree, TreeFile first) {
        Optional<TreeFile> info = tree.java()
                .filter(file -> file.name().equals(NAME) && packageKey(file).equals(packageKey(first)))
                .findFirst();
        if (info.isEmpty()) {
            String message = "no " + NAME + ": say what the package does, its invariants and allowed imports";
            return Stream.of(new Finding(first.directory(), 0, message));
        }
        return Stream.concat(
                require(info.get(), "@NullMarked", "is not @NullMarked: NullAway would not look at the package"),
                require(info.get(), "/**", "has no Javadoc: say what the package does"));
    }

    private static Stream<Finding> require(TreeFile info, String needle, String message) {
        return info.text().contains(needle) ? Stream.empty() : Stream.of(new Finding(info.path(), 0, message));
    }

    /** The same for the main and the test half of a package: one package-info serves both. */
    private static String packageKey(TreeFile file) {
        String directory = file.directory();
        return file.module() + " " + directory.substring(directory.indexOf("/java") + 5);
    }
}
