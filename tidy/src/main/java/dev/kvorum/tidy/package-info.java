/**
 * The rules of the house as tests over the whole checkout: names, sizes, links, scripts, layers, and a proof that each
 * check of the build fires.
 *
 * <p>A {@link dev.kvorum.tidy.Rule} is a pure function from the {@link dev.kvorum.tidy.Tree} of committed files to
 * findings, so that its own test plants a violation as a string. {@code TidyTest} runs all of them over the checkout,
 * {@code LayersTest} looks at the compiled classes of all modules, {@code BuildChecksTest} builds planted modules with
 * the POMs of this checkout. Imports the JDK (its compiler's tree API included), JSpecify and
 * ArchUnit.
 */
@NullMarked
package dev.kvorum.tidy;

import org.jspecify.annotations.NullMarked;
