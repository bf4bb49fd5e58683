/** Tests of the authority: single rules, laws over random logs, and whole groups on a log that cannot fail. */
@NullMarked
package dev.kvorum.core.authority;

import org.jspecify.annotations.NullMarked;
