/** The search engine behind Operate and Tasklist, in a JVM of its own. */
@NullMarked
package dev.kodo.search;

import org.jspecify.annotations.NullMarked;
