/** The house rules as tests, each shown to fail on a planted violation. */
@NullMarked
package dev.kodo.structure;

import org.jspecify.annotations.NullMarked;
