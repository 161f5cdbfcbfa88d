/** Diagrams as pictures, with where their tokens stand; drawn without a browser. */
@NullMarked
package dev.kodo.kernel.diagram;

import org.jspecify.annotations.NullMarked;
