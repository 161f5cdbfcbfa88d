package dev.kodo.process.lint;

import java.util.List;

/** A group of rules that look at one diagram at a time. */
@FunctionalInterface
interface DiagramRule {
  List<Finding> check(Diagram diagram);
}
