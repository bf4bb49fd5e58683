/** Tests of the local stand-in: through real kubectl where it matters, package by package where that shows more. */
@NullMarked
package dev.kvorum.local;

import org.jspecify.annotations.NullMarked;
