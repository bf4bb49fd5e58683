/** Tests of the small files. */
@NullMarked
package dev.kvorum.storage.files;

import org.jspecify.annotations.NullMarked;
