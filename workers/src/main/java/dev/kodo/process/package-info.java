/** The contract with the diagrams (ids, error codes, messages) and their deployment. */
@NullMarked
package dev.kodo.process;

import org.jspecify.annotations.NullMarked;
