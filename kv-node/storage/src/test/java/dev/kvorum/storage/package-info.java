/** Tests of the storage with real files, real kills and real damage. */
@NullMarked
package dev.kvorum.storage;

import org.jspecify.annotations.NullMarked;
