/** Classes that break the house rules on purpose. */
@NullMarked
package dev.kodo.structure.planted.right;

import org.jspecify.annotations.NullMarked;
