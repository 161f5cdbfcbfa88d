/** Classes that break the house rules on purpose. */
@NullMarked
package dev.kodo.structure.planted;

import org.jspecify.annotations.NullMarked;
