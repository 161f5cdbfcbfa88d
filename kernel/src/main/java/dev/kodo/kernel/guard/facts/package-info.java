/** What is known of each model: told by its server, or learnt from its calls. */
@NullMarked
package dev.kodo.kernel.guard.facts;

import org.jspecify.annotations.NullMarked;
