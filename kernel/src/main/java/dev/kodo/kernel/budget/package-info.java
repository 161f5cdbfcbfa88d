/** What may be spent, what was spent, and the ledger that keeps the second below the first. */
@NullMarked
package dev.kodo.kernel.budget;

import org.jspecify.annotations.NullMarked;
