/** Tests of the custom resources, and the generator of their YAML. */
@NullMarked
package dev.kvorum.crds;

import org.jspecify.annotations.NullMarked;
