/** Tests of the object cache. */
@NullMarked
package dev.kvorum.storage.cache;

import org.jspecify.annotations.NullMarked;
