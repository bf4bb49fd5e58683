/** Tests of how images are made. What is inside them is tested end to end, because making one takes half a minute. */
@NullMarked
package dev.kvorum.images;

import org.jspecify.annotations.NullMarked;
