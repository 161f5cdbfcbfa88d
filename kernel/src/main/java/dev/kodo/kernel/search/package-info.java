/** The search engine behind Operate and Tasklist: fetched, kept running, locked. */
@NullMarked
package dev.kodo.kernel.search;

import org.jspecify.annotations.NullMarked;
