package dev.kvorum.images;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Numbers the keys anew under which the code that Quarkus generates hands values from one start-up step to the next.
 *
 * <p>The builder counts them over steps that run side by side, so the same program gets other numbers in each build.
 * Here they are counted in the order of classes and of their constants. A key means nothing beyond this one jar, and
 * two stay different if they were. Source: the class file format, JVMS 4.4.
 */
final class RecordedKeys {

    /** The jar of generated code, in the directory of its program. */
    static final String JAR = "generated-bytecode.jar";

    private static final Pattern KEY = Pattern.compile("proxykey[0-9]+");
    private static final int BEFORE_CONSTANTS = 8;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final Map<String, String> numbered = new HashMap<>();

    private RecordedKeys() {}

    /** Copies the jar, its entries in the order of their names. */
    static void renumber(Path from, Path to) throws IOException {
        var keys = new RecordedKeys();
        try (ZipFile source = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream target = new ZipOutputStream(file)) {
            List<? extends ZipEntry> entries = source.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                try (InputStream content = source.getInputStream(entry)) {
                    byte[] built = content.readAllBytes();
                    byte[] bytes = RecordedRetry.isIn(entry.getName()) ? RecordedRetry.withoutDefault(built) : built;
                    target.putNextEntry(ProgramFiles.timeless(entry));
                    target.write(entry.getName().endsWith(".class") ? keys.inClass(bytes) : bytes);
                }
            }
        }
    }

    private byte[] inClass(byte[] type) throws IOException {
        var rewritten = new ByteArrayOutputStream(type.length);
        try (var in = new DataInputStream(new ByteArrayInputStream(type));
                var out = new DataOutputStream(rewritten)) {
            out.write(in.readNBytes(BEFORE_CONSTANTS));
            int constants = in.readUnsignedShort();
            out.writeShort(constants);
            for (int index = 1; index < constants; index++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == UTF8) {
                    out.writeUTF(renamed(in.readUTF()));
                } else {
                    out.write(in.readNBytes(bytesOf(tag)));
                    index += tag == LONG || tag == DOUBLE ? 1 : 0;
                }
            }
            in.transferTo(out);
        }
        return rewritten.toByteArray();
    }

    private String renamed(String text) {
        return KEY.matcher(text).matches()
                ? numbered.computeIfAbsent(text, old -> "proxykey" + (numbered.size() + 1))
                : text;
    }

    /** The length of a constant after its tag. */
    private static int bytesOf(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IOException("no class file has a constant with the tag " + tag);
        };
    }
}
