package dev.kvorum.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What can happen to a file behind our back. */
enum Harm {
    FLIP {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            try (FileChannel channel = writable(file)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, at);
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 0x10)}), at);
            }
        }
    },
    TRUNCATE {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            try (FileChannel channel = writable(file)) {
                channel.truncate(at);
            }
        }
    },
    ZERO_PAGE {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            try (FileChannel channel = writable(file)) {
                long start = at / PAGE_BYTES * PAGE_BYTES;
                long length = Math.min(PAGE_BYTES, channel.size() - start);
                channel.write(ByteBuffer.allocate((int) length), start);
            }
        }
    },
    EMPTY {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            TRUNCATE.to(file, other, 0);
        }
    },
    DELETE {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            Files.delete(file);
        }
    },
    OLD_COPY {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        }
    },
    FOREIGN {
        @Override
        void to(Path file, Path other, long at) throws IOException {
            OLD_COPY.to(file, other, at);
        }
    };

    private static final int PAGE_BYTES = 4096;

    /**
     * Does it.
     *
     * @param other what the file was some time before, or what another node has in its place
     * @param at where, in bytes from the start
     */
    abstract void to(Path file, Path other, long at) throws IOException;

    private static FileChannel writable(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
