/** Tests of the committer over a sink in memory. */
@NullMarked
package dev.kvorum.storage.commit;

import org.jspecify.annotations.NullMarked;
