/** Tests of the diagram script at the root of the repository. */
@NullMarked
package dev.kodo.kernel.diagram;

import org.jspecify.annotations.NullMarked;
