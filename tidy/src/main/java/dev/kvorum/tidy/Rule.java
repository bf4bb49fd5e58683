package dev.kvorum.tidy;

import java.util.List;

/** A rule of the house: a pure function of the committed files. No findings means that it is kept. */
@FunctionalInterface
interface Rule {

    List<Finding> check(Tree tree);
}
