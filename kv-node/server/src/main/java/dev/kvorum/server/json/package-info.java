/**
 * The documents that more than one door reads or writes: errors, the ring, the founding document.
 *
 * <p>Writing is plain text building; reading is strict: unknown, missing and doubled fields are refused by name.
 * Imports {@code core} values and Jackson's streaming parser.
 */
@NullMarked
package dev.kvorum.server.json;

import org.jspecify.annotations.NullMarked;
